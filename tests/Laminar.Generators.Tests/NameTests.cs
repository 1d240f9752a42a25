using System.Reflection;
using Laminar.Testing;
using NUnit.Framework;

namespace Laminar.Generators.Tests;

/// <summary>Names of queries, sources and columns that C# or the generated code uses itself.</summary>
public sealed class NameTests
{
    private const string Source = """
        using System;
        using Laminar;

        [StreamSource("trades", Watermark = "ts")]
        public readonly partial record struct Trade(string Symbol, double Price, long Volume, DateTime Ts);

        """;

    /// <summary>One query of each shape: rows, two phases, a changelog, state beside the panes.</summary>
    private static readonly string[] Shapes =
    [
        "SELECT symbol, CAST(volume AS DECIMAL(12, 2)) * 2.5 AS twice, ts + INTERVAL '1' SECOND AS later FROM trades WHERE symbol LIKE 'A%'",
        "SELECT symbol, window_time, COUNT(*) AS n, MAX(price) AS high FROM trades GROUP BY symbol, TUMBLE(ts, INTERVAL '1' MINUTE)",
        "SELECT symbol, COUNT(*) AS n FROM trades GROUP BY symbol, HOP(ts, INTERVAL '1' MINUTE, INTERVAL '3' MINUTE) EMIT CHANGES",
        "SELECT COUNT(DISTINCT symbol) AS n, MIN(symbol) AS low FROM trades GROUP BY HOP(ts, INTERVAL '1' MINUTE, INTERVAL '3' MINUTE)",
    ];

    private static readonly string[] Reserved = ["Row", "Query", "Info", "Definition", "Create", "Restore", "AddTo", "Inner1"];

    [Test]
    public void A_query_may_be_called_like_anything_generated_into_it()
    {
        using UserAssembly plain = new UserProject(Source + string.Concat(Shapes.Select((sql, i) => $"[StreamQuery(\"{sql}\")] public sealed partial class Plain{i};\n"))).Load();
        string[][] names = [.. Shapes.Select((_, i) => Names(plain.Assembly.GetType("Plain" + i, throwOnError: true)!))];
        Assert.That(
            names.SelectMany(n => n),
            Is.SupersetOf(new[] { "Operator", "Pipeline", "Pane", "Group", "Partial", "StageGraph", "Constant1", "Build", "Shape", "Result" }));

        string code = string.Concat(names.SelectMany((all, shape) => all.Select(name => $$"""
            namespace S{{shape}}.N{{name}}
            {
                [StreamQuery("{{Shapes[shape]}}", Name = "s{{shape}}n{{name}}")] public sealed partial class {{name}};
                {{(shape == 1 ? $"[StreamQuery(\"SELECT symbol, n FROM s{shape}n{name} WHERE n > 1\")] public sealed partial class Over;" : "")}}
            }

            """)));
        UserCompilation compiled = new UserProject(Source + code).Compile();
        Assert.That(compiled.Problems.Take(10), Is.Empty);
        Assert.That(compiled.GeneratedFiles.Values, Has.None.Contains("did not compile"));
        compiled.Load().Dispose();
    }

    [Test]
    public void A_class_copied_and_not_renamed_yet_spoils_no_other()
    {
        UserCompilation compiled = new UserProject(Source + """
            [StreamQuery("SELECT symbol, price FROM trades")] public sealed partial class Prices;
            [StreamQuery("SELECT symbol, volume FROM trades")] public sealed partial class Prices;
            [StreamSource("ticks")] public readonly partial record struct Tick(long Id);
            [StreamSource("tocks")] public readonly partial record struct Tick;
            [StreamQuery("SELECT symbol, volume FROM trades")] public sealed partial class Volumes;

            public static class Use
            {
                public static Volumes.Row Volume(Volumes.Row row) => row;
                public static Prices.Row Price(Prices.Row row) => row;
            }
            """).Compile();
        Assert.That(compiled.Problems.Select(p => p.Id).Distinct(), Is.EqualTo(new[] { "CS0579" }), string.Join("\n", compiled.Problems));
    }

    [Test]
    public void A_renamed_nested_type_runs()
    {
        using UserAssembly code = new UserProject(Source + """
            [StreamQuery("SELECT symbol, COUNT(*) AS n FROM trades GROUP BY symbol, TUMBLE(ts, INTERVAL '1' MINUTE)")]
            public sealed partial class Pane;

            public static class Use
            {
                public static string Run()
                {
                    string rows = "";
                    using var query = Pane.Create((Pane.Row row) => rows += row);
                    query.Push(new Trade("A", 1, 2, DateTime.UnixEpoch));
                    query.Push(new Trade("A", 1, 2, DateTime.UnixEpoch));
                    query.Complete();
                    return rows;
                }
            }
            """).Load();
        Assert.That(code.Call<string>("Use", "Run"), Is.EqualTo("Row { Symbol = A, N = 2 }"));
    }

    [TestCaseSource(nameof(Reserved))]
    public void A_reserved_name_gets_no_code(string name)
    {
        UserCompilation compiled = new UserProject(Source + $"[StreamQuery(\"SELECT symbol FROM trades\")] public sealed partial class {name};").Compile();
        Assert.That(compiled.Problems, Is.Empty);
    }

    [Test]
    public void A_source_or_mapped_row_may_be_called_like_a_member_of_rows([Values("Schema", "Read", "Write", "HasWatermark", "EventTimeUnit", "WatermarkOf", "Operator", "LaminarInput", "IInput", "Rows", "Columns")] string name)
    {
        UserCompilation compiled = new UserProject($$"""
            using System;
            using Laminar;

            namespace Sources
            {
                [StreamSource(Watermark = "ts")] public readonly partial record struct {{name}}(string Symbol, DateTime Ts);
                [StreamQuery("SELECT symbol FROM {{name}}")] public sealed partial class Symbols;
            }

            namespace Rows
            {
                public partial record struct {{name}}(string Symbol);
                [StreamQuery<{{name}}>("SELECT symbol FROM symbols")] public sealed partial class Mapped;
            }
            """).Compile();
        Assert.That(compiled.Problems, Is.Empty);
        Assert.That(compiled.GeneratedFiles.Values, Has.None.Contains("did not compile"));
    }

    /// <summary>Generated code names namespaces by aliases; what the user calls by the same names must neither hide them nor be hidden.</summary>
    [Test]
    public void Types_and_aliases_may_be_called_like_the_namespaces_of_generated_code([Values("", "namespace Shop;")] string where)
    {
        string[] names = ["Laminar", "Execution", "State", "Functions", "Compiler"];
        string aliases = string.Concat(names.Select(name => $"global using {(where.Length > 0 ? name : "My" + name)} = System.Text.StringBuilder;\n"));
        string types = where.Length > 0 ? string.Concat(names.Skip(1).Select(name => $"public class {name};\n")) : "";
        UserCompilation compiled = new UserProject($$"""
            {{aliases}}
            {{where}}
            [global::Laminar.StreamSource("trades", Watermark = "ts")] public readonly partial record struct Trade(string Symbol, double Price, System.DateTime Ts);
            {{types}}
            [global::Laminar.StreamQuery("SELECT symbol, COUNT(*) AS n FROM trades GROUP BY symbol, TUMBLE(ts, INTERVAL '1' MINUTE)")] public sealed partial class Counts;
            public static partial class Outer
            {
                [global::Laminar.StreamQuery("SELECT UPPER(symbol) AS symbol FROM trades")] public sealed partial class Laminar;
            }
            """).Compile();
        Assert.That(compiled.Problems, Is.Empty);
        Assert.That(compiled.GeneratedFiles.Values, Has.None.Contains("did not compile"));
    }

    [Test]
    public void Columns_called_like_members_get_a_suffix([Values] bool updating)
    {
        string[] names =
        [
            "Kind", "Row", "Equals", "GetHashCode", "GetType", "ToString", "MemberwiseClone", "ReferenceEquals", "Finalize", "Deconstruct", "PrintMembers", "EqualityContract", "Clone",
            "Schema", "Read", "Write",
        ];
        string columns = string.Join(", ", names.Select((name, i) => $"MAX(volume) AS {Laminar.Sql.Catalog.SqlName.ToSnakeCase(name)}"));
        using UserAssembly code = new UserProject(
            Source + $"[StreamQuery(\"SELECT symbol, {columns} FROM trades GROUP BY symbol, TUMBLE(ts, INTERVAL '1' MINUTE){(updating ? " EMIT CHANGES" : "")}\")] public sealed partial class Wide;").Load();
        Type row = code.Assembly.GetType("Wide+Row", throwOnError: true)!;
        Assert.That(names.Select(name => row.GetProperty(name + "Column")?.PropertyType), Has.All.EqualTo(typeof(long)));
        var schema = (RowSchema)row.GetProperty("Schema", BindingFlags.Public | BindingFlags.Static)!.GetValue(null)!;
        Assert.That(schema.Columns.Select(c => c.Name).Skip(1), Is.EqualTo(names.Select(Laminar.Sql.Catalog.SqlName.ToSnakeCase)));
        Assert.That(row.GetProperty("Kind") is not null, Is.EqualTo(updating));
    }

    [Test]
    public void Columns_of_a_pipelines_source_too()
    {
        string[] names = ["kind", "row", "equals", "to_string", "deconstruct", "schema", "read", "write", "has_watermark", "event_time_unit", "watermark_of", "s", "rows", "columns", "laminar_input", "i_input", "stamped_rows", "count"];
        using var run = new Pipelines.PipelineRun($$"""
            CREATE SOURCE s ({{string.Join(", ", names.Select(n => n + " BIGINT"))}}, ts TIMESTAMP NOT NULL, WATERMARK FOR ts AS ts) WITH (connector = 'file', format = 'json', path = '${DIR}/in');
            CREATE SINK o WITH (connector = 'file', format = 'json', path = '${DIR}/out') AS SELECT * FROM s WHERE kind > 0;
            """);
        string line = "{" + string.Join(",", names.Select((n, i) => $"\"{n}\":{i + 1}")) + ",\"ts\":\"2020-01-01T00:00:00Z\"}";
        run.Write("in", [line]);
        run.RunAsync().GetAwaiter().GetResult();
        Assert.That(run.Lines("out"), Is.EqualTo(new[] { line }));
    }

    /// <summary>What is generated directly into the class, and into those nested types that name the class.</summary>
    private static string[] Names(Type query)
    {
        const BindingFlags All = BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.Static | BindingFlags.Instance | BindingFlags.DeclaredOnly;
        Type pipeline = query.GetNestedType("Pipeline", All)!;
        IEnumerable<MemberInfo> members = query.GetMembers(All).Concat(pipeline.GetMembers(All))
            .Concat(query.GetNestedTypes(All).Concat(pipeline.GetNestedTypes(All)).Where(t => t.Name is "Query`1" or "StageGraph").SelectMany(t => t.GetMembers(All)));
        return
        [
            .. members.Select(m => m.Name.Split('`')[0]).Where(name => char.IsAsciiLetterUpper(name[0]) && name.All(char.IsAsciiLetterOrDigit))
                .Except(Reserved).Distinct().Order(StringComparer.Ordinal),
        ];
    }
}
