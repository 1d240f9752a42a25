using System.Reflection;
using System.Text;
using System.Text.RegularExpressions;
using Laminar.Corpus.Tests.Corpus;
using Laminar.Sql.Catalog;
using Laminar.Testing;

namespace Laminar.Corpus.Tests.Engines;

/// <summary>Many pipelines compiled by the generator in one compilation; each chain of queries is a class <c>P0</c>, <c>P1</c>, ... of its own.</summary>
internal sealed partial class GeneratedProject : IDisposable
{
    private const string Quotes = "\"\"\"\"\"\"";

    private const string Changes = "(changelog = 'true', connector = 'file', format = 'json', path = '-')\n;";

    /// <summary>The functions in C# that cases call.</summary>
    private static readonly string Functions = Path.Combine(CorpusFile.Folder, "..", "Laminar.Corpus.Tests", "Functions", "CorpusFunctions.cs");

    private readonly StringBuilder _code = new("#nullable enable\nnamespace Cases;\n");
    private readonly List<string> _results = [];
    private UserAssembly? _assembly;

    /// <summary>Adds a chain and answers with its number.</summary>
    public int Add(string sources, IReadOnlyList<(string Name, string Sql)> queries)
    {
        int number = _results.Count;

        // A pipeline's source needs a connector; nothing is ever read from it here.
        var script = new StringBuilder(SourceEnd().Replace(sources.Replace("(changelog = 'true');", Changes, StringComparison.Ordinal), ") WITH (connector = 'file', format = 'json', path = '-');")).Append('\n');
        foreach ((string name, string sql) in queries)
        {
            script.Append($"CREATE STREAM {name} AS\n{sql.TrimEnd().TrimEnd(';')};\n");
        }

        _code.Append($"\n[global::Laminar.StreamPipeline({Quotes}\n{script.ToString().Replace("\n\n", "\n", StringComparison.Ordinal).TrimEnd()}\n{Quotes})]\npublic static partial class P{number};\n");
        _results.Add($"Cases.P{number}+{SqlName.ToPascalCase(queries[^1].Name)}Query");
        return number;
    }

    /// <summary>Compiles everything that was added; an error or warning in any of it is a failure.</summary>
    public void Build() => _assembly = new UserProject(_code.ToString()).AddCode("CorpusFunctions.cs", File.ReadAllText(Functions)).Load();

    public IEngine Engine(int number)
    {
        Type query = _assembly!.Assembly.GetType(_results[number], throwOnError: true)!;
        MethodInfo create = query.GetMethods().Single(
            m => m.Name == "Create" && !m.IsGenericMethod && m.GetParameters()[0].ParameterType.Name.StartsWith("Action", StringComparison.Ordinal));
        Type row = create.GetParameters()[0].ParameterType.GetGenericArguments()[0];
        Type[] sources = [.. create.ReturnType.GetInterfaces().Where(i => i.Name == "IStreamInput`1").Select(i => i.GetGenericArguments()[0])];
        return (IEngine)Activator.CreateInstance(typeof(GeneratedEngine<>).MakeGenericType(row), query, sources)!;
    }

    public void Dispose() => _assembly?.Dispose();

    [GeneratedRegex(@"\);[ \t]*(?=\r?$)", RegexOptions.Multiline)]
    private static partial Regex SourceEnd();
}
