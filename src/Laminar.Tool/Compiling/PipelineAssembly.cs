using System.Collections.Immutable;
using System.Reflection;
using System.Runtime.ExceptionServices;
using Apache.Arrow;
using Laminar.Generators;
using Laminar.Sql.Catalog;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.Emit;

namespace Laminar.Tool.Compiling;

/// <summary>A pipeline that was compiled in memory, as the build of a C# project compiles it: the generator, then the C# compiler, then loaded.</summary>
internal sealed class PipelineAssembly
{
    private const string TypeName = "CompiledPipeline";

    private readonly Type _pipeline;

    private PipelineAssembly(Type pipeline) => _pipeline = pipeline;

    /// <param name="sql">The script.</param>
    /// <exception cref="LaminarException">The generator or the C# compiler refuses it.</exception>
    public static PipelineAssembly Compile(string sql)
    {
        (Compilation compilation, _) = Generate(sql);
        using var image = new MemoryStream();
        EmitResult emitted = compilation.Emit(image);
        if (!emitted.Success)
        {
            throw new LaminarException("The script can't be compiled; run it without --compile. " + string.Join(" ", emitted.Diagnostics.Where(d => d.Severity == DiagnosticSeverity.Error).Take(3).Select(d => d.GetMessage(null))));
        }

        return new PipelineAssembly(Assembly.Load(image.ToArray()).GetType(TypeName, throwOnError: true)!);
    }

    /// <summary>The C# that is generated of a script.</summary>
    /// <param name="sql">The script.</param>
    /// <param name="query">The stream or view whose code it is.</param>
    /// <exception cref="LaminarException">The generator refuses it.</exception>
    public static string CodeOf(string sql, string query)
    {
        (_, IReadOnlyList<GeneratedSourceResult> files) = Generate(sql);
        string name = SqlName.ToPascalCase(query) + "Query";
        return files.FirstOrDefault(f => f.HintName.Contains("." + name + ".", StringComparison.Ordinal)) is { HintName: not null } file
            ? file.SourceText.ToString()
            : throw new LaminarException($"Nothing is generated of {query}: {string.Join(", ", files.Select(f => f.HintName))}.");
    }

    /// <summary>Runs it until its input ends, or until it is cancelled: then what was read is committed.</summary>
    /// <param name="options">How to run.</param>
    /// <param name="views">Views whose rows are wanted.</param>
    /// <param name="cancel">Stops it.</param>
    /// <returns>The rows of the views.</returns>
    public async Task<IReadOnlyDictionary<string, IReadOnlyList<RecordBatch>>> RunAsync(LaminarOptions options, IReadOnlyList<string> views, CancellationToken cancel)
    {
        await using ILaminarRuntime laminar = LaminarRuntime.Create(options);
        Call(_pipeline, "AddTo", laminar);
        (string View, object Handle)[] handles = [.. views.Select(v => (v, Call(_pipeline.GetNestedType(SqlName.ToPascalCase(v) + "Query")!, "AddTo", laminar)!))];
        try
        {
            await laminar.StartAsync(cancel);
            await laminar.WaitForCompletionAsync(cancel);
        }
        catch (OperationCanceledException) when (cancel.IsCancellationRequested)
        {
            await laminar.StopAsync(CancellationToken.None);
            throw;
        }

        return handles.ToDictionary(h => h.View, h => RowsOf(h.Handle));
    }

    private static IReadOnlyList<RecordBatch> RowsOf(object handle)
    {
        // The row's type is one that didn't exist when this was compiled.
        Type row = Enumerable.Range(0, 10).Select(Base).First(t => t.IsGenericType && t.GetGenericTypeDefinition() == typeof(QueryHandle<>)).GetGenericArguments()[0];
        return (IReadOnlyList<RecordBatch>)typeof(PipelineAssembly).GetMethod(nameof(Batches), BindingFlags.NonPublic | BindingFlags.Static)!.MakeGenericMethod(row).Invoke(null, [handle])!;

        Type Base(int depth)
        {
            Type type = handle.GetType();
            for (; depth > 0 && type.BaseType is { } below; depth--)
            {
                type = below;
            }

            return type;
        }
    }

    private static RecordBatch[] Batches<TRow>(QueryHandle<TRow> handle)
        where TRow : IStreamRow<TRow>
    {
        RecordBatch[] batches = [.. handle.Scan().ToBatches()];
        return [.. (batches.Length > 0 ? batches : [new ArrowBatchBuilder<TRow>().Build()]).Select(b => typeof(IChangelogRow).IsAssignableFrom(typeof(TRow)) ? WithoutKind(b) : b)];
    }

    /// <summary>Rows that are kept have no kind any more, but for the one that they came with.</summary>
    private static RecordBatch WithoutKind(RecordBatch batch) =>
        new(new Schema(batch.Schema.FieldsList.Skip(1), null), batch.Arrays.Skip(1), batch.Length);

    private static object? Call(Type type, string method, ILaminarRuntime laminar)
    {
        try
        {
            return type.GetMethod(method, [typeof(ILaminarRuntime)])!.Invoke(null, [laminar]);
        }
        catch (TargetInvocationException error) when (error.InnerException is { } inner)
        {
            ExceptionDispatchInfo.Throw(inner);
            throw;
        }
    }

    private static (Compilation Compilation, IReadOnlyList<GeneratedSourceResult> Files) Generate(string sql)
    {
        var parse = new CSharpParseOptions(LanguageVersion.Preview);
        string quotes = new('"', Math.Max(3, LongestQuotes(sql) + 1));
        string code = $"[Laminar.StreamPipeline({quotes}\n{sql}\n{quotes})]\npublic static partial class {TypeName};\n";
        CSharpCompilation input = CSharpCompilation.Create(
            "Laminar.Compiled." + Guid.NewGuid().ToString("N"),
            [CSharpSyntaxTree.ParseText(code, parse)],
            References(),
            new CSharpCompilationOptions(OutputKind.DynamicallyLinkedLibrary, optimizationLevel: OptimizationLevel.Release, nullableContextOptions: NullableContextOptions.Enable));
        GeneratorDriver driver = CSharpGeneratorDriver.Create([new LaminarGenerator().AsSourceGenerator()], parseOptions: parse)
            .RunGeneratorsAndUpdateCompilation(input, out Compilation output, out ImmutableArray<Diagnostic> diagnostics);
        GeneratorRunResult result = driver.GetRunResult().Results[0];
        if (result.Exception is { } failed)
        {
            throw new LaminarException("The generator has failed: " + failed.Message, failed);
        }

        return diagnostics.FirstOrDefault(d => d.Severity == DiagnosticSeverity.Error) is { } refused ? throw new LaminarException(refused.GetMessage(null)) : (output, result.GeneratedSources);
    }

    /// <summary>The text stands in a raw string, whose quotes must be longer than any inside.</summary>
    private static int LongestQuotes(string sql)
    {
        int longest = 0;
        int run = 0;
        foreach (char c in sql)
        {
            run = c == '"' ? run + 1 : 0;
            longest = Math.Max(longest, run);
        }

        return longest;
    }

    /// <summary>What this program runs on is what the script is compiled against.</summary>
    private static IEnumerable<MetadataReference> References() =>
        ((string)AppContext.GetData("TRUSTED_PLATFORM_ASSEMBLIES")!).Split(Path.PathSeparator).Where(File.Exists).Select(p => MetadataReference.CreateFromFile(p));
}
