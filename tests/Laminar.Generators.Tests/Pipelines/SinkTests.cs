using System.Globalization;
using Laminar.Testing;
using NUnit.Framework;

namespace Laminar.Generators.Tests.Pipelines;

/// <summary>What feeds a sink: one query or several, streams, sources, queries of its own; columns by position, named by the sink.</summary>
public sealed class SinkTests
{
    private const string Items = """
        CREATE SOURCE items (id BIGINT NOT NULL, v INT, ts TIMESTAMP NOT NULL, WATERMARK FOR ts AS ts)
            WITH (connector = 'file', format = 'json', path = '${DIR}/items-*.jsonl');

        """;

    [Test]
    public async Task Several_queries_into_one_sink_are_all_their_rows([Values(1, 2, 3)] int cores, [Values] bool durable)
    {
        using var run = new PipelineRun(Items + """
            CREATE SINK both (key BIGINT NOT NULL, amount DOUBLE) WITH (connector = 'file', format = 'json', path = '${DIR}/both.jsonl');
            INSERT INTO both SELECT id, v FROM items WHERE v < 50;
            INSERT INTO both (amount, key) SELECT v * 2, id + 10000 FROM items WHERE v >= 50;
            INSERT INTO both (key) SELECT id + 20000 FROM items WHERE v IS NULL;
            """);
        var expected = new List<string>();
        foreach ((int file, int id, int? v) in Rows(run, 600))
        {
            expected.Add(v switch
            {
                null => $$"""{"key":{{id + 20000}},"amount":null}""",
                < 50 => $$"""{"key":{{id}},"amount":{{v}}}""",
                _ => $$"""{"key":{{id + 10000}},"amount":{{v * 2}}}""",
            });
        }

        await run.RunAsync(o =>
        {
            o.Cores = cores;
            o.RingRows = 64;
            o.CheckpointInterval = TimeSpan.FromMilliseconds(2);
            o.DataDirectory = durable ? Path.Combine(run.Folder, "state") : null;
        });
        Assert.That(run.Lines("both.jsonl"), Is.EqualTo(expected.Order(StringComparer.Ordinal)).AsCollection);
    }

    [Test]
    public async Task A_sink_of_one_query_takes_an_insert_besides([Values(1, 2)] int cores)
    {
        using var run = new PipelineRun(Items + """
            CREATE SINK s WITH (connector = 'file', format = 'csv', path = '${DIR}/s.csv') AS SELECT id AS number, 'low' AS class FROM items WHERE v < 50;
            INSERT INTO s SELECT v, CAST(id AS VARCHAR) FROM items WHERE v >= 50;
            CREATE STREAM s_2 AS SELECT id FROM items;
            CREATE SINK other FROM s_2 INTO FILE (path = '${DIR}/other.csv') FORMAT CSV;
            """);
        var expected = new List<string> { "number,class" };
        int rows = 0;
        foreach ((int file, int id, int? v) in Rows(run, 200))
        {
            rows++;
            if (v is not null)
            {
                expected.Add(v < 50 ? $"{id},low" : $"{v},{id}");
            }
        }

        await run.RunAsync(o => o.Cores = cores);
        Assert.That(run.Lines("s.csv"), Is.EqualTo(expected.Order(StringComparer.Ordinal)).AsCollection);
        Assert.That(run.Lines("other.csv"), Has.Length.EqualTo(rows + 1));
    }

    [Test]
    public async Task Updating_and_append_only_rows_share_a_sink_with_their_kinds([Values(1, 2)] int cores)
    {
        using var run = new PipelineRun(Items + """
            CREATE STREAM counts AS SELECT v % 2 AS parity, COUNT(*) AS n FROM items WHERE v IS NOT NULL GROUP BY v % 2, TUMBLE(ts, INTERVAL '1' DAY) EMIT CHANGES;
            CREATE SINK mixed (class INT, amount BIGINT) WITH (connector = 'file', format = 'json', path = '${DIR}/mixed.jsonl');
            INSERT INTO mixed SELECT * FROM counts;
            INSERT INTO mixed SELECT v, id FROM items WHERE v > 90;
            CREATE SINK counts_alone (class INT, amount BIGINT) WITH (connector = 'file', format = 'json', path = '${DIR}/counts.jsonl');
            INSERT INTO counts_alone SELECT * FROM counts;
            """);
        List<string> expected = [];
        int[] counts = new int[2];
        foreach ((int file, int id, int? v) in Rows(run, 100, files: 1))
        {
            if (v is { } value)
            {
                int n = counts[value % 2]++;
                expected.AddRange(n == 0
                    ? [Line("insert", value % 2, 1)]
                    : [Line("update_before", value % 2, n), Line("update_after", value % 2, n + 1)]);
            }
        }

        await run.RunAsync(o => o.Cores = cores);
        Assert.That(run.Lines("counts.jsonl"), Is.EqualTo(expected.Order(StringComparer.Ordinal)).AsCollection);
        expected.AddRange(Rows(run, 100, files: 1).Where(r => r.V > 90).Select(r => Line("insert", r.V!.Value, r.Id)));
        Assert.That(run.Lines("mixed.jsonl"), Is.EqualTo(expected.Order(StringComparer.Ordinal)).AsCollection);

        static string Line(string kind, int parity, int n) => $$"""{"kind":"{{kind}}","class":{{parity}},"amount":{{n}}}""";
    }

    [Test]
    public async Task One_stream_into_several_sinks_a_condition_and_a_source_as_it_is()
    {
        using var run = new PipelineRun(Items + """
            CREATE STREAM low AS SELECT id, v FROM items WHERE v < 50;
            CREATE SINK a FROM low INTO FILE (path = '${DIR}/a.out') FORMAT JSON;
            CREATE SINK b FROM low WHERE id % 2 = 0 INTO FILE (path = '${DIR}/b.out') FORMAT CSV;
            CREATE SINK c WITH (connector = 'file', format = 'json', path = '${DIR}/c.out') AS SELECT * FROM low;
            CREATE SINK d FROM items INTO FILE (path = '${DIR}/d.out') FORMAT JSON;
            CREATE SINK e FROM items WHERE v = 7 INTO FILE (path = '${DIR}/e.out') FORMAT JSON;
            """);
        (int File, int Id, int? V)[] rows = [.. Rows(run, 150)];
        await run.RunAsync(o => o.Cores = 2);
        string[] low = [.. rows.Where(r => r.V < 50).Select(r => $$"""{"id":{{r.Id}},"v":{{r.V}}}""").Order(StringComparer.Ordinal)];
        Assert.That(run.Lines("a.out"), Is.EqualTo(low).AsCollection);
        Assert.That(run.Lines("c.out"), Is.EqualTo(low).AsCollection);
        Assert.That(run.Lines("b.out"), Is.EqualTo(rows.Where(r => r.V < 50 && r.Id % 2 == 0).Select(r => $"{r.Id},{r.V}").Append("id,v").Order(StringComparer.Ordinal)).AsCollection);
        Assert.That(run.Lines("d.out"), Is.EqualTo(rows.Select(Json).Order(StringComparer.Ordinal)).AsCollection);
        Assert.That(run.Lines("e.out"), Is.EqualTo(rows.Where(r => r.V == 7).Select(Json).Order(StringComparer.Ordinal)).AsCollection);
    }

    [Test]
    public void The_row_of_a_shared_sink_must_be_free()
    {
        UserCompilation compiled = PipelineRun.Project(Items + """
            CREATE STREAM s_row AS SELECT id FROM items;
            CREATE SINK s WITH (connector = 'file', format = 'json', path = 'x') AS SELECT id FROM items;
            INSERT INTO s SELECT id FROM s_row;
            """).Compile();
        Assert.That(compiled.Problems, Is.Empty);
        Assert.That(compiled.GeneratedFiles.Values, Has.Some.Contains("did not compile"));
    }

    private static string Json((int File, int Id, int? V) row) =>
        $$"""{"id":{{row.Id}},"v":{{row.V?.ToString(CultureInfo.InvariantCulture) ?? "null"}},"ts":"2020-01-01T{{row.Id / 3600:00}}:{{row.Id / 60 % 60:00}}:{{row.Id % 60:00}}Z"}""";

    /// <summary>Writes the input files and answers with their rows.</summary>
    private static IEnumerable<(int File, int Id, int? V)> Rows(PipelineRun run, int count, int files = 3)
    {
        (int File, int Id, int? V)[] rows = [.. Enumerable.Range(0, count).Select(i => (i % files, i, i % 11 == 0 ? (int?)null : i * 37 % 101))];
        foreach (IGrouping<int, (int File, int Id, int? V)> file in rows.GroupBy(r => r.File))
        {
            run.Write($"items-{file.Key}.jsonl", file.Select(Json));
        }

        return rows;
    }
}
