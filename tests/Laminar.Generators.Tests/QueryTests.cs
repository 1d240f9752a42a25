using Laminar.Testing;
using NUnit.Framework;

namespace Laminar.Generators.Tests;

/// <summary>Queries from their attribute to their rows: where the text stands, who reads whom, whose row it is.</summary>
public sealed class QueryTests
{
    private const string Source = """
        using System;
        using System.Collections.Generic;
        using Laminar;

        [StreamSource("trades", Watermark = "ts - INTERVAL '5' SECOND")]
        public readonly partial record struct Trade(string Symbol, double Price, long Volume, DateTime Ts);

        public static class Data
        {
            public static readonly DateTime T0 = new(2024, 1, 1, 0, 0, 0, DateTimeKind.Utc);

            public static readonly Trade[] Rows =
            [
                new("A", 10, 1, T0.AddSeconds(1)), new("B", 5, 2, T0.AddSeconds(2)), new("A", 20, 3, T0.AddSeconds(50)), new("A", 1, 7, T0.AddSeconds(70)),
            ];
        }

        """;

    private const string RunQ = """

        public static class Run
        {
            public static string All()
            {
                var rows = new List<string>();
                using var query = Q.Create((Q.Row row) => rows.Add(row.ToString()));
                query.Push(Data.Rows);
                query.Complete();
                rows.Sort(StringComparer.Ordinal);
                return string.Join("\n", rows);
            }
        }
        """;

    private const string Sql = "SELECT symbol, SUM(volume) AS volume FROM trades GROUP BY symbol, TUMBLE(ts, INTERVAL '1' MINUTE)";
    private const string Expected = "Row { Symbol = A, Volume = 4 }\nRow { Symbol = A, Volume = 7 }\nRow { Symbol = B, Volume = 2 }";

    [TestCase($"[StreamQuery(\"{Sql}\")] public sealed partial class Q;", TestName = "regular string")]
    [TestCase($"[StreamQuery(@\"{Sql}\")] public sealed partial class Q;", TestName = "verbatim string")]
    [TestCase($"[StreamQuery(\"\"\"\n    {Sql}\n    \"\"\")] public sealed partial class Q;", TestName = "raw string of several lines")]
    [TestCase("[StreamQuery(\"SELECT symbol, SUM(volume) AS volume \" + \"FROM trades GROUP BY symbol, \" + Texts.Window)] public sealed partial class Q;\npublic static class Texts { public const string Window = \"TUMBLE(ts, INTERVAL '1' MINUTE)\"; }", TestName = "concatenated constants")]
    [TestCase("[StreamQuery($\"SELECT symbol, SUM(volume) AS volume FROM trades GROUP BY symbol, {Texts.Window}\")] public sealed partial class Q;\npublic static class Texts { public const string Window = \"TUMBLE(ts, INTERVAL '1' MINUTE)\"; }", TestName = "constant interpolation")]
    public void TheTextMayBeAnyConstant(string declaration)
    {
        using UserAssembly user = new UserProject(Source + declaration + RunQ).Load();

        Assert.That(user.Call<string>("Run", "All"), Is.EqualTo(Expected));
    }

    [TestCase("/home/x/app", "/home/x/app/queries/q.sql")]
    [TestCase("/home/x/app/", "/home/x/app/queries/q.sql")]
    [TestCase("C:\\app\\", "C:\\app\\queries\\q.sql")]
    [TestCase(null, "/home/x/app/queries/q.sql")]
    public void TheTextMayStandInAFile(string? projectFolder, string path)
    {
        var project = new UserProject(Source + "[StreamQuery(File = \"queries/q.sql\")] public sealed partial class Q;" + RunQ) { ProjectFolder = projectFolder };
        using UserAssembly user = project.AddSql("/elsewhere/other.sql", "SELECT").AddSql(path, "-- by symbol\n" + Sql + ";\n").Load();

        Assert.That(user.Call<string>("Run", "All"), Is.EqualTo(Expected));
    }

    [Test]
    public void QueriesReadEachOtherByNameInAnyOrder()
    {
        using UserAssembly user = new UserProject(Source + """
            [StreamQuery("SELECT symbol, volume FROM second_step WHERE volume > 3")]
            public sealed partial class Q;

            public static partial class Outer
            {
                [StreamQuery("SELECT symbol, volume + 1 AS volume FROM first_step", Name = "second_step")]
                public sealed partial class Second;
            }

            [StreamQuery("SELECT symbol, volume, ts FROM trades WHERE price > 4")]
            public sealed partial class FirstStep;
            """ + RunQ).Load();

        Assert.That(user.Call<string>("Run", "All"), Is.EqualTo("Row { Symbol = A, Volume = 4 }"));
    }

    [TestCase("public readonly partial record struct Mine(string Symbol, long Volume, DateTime WindowEnd);")]
    [TestCase("public partial record Mine(DateTime? WindowEnd, long Volume) { public required string? Symbol { get; init; } }")]
    [TestCase("public partial class Mine { public decimal Volume { get; set; } public string Symbol = \"\"; [Column(\"window_end\")] public DateTime End { get; set; } public DateTime WindowEnd => End; }")]
    public void AQueryMapsOntoTheUsersOwnType(string row)
    {
        using UserAssembly user = new UserProject(Source + row + """
            [StreamQuery<Mine>("SELECT symbol, SUM(volume) AS volume, window_end FROM trades GROUP BY symbol, TUMBLE(ts, INTERVAL '1' MINUTE)")]
            public sealed partial class Q;

            [StreamQuery<Mine>("SELECT symbol, volume, ts AS window_end FROM trades")]
            public sealed partial class Same;

            [StreamQuery("SELECT symbol, volume FROM q WHERE volume >= 7")]
            public sealed partial class Over;

            public static class Run
            {
                public static string All()
                {
                    var rows = new List<string>();
                    using var query = Q.Create((Mine row) => rows.Add($"{row.Symbol} {row.Volume} {row.WindowEnd:mm:ss}"));
                    query.Push(Data.Rows);
                    query.Complete();
                    using var same = Same.Create((Mine row) => rows.Add($"{row.Symbol} {row.Volume}"));
                    same.Push(Data.Rows[0]);
                    using var over = Over.Create((Over.Row row) => rows.Add($"{row.Symbol} {row.Volume} over"));
                    over.Push(Data.Rows);
                    over.Complete();
                    rows.Sort(StringComparer.Ordinal);
                    return string.Join("\n", rows) + Mine.Schema.Columns.Count;
                }
            }
            """).Load();

        Assert.That(user.Call<string>("Run", "All"), Is.EqualTo("A 1\nA 4 01:00\nA 7 02:00\nA 7 over\nB 2 01:00" + "3"));
    }

    [Test]
    public void AnUpdatingQueryMapsOntoATypeWithAKind()
    {
        using UserAssembly user = new UserProject(Source + """
            public readonly partial record struct Mine(RowKind Kind, string Symbol, long N);

            [StreamQuery<Mine>("SELECT symbol, COUNT(*) AS n FROM trades GROUP BY symbol, TUMBLE(ts, INTERVAL '1' MINUTE) EMIT CHANGES")]
            public sealed partial class Q;

            public static class Run
            {
                public static string All()
                {
                    var rows = new List<string>();
                    using var query = Q.Create((Mine row) => rows.Add($"{row.Kind} {row.Symbol} {row.N}"));
                    query.Push(Data.Rows.AsSpan(0, 3));
                    return string.Join("\n", rows) + ((object)default(Mine) is IChangelogRow);
                }
            }
            """).Load();

        Assert.That(user.Call<string>("Run", "All"), Is.EqualTo("Insert A 1\nInsert B 1\nUpdateBefore A 1\nUpdateAfter A 2True"));
    }

    [Test]
    public void QueriesOfAReferencedProjectAreReadable()
    {
        UserCompilation library = new UserProject("namespace Shared;\n" + Source + """
            [StreamQuery("SELECT symbol, volume, ts FROM trades WHERE volume > 1")]
            public sealed partial class Large;

            [StreamQuery("SELECT symbol FROM trades")]
            internal sealed partial class Hidden;
            """) { AssemblyName = "Shared" }.Compile();
        Assert.That(library.GeneratedFiles["Laminar.Exports.g.cs"], Does.Contain("\"Large\"").And.Not.Contain("Hidden"));

        UserCompilation user = new UserProject("""
            using Laminar;

            [StreamQuery("SELECT symbol, SUM(volume) AS volume, window_end FROM large GROUP BY symbol, TUMBLE(ts, INTERVAL '1' MINUTE)")]
            public sealed partial class Over;

            [StreamQuery("SELECT symbol, price FROM trades")]
            public sealed partial class Direct;

            public static class Use
            {
                public static void Push(Shared.Trade[] rows)
                {
                    using var over = Over.Create((Over.Row row) => { });
                    over.Push(rows);
                    using var direct = Direct.Create((Direct.Row row) => { });
                    direct.Push(rows);
                }
            }
            """).AddReference(library).Compile();

        Assert.That(user.Problems, Is.Empty);
        Assert.That(user.GeneratedFiles.Values, Has.None.Contains("did not compile"));
    }

    [Test]
    public void NestedColumnsOfAReferencedProjectAreReadable()
    {
        UserCompilation library = new UserProject("""
            using System;
            using System.Collections.Generic;
            using Laminar;

            namespace Shared
            {
                public sealed record Home(string City, int? Floor);

                [StreamSource("orders", Watermark = "ts")]
                public sealed partial record Order(string Id, int[] Sizes, Dictionary<string, long?> Tags, Home? Home, (int X, string? Y) Pair, decimal Total, string? Note, DateTime Ts);

                [StreamQuery("SELECT id, sizes, tags, home, ROW(total, ARRAY[pair]) AS both, note::JSON AS note, ts FROM orders")]
                public sealed partial class Whole;
            }
            """) { AssemblyName = "Shared" }.Compile();

        using UserAssembly user = new UserProject("""
            using System;
            using System.Collections.Generic;
            using Laminar;
            using Shared;

            [StreamQuery("SELECT id, sizes[2] AS size, tags['a'] AS tag, home.city, home.floor, both.f1 * 2 AS total, both.f2[1].y AS y, note ->> 'k' AS note FROM whole")]
            public sealed partial class Parts;

            [StreamQuery("SELECT home, COUNT(*) AS n, SUM(CARDINALITY(sizes)) AS sizes, MAX(total) AS total, MAX(pair.x) AS x FROM orders GROUP BY home, TUMBLE(ts, INTERVAL '1' HOUR)")]
            public sealed partial class Homes;

            public static class Run
            {
                public static string All()
                {
                    Order[] orders =
                    [
                        new("1", [4, 5], new() { ["a"] = 7 }, new("Rome", null), (1, "y"), 1.5m, "{\"k\":\"v\"}", DateTime.UnixEpoch),
                        new("2", [], new(), null, (2, null), 2, null, DateTime.UnixEpoch),
                    ];
                    var rows = new List<string>();
                    using var parts = Parts.Create((Parts.Row row) => rows.Add(row.ToString()));
                    parts.Push(orders);
                    using var homes = Homes.Create((Homes.Row row) => rows.Add(row.ToString()));
                    homes.Push(orders);
                    homes.Complete();
                    return string.Join("\n", rows);
                }
            }
            """).AddReference(library).Compile().Load(library);

        Assert.That(user.Call<string>("Run", "All"), Is.EqualTo(string.Join(
            "\n",
            "Row { Id = 1, Size = 5, Tag = 7, City = Rome, Floor = , Total = 3.0, Y = y, Note = v }",
            "Row { Id = 2, Size = , Tag = , City = , Floor = , Total = 4, Y = , Note =  }",
            "Row { Home = Home { City = Rome, Floor =  }, N = 1, Sizes = 2, Total = 1.5, X = 1 }",
            "Row { Home = , N = 1, Sizes = 0, Total = 2, X = 2 }")));
    }
}
