using Laminar.Sql.Catalog;
using Laminar.Sql.Diagnostics;
using Laminar.Sql.Plan;
using NUnit.Framework;

namespace Laminar.Sql.Tests.Scripts;

/// <summary>CREATE MATERIALIZED VIEW, and what the rows of results are told apart by.</summary>
public sealed class MaterializedViewTests
{
    private const string Cars = """
        CREATE SOURCE cars (car BIGINT NOT NULL, road VARCHAR, speed DOUBLE, mark BYTES, ts TIMESTAMP NOT NULL, WATERMARK FOR ts AS ts - INTERVAL '1' SECOND) WITH (connector = 'file', format = 'json', path = 'x');

        """;

    [TestCase("SELECT car, ts FROM cars", null)]
    [TestCase("SELECT car, window_end, COUNT(*) AS n FROM cars GROUP BY car, TUMBLE(ts, INTERVAL '1' MINUTE)", "car, window_end")]
    [TestCase("SELECT car, window_end, window_start, COUNT(*) AS n FROM cars GROUP BY car, HOP(ts, INTERVAL '1' MINUTE, INTERVAL '2' MINUTE)", "car, window_start")]
    [TestCase("SELECT window_start, window_time FROM cars GROUP BY CUMULATE(ts, INTERVAL '1' MINUTE, INTERVAL '2' MINUTE)", "window_time")]
    [TestCase("SELECT car, window_start FROM cars GROUP BY car, CUMULATE(ts, INTERVAL '1' MINUTE, INTERVAL '2' MINUTE)", null)]
    [TestCase("SELECT car, window_end FROM cars GROUP BY car, SESSION(ts, INTERVAL '1' MINUTE)", "car, window_end")]
    [TestCase("SELECT car, window_end FROM cars GROUP BY car, SESSION(ts, INTERVAL '1' MINUTE) EMIT CHANGES", null)]
    [TestCase("SELECT car, window_start FROM cars GROUP BY car, SESSION(ts, INTERVAL '1' MINUTE) EMIT CHANGES", "car, window_start")]
    [TestCase("SELECT car, COUNT(*) AS n FROM cars GROUP BY car, TUMBLE(ts, INTERVAL '1' MINUTE)", null)]
    [TestCase("SELECT COUNT(*) AS n, road AS r FROM cars GROUP BY road", "r")]
    [TestCase("SELECT UPPER(road) AS r, COUNT(*) AS n FROM cars GROUP BY UPPER(road)", "r")]
    [TestCase("SELECT UPPER(road) AS r, COUNT(*) AS n FROM cars GROUP BY road", null)]
    [TestCase("SELECT mark, COUNT(*) AS n FROM cars GROUP BY mark", null)]
    [TestCase("SELECT COUNT(*) AS n FROM cars", "")]
    [TestCase("SELECT DISTINCT road, car FROM cars", "road, car")]
    [TestCase("SELECT road, car, GROUPING(car) AS g, COUNT(*) AS n FROM cars GROUP BY ROLLUP(road, car)", null)]
    [TestCase("SELECT car, speed, ts FROM cars QUALIFY ROW_NUMBER() OVER (PARTITION BY car ORDER BY ts DESC) = 1", "car")]
    [TestCase("SELECT car, speed, ROW_NUMBER() OVER (PARTITION BY car ORDER BY speed) AS place FROM cars QUALIFY place <= 3", "car, place")]
    [TestCase("SELECT car, speed, RANK() OVER (PARTITION BY car ORDER BY speed) AS place FROM cars QUALIFY place <= 3", "car, place*")]
    [TestCase("SELECT car, speed FROM cars QUALIFY ROW_NUMBER() OVER (PARTITION BY car ORDER BY speed) <= 3", "car*")]
    [TestCase("SELECT car, speed FROM cars ORDER BY speed LIMIT 3", null)]
    [TestCase("SELECT car, ts, LAG(speed) OVER (PARTITION BY car ORDER BY ts) AS p FROM cars", null)]
    [TestCase("SELECT car, w, SUM(n) OVER (PARTITION BY car ORDER BY w) AS s FROM (SELECT car, window_time AS w, COUNT(*) AS n FROM cars GROUP BY car, TUMBLE(ts, INTERVAL '1' MINUTE))", "car, w")]
    [TestCase("SELECT w AS at, car FROM (SELECT car, window_end AS w, COUNT(*) AS n FROM cars GROUP BY car, TUMBLE(ts, INTERVAL '1' MINUTE)) WHERE n > 1", "car, at")]
    [TestCase("SELECT road FROM cars UNION SELECT 'x' FROM cars", "road")]
    [TestCase("SELECT road FROM cars UNION ALL SELECT 'x' FROM cars", null)]
    public void The_key_is_what_a_query_groups_by_or_its_partition_and_place(string query, string? expected)
    {
        QueryPlan plan = Compile($"CREATE MATERIALIZED VIEW v WITH (max_rows = 5) AS {query};").Streams.Single().Plan;
        Assert.That(Key(plan), Is.EqualTo(expected));
        Assert.That(PlanPrinter.Print(plan), expected is null ? Does.Not.Contain("\n    key ") : Does.Contain(expected.Length == 0 ? "\n    one row\n" : $"\n    key {expected.TrimEnd('*')}"));
    }

    [Test]
    public void A_stream_over_a_view_has_the_key_of_that()
    {
        CompiledScript script = Compile("""
            CREATE MATERIALIZED VIEW v WITH (retain_for = '90m') AS SELECT car, window_end, COUNT(*) AS n FROM cars GROUP BY car, TUMBLE(ts, INTERVAL '1' MINUTE);
            CREATE STREAM s AS SELECT n, window_end AS w, car FROM v WHERE n > 2;
            """);
        Assert.That(script.Diagnostics, Is.Empty);
        Assert.That(script.Streams[0].View, Is.EqualTo(new CompiledView(90 * TimeSpan.TicksPerMinute, 0)));
        Assert.That(script.Streams[1].View, Is.Null);
        Assert.That(Key(script.Streams[1].Plan), Is.EqualTo("car, w"));
    }

    [TestCase("CREATE MATERIALIZED VIEW «v» AS SELECT car FROM cars;", "LAM3051")]
    [TestCase("CREATE MATERIALIZED VIEW v WITH («retain_for = '1h'») AS SELECT car, COUNT(*) AS n FROM cars GROUP BY car WITH (state_ttl = '1h');", "LAM3013")]
    [TestCase("CREATE MATERIALIZED VIEW v WITH (retain_for = «'1y'») AS SELECT car, ts FROM cars;", "LAM3013")]
    [TestCase("CREATE MATERIALIZED VIEW v WITH (max_rows = «0») AS SELECT car, ts FROM cars;", "LAM3013")]
    [TestCase("CREATE MATERIALIZED VIEW v WITH (max_rows = 3, «max_rows = 4») AS SELECT car, ts FROM cars;", "LAM3013")]
    [TestCase("CREATE STREAM v WITH («max_rows» = 3) AS SELECT car, COUNT(*) AS n FROM cars GROUP BY car;", "LAM3013")]
    [TestCase("CREATE MATERIALIZED VIEW «v» AS SELECT COUNT(*) AS n FROM cars GROUP BY car, TUMBLE(ts, INTERVAL '1' MINUTE) EMIT ON UPDATE;", "LAM3050")]
    public void What_a_view_cannot_be_is_said_at_its_place(string marked, string id)
    {
        int start = marked.IndexOf('«'), end = marked.IndexOf('»') - 1;
        CompiledScript script = Compile(marked.Replace("«", "").Replace("»", ""));
        SqlDiagnostic found = script.Diagnostics.First(d => d.Rule.Id is not "LAM3011");
        Assert.That((found.Rule.Id, found.Span.Start - Cars.Length, found.Span.End - Cars.Length), Is.EqualTo((id, start, end)));
    }

    [Test]
    public void Views_of_changes_without_their_rows_from_before_need_the_key_and_others_do_not()
    {
        foreach (string mode in new[] { "EMIT CHANGES", "EMIT ON WINDOW CLOSE ALLOW LATENESS INTERVAL '1' SECOND" })
        {
            CompiledScript script = Compile($"CREATE MATERIALIZED VIEW v AS SELECT COUNT(*) AS n FROM cars GROUP BY car, TUMBLE(ts, INTERVAL '1' MINUTE) {mode};");
            Assert.That(script.Diagnostics, Is.Empty, mode);
        }
    }

    private static string? Key(QueryPlan plan) => ResultKey.Of(plan) is { } key ? string.Join(", ", key.Columns.Select(c => plan.Columns[c].Name)) + (key.IsUnique ? "" : "*") : null;

    private static CompiledScript Compile(string sql) => SqlCompiler.CompileScript(Cars + sql, new DictionaryCatalog(), "global::N.P");
}
