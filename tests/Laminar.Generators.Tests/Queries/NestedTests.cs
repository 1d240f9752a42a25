using Laminar.Generators.Tests.Pipelines;
using Laminar.Testing;
using NUnit.Framework;

namespace Laminar.Generators.Tests.Queries;

/// <summary>Arrays, dictionaries, tuples, records and JSON as members of rows, and in files.</summary>
public sealed class NestedTests
{
    private const string Rows = """
        using System;
        using System.Collections.Generic;
        using System.Linq;
        using Laminar;

        namespace N;

        public sealed record City(string Name, int[]? Codes);

        public readonly record struct Address
        {
            public string? Street { get; init; }
            public City? City { get; init; }
        }

        [StreamSource("people")]
        public sealed partial record Person(
            long Id, Address Home, int[] Scores, Dictionary<string, double?> Marks, (int A, string? B) Pair, [property: Column(TypeName = "json")] string Doc, DateTime?[] Seen, string[]? Names);

        [StreamQuery("SELECT id, home.city.name AS city, home.city.codes[2] AS code, scores, marks['x'] AS x, pair.b AS b, doc ->> 'k' AS k, seen[1] AS seen, names[1] AS name FROM people")]
        public sealed partial class Parts;

        [StreamQuery("SELECT home, marks, pair, seen, doc, ROW(id, names) AS r, MAP[id, home.city] AS by_id FROM people")]
        public sealed partial class Whole;

        public static class Run
        {
            private static readonly DateTime At = new(2024, 1, 2, 3, 4, 5, DateTimeKind.Utc);

            private static Person[] People =>
            [
                new(1, new Address { Street = "s", City = new City("Rome", [7, 8]) }, [1, 2], new() { ["x"] = 1.5, ["y"] = null }, (4, "b"), "{\"k\":\"v\"}", [At, null], ["n"]),
                new(2, default, [], [], (5, null), "[]", [], null),
            ];

            public static string[] Parts()
            {
                var lines = new List<string>();
                using var query = N.Parts.Create(row => lines.Add($"{row.Id} {row.City} {row.Code} [{string.Join(",", row.Scores)}] {row.X} {row.B} {row.K} {row.Seen:s} {row.Name}"));
                query.Push(People);
                query.Complete();
                return [.. lines];
            }

            public static string[] Whole()
            {
                var lines = new List<string>();
                using var query = N.Whole.Create(row => lines.Add(
                    $"{row.Home.Street} {row.Home.City?.Name} {row.Home.City?.Codes?.Length} {row.Marks.Count} {row.Pair} {row.Seen.Length} {row.Doc} {row.R.F1} {row.R.F2?[0]} {row.ById[row.R.F1]?.Name}"));
                query.Push(People);
                query.Complete();
                return [.. lines];
            }
        }
        """;

    private const string Columns = "id BIGINT NOT NULL, tags ARRAY<VARCHAR>, m MAP<VARCHAR, INT>, r ROW(a INT, b ROW(c TIMESTAMP, d DECIMAL(10,2))), j JSON, days ARRAY<DATE>";

    [Test]
    public void Members_are_read_by_their_parts_and_made_whole()
    {
        using UserAssembly code = new UserProject(Rows).Load();
        Assert.That(code.Call<string[]>("N.Run", "Parts"), Is.EqualTo(new[] { "1 Rome 8 [1,2] 1.5 b v 2024-01-02T03:04:05 n", "2   []     " }));
        Assert.That(code.Call<string[]>("N.Run", "Whole"), Is.EqualTo(new[] { "s Rome 2 2 (4, b) 2 {\"k\":\"v\"} 1 n Rome", "   0 (5, ) 0 [] 2  " }));
    }

    [Test]
    public async Task Files_hold_nested_columns_and_give_them_back()
    {
        string[] lines =
        [
            """{"id":1,"tags":["a",null,"b\"c"],"m":{"x":1,"y":null},"r":{"a":5,"b":{"c":"2024-01-02T03:04:05.5Z","d":1.50}},"j":{"k":[1,null]},"days":["2024-02-29"]}""",
            """{"id":2,"tags":[],"m":{},"r":{"a":null,"b":null},"j":"text","days":[]}""",
            """{"id":3,"tags":null,"m":null,"r":null,"j":null,"days":null}""",
        ];
        using var run = new PipelineRun($$$"""
            CREATE SOURCE s ({{{Columns}}}) WITH (connector = 'file', format = 'json', path = '${DIR}/in.jsonl');
            CREATE STREAM q AS SELECT * FROM s;
            CREATE SINK a FROM q INTO FILE (format = 'json', path = '${DIR}/out.jsonl');
            CREATE SINK b FROM q INTO FILE (format = 'csv', path = '${DIR}/out.csv');
            CREATE SINK c FROM q INTO FILE (format = 'arrow', path = '${DIR}/out.arrow');
            """);
        run.Write("in.jsonl", lines);
        await run.RunAsync();
        Assert.That(run.Lines("out.jsonl"), Is.EqualTo(lines));
        foreach (string format in new[] { "csv", "arrow" })
        {
            using var back = new PipelineRun($$$"""
                CREATE SOURCE s ({{{Columns}}}) WITH (connector = 'file', format = '{{{format}}}', path = '${DIR}/in');
                CREATE STREAM q AS SELECT * FROM s;
                CREATE SINK a FROM q INTO FILE (format = 'json', path = '${DIR}/out.jsonl');
                """);
            File.Copy(Path.Combine(run.Folder, "out." + format), Path.Combine(back.Folder, "in"));
            await back.RunAsync();
            Assert.That(back.Lines("out.jsonl"), Is.EqualTo(lines), format);
        }
    }
}
