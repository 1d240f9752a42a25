using System;
using System.Collections.Generic;
using System.Linq;
using Laminar.Generators.Emit.Operators;
using Laminar.Generators.Model;
using Laminar.Generators.Pipelines;
using Laminar.Sql;
using Laminar.Sql.Catalog;
using Laminar.Sql.Plan;
using Laminar.Sql.Types;

namespace Laminar.Generators.Emit;

/// <summary>
/// The files of one pipeline: the class with a row type per source and <c>AddTo</c> and <c>RunAsync</c>, and one file per query in it.
/// </summary>
public static class PipelineEmitter
{
    /// <param name="pipeline">The class and its text.</param>
    /// <param name="connectors">What references offer.</param>
    /// <param name="hostType">The runtime type, or empty.</param>
    /// <param name="functions">What expressions can call.</param>
    public static EquatableArray<GeneratedFile> Emit(PipelineModel pipeline, IReadOnlyList<ConnectorModel> connectors, string hostType, FunctionSet functions)
    {
        if (pipeline.Type.Problem != TypeProblem.None)
        {
            return default;
        }

        try
        {
            if (pipeline.IsTextMissing)
            {
                return Single(PipelineStubEmitter.Emit(pipeline));
            }

            PipelineCheck check = PipelineCheck.Of(pipeline, connectors, hostType, functions);
            return check.IsSound ? EmitSound(pipeline, check, hostType) : Single(PipelineStubEmitter.Emit(pipeline));
        }
        catch (System.Exception e) when (e is not OperationCanceledException)
        {
            return Single(PipelineStubEmitter.Emit(pipeline, QueryFileEmitter.InternalError(pipeline.Type.Name, e)));
        }
    }

    private static EquatableArray<GeneratedFile> Single(GeneratedFile file) => new(new[] { file });

    private static EquatableArray<GeneratedFile> EmitSound(PipelineModel pipeline, PipelineCheck check, string hostType)
    {
        var files = new List<GeneratedFile> { MainFile(pipeline, check, hostType) };
        files.AddRange(check.Script.Streams.Select(s => QueryFile(pipeline, s.Name, s.Sql, s.Plan)));
        files.AddRange(check.Script.Sinks.SelectMany(s => s.Feeds).Where(f => f.Plan is not null).Select(f => QueryFile(pipeline, f.Name, f.Sql, f.Plan!)));
        return new EquatableArray<GeneratedFile>(files);
    }

    private static GeneratedFile QueryFile(PipelineModel pipeline, string name, string sql, QueryPlan plan)
    {
        string row = SqlName.ToPascalCase(name);
        string className = row + "Query";
        string[] containing = pipeline.Type.ContainingTypes.Concat(new[] { pipeline.Type.Header }).ToArray();
        var request = new QueryEmitRequest(
            pipeline.Type.Namespace, containing, $"public sealed partial class {className}", className, name, sql, plan, StateFingerprint.Of(plan))
        {
            RowName = row,
            RowBesideClass = true,
            BaseSources = plan.Input.BaseSources,
            OwnSources = plan.Reads.Where(r => r.Kind == RelationKind.Source).Select(r => r.ClrType).ToArray(),
        };
        return new GeneratedFile(HintName.Of($"{pipeline.Type.FullName}.{className}", "Query"), QueryEmitter.Emit(request));
    }

    private static GeneratedFile MainFile(PipelineModel pipeline, PipelineCheck check, string hostType)
    {
        var writer = new CodeWriter();
        TypeScope.WriteHeader(writer);
        using (TypeScope.Around(writer, pipeline.Type))
        using (writer.Open(pipeline.Type.Header))
        {
            foreach (BoundSource source in check.Sources.Concat(check.Tables))
            {
                WriteSourceRow(writer, source.Source.Relation);
                writer.Line();
            }

            foreach (BoundSink sink in check.Sinks)
            {
                PipelineSinkEmitter.WriteRow(writer, sink);
            }

            WriteAddTo(writer, check);
            writer.Line();
            WriteRunAsync(writer, hostType);
        }

        return new GeneratedFile(HintName.Of(pipeline.Type.FullName, "Pipeline"), writer.ToString());
    }

    private static void WriteSourceRow(CodeWriter writer, Relation relation)
    {
        bool isTable = relation.Kind == RelationKind.Table;
        string name = SqlName.ToPascalCase(relation.Name);
        var members = relation.Columns.Select(
            c => new RowMember(c.Name, c.ClrName, ClrTypes.Of(c.Type, c.Nullable), c.Type, c.Nullable) { Parameter = c.ClrName });
        var row = new RowModel(name, relation.Name, new EquatableArray<RowMember>(members))
        {
            IsSource = true,
            KindMember = relation.IsUpdating ? "Kind" : "",
            KindParameter = relation.IsUpdating ? "Kind" : "",
            Keys = isTable ? new EquatableArray<int>(relation.Key!.Columns) : default,
            Watermark = relation.Watermark is { } watermark ? new WatermarkModel(watermark.ColumnIndex, watermark.Delay) : null,
        };

        writer.Line($"/// <summary>A row of the {(isTable ? "table" : "source")} <c>{relation.Name}</c>.</summary>");
        string parameters = string.Join(", ", (relation.IsUpdating ? ["Laminar::RowKind Kind"] : System.Array.Empty<string>()).Concat(row.Members.Select(m => $"{m.ClrType} {Identifiers.Escape(m.ClrName)}")));
        using (writer.Open($"public readonly partial record struct {name}({parameters}) : {RowEmitter.Interfaces(row)}"))
        {
            RowEmitter.WriteMembers(writer, row);
            if (!isTable && !relation.IsUpdating)
            {
                InputEmitter.WriteShared(writer, relation.ClrType, relation.Columns);
            }
        }
    }

    private static void WriteAddTo(CodeWriter writer, PipelineCheck check)
    {
        writer.Line("/// <summary>Adds the sources, queries and sinks of this pipeline to a runtime that hasn't started.</summary>");
        writer.Line("/// <param name=\"laminar\">The runtime; its options hold the values of variables.</param>");
        using (writer.Open("public static void AddTo(Laminar::ILaminarRuntime laminar)"))
        {
            writer.Line("var variables = new Laminar::PipelineVariables(laminar.Options);");
            foreach (BoundSource source in check.Sources.Concat(check.Tables))
            {
                bool isTable = source.Source.Relation.Kind == RelationKind.Table;
                string row = SqlName.ToPascalCase(source.Source.Name);
                writer.Line();
                writer.Line($"// CREATE {(isTable ? "TABLE" : "SOURCE")} {OneLine(source.Source.Name)}");
                writer.Line($"variables.At({Identifiers.Literal((isTable ? "TABLE " : "SOURCE ") + source.Source.Name)});");
                writer.Line($"laminar.Add{(isTable ? "Table" : "Source")}<{row}>(");
                writer.Line($"    new {source.Connector.SourceType}<{row}>({Object(source.Connector.SourceOptionsType, source.Options)}),");
                writer.Line($"    {Object("Laminar::SourceOptions", source.SourceOptions)});");
            }

            foreach (CompiledStream stream in check.Script.Streams.Where(s => s.View is not null))
            {
                ViewEmitter.Keep(writer, stream);
            }

            foreach (BoundSink sink in check.Sinks)
            {
                PipelineSinkEmitter.WriteBinding(writer, sink, check.Script);
            }

            if (check.Sources.Count + check.Tables.Count + check.Sinks.Count == 0)
            {
                writer.Line("_ = variables;");
            }
        }
    }

    private static void WriteRunAsync(CodeWriter writer, string hostType)
    {
        writer.Line("/// <summary>Runs the pipeline until its input ends, or until it is cancelled: then it drains, takes a last checkpoint and returns.</summary>");
        writer.Line("/// <param name=\"options\">How to run; the defaults if null.</param>");
        writer.Line("/// <param name=\"cancellationToken\">Stops the pipeline.</param>");
        writer.Line("public static async global::System.Threading.Tasks.Task RunAsync(");
        writer.Line("    Laminar::LaminarOptions? options = null,");
        using (writer.Open("    global::System.Threading.CancellationToken cancellationToken = default)"))
        {
            writer.Line($"var laminar = {hostType}.Create(options ?? new Laminar::LaminarOptions());");
            using (writer.Open("try"))
            {
                writer.Line("AddTo(laminar);");
                using (writer.Open("try"))
                {
                    writer.Line("await laminar.StartAsync(cancellationToken).ConfigureAwait(false);");
                    writer.Line("await laminar.WaitForCompletionAsync(cancellationToken).ConfigureAwait(false);");
                }

                using (writer.Open("catch (global::System.OperationCanceledException) when (cancellationToken.IsCancellationRequested)"))
                {
                    writer.Line("// Asked to stop: what was read is brought to an end, so that a restart goes on behind it.");
                    writer.Line("await laminar.StopAsync(global::System.Threading.CancellationToken.None).ConfigureAwait(false);");
                }
            }

            using (writer.Open("finally"))
            {
                writer.Line("await laminar.DisposeAsync().ConfigureAwait(false);");
            }
        }
    }

    /// <summary>A new options object.</summary>
    internal static string Object(string type, EquatableArray<BoundOption> options) =>
        options.Count == 0 ? $"new {type}()" : $"new {type} {{ {string.Join(", ", options.Select(o => $"{o.Property} = {o.Expression}"))} }}";

    /// <summary>For a comment.</summary>
    internal static string OneLine(string text) => string.Join(" ", text.Split('\r', '\n'));
}
