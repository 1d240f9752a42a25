using Laminar.Sql.Catalog;
using Laminar.Sql.Diagnostics;
using NUnit.Framework;

namespace Laminar.Sql.Tests.Scripts;

public sealed class ScriptTests
{
    private const string Cars = """
        CREATE SINK fast_file WITH (connector = 'file', format = 'json', path = '${OUT_FILE}') AS SELECT * FROM fast;
        CREATE STREAM fast AS SELECT car_id, COUNT(*) AS n, window_end FROM cars WHERE speed > 100 GROUP BY car_id, TUMBLE(ts, INTERVAL '1' MINUTE);
        CREATE SOURCE cars (car_id BIGINT NOT NULL, speed DOUBLE, ts TIMESTAMP NOT NULL, WATERMARK FOR ts AS ts - INTERVAL '1' SECOND)
            WITH (connector = 'file', format = 'json', path = '${CARS_FILE}');
        """;

    private static CompiledScript Compile(string sql) => SqlCompiler.CompileScript(sql, new DictionaryCatalog(), "global::N.P");

    [Test]
    public void The_pipeline_of_the_api_page_in_any_order()
    {
        CompiledScript script = Compile(Cars);
        Assert.That(script.Diagnostics, Is.Empty);
        CompiledSource source = script.Sources.Single();
        Assert.That((source.Name, source.Connector, source.Relation.ClrType), Is.EqualTo(("cars", "file", "global::N.P.Cars")));
        Assert.That(source.Relation.Watermark, Is.EqualTo(new WatermarkDeclaration(2, TimeSpan.TicksPerSecond)));
        Assert.That(source.Relation.Columns.Select(c => $"{c.ClrName} {c.Type} {c.Nullable}"), Is.EqualTo(new[] { "CarId BIGINT False", "Speed DOUBLE True", "Ts TIMESTAMP False" }));
        Assert.That(source.Options.Select(o => $"{o.Key}={o.Value} {Cars.Substring(o.ValueSpan.Start, o.ValueSpan.Length)}"), Is.EqualTo(new[] { "format=json 'json'", "path=${CARS_FILE} '${CARS_FILE}'" }));
        CompiledStream stream = script.Streams.Single();
        Assert.That((stream.Relation.ClrType, stream.Relation.QueryClrType), Is.EqualTo(("global::N.P.Fast", "global::N.P.FastQuery")));
        Assert.That(stream.Relation.BaseSources, Is.EqualTo(new[] { "global::N.P.Cars" }));
        Assert.That(Cars.Substring(stream.SqlSpan.Start, stream.SqlSpan.Length), Is.EqualTo(stream.Sql));
        CompiledSink sink = script.Sinks.Single();
        Assert.That((sink.Feeds.Single().Stream, sink.Feeds.Single().Plan), Is.EqualTo(("fast", (Sql.Plan.QueryPlan?)null)));
        Assert.That(sink.Columns.Select(c => c.Name), Is.EqualTo(new[] { "car_id", "n", "window_end" }));
    }

    [Test]
    public void Sinks_take_streams_conditions_and_inserts()
    {
        CompiledScript script = Compile(Cars + """
            CREATE SINK a FROM fast WHERE n > 2 INTO FILE (path = 'x') FORMAT CSV;
            CREATE SINK b (id BIGINT, label VARCHAR) WITH (connector = 'file');
            INSERT INTO b SELECT car_id, 'fast' FROM fast;
            INSERT INTO b (label, id) SELECT 'car', car_id FROM cars;
            CREATE SINK c FROM cars INTO FILE (path = 'y');
            """);
        Assert.That(script.Diagnostics, Is.Empty);
        CompiledSink a = script.Sinks.Single(s => s.Name == "a"), b = script.Sinks.Single(s => s.Name == "b"), c = script.Sinks.Single(s => s.Name == "c");
        Assert.That(a.Options.Select(o => o.Key + "=" + o.Value), Is.EqualTo(new[] { "path=x", "format=csv" }));
        Assert.That(a.Feeds.Single().Sql, Is.EqualTo("SELECT * FROM fast WHERE n > 2"));
        Assert.That(b.Feeds.Select(f => f.Name), Is.EqualTo(new[] { "b", "b_2" }));
        Assert.That(b.Feeds[1].Plan!.Columns.Select(x => $"{x.Name} {x.Type} {x.Nullable}"), Is.EqualTo(new[] { "id BIGINT True", "label VARCHAR True" }));
        Assert.That(c.Feeds.Single().Plan!.Input.Name, Is.EqualTo("cars"));
    }

    [TestCase("CREATE STREAM «Cars» AS SELECT speed FROM cars;", "LAM2025")]
    [TestCase("CREATE STREAM s AS SELECT «sped» FROM cars;", "LAM2003")]
    [TestCase("CREATE STREAM s AS SELECT speed FROM «carz»;", "LAM2001")]
    [TestCase("CREATE STREAM «s» AS SELECT speed FROM t; CREATE STREAM t AS SELECT speed FROM s;", "LAM2034")]
    [TestCase("CREATE SINK x FROM «fasst» INTO FILE (path = 'x');", "LAM2001")]
    [TestCase("CREATE SINK x FROM fast WHERE «m» > 1 INTO FILE (path = 'x');", "LAM2003")]
    [TestCase("CREATE SINK «x» WITH (connector = 'file');", "LAM2033")]
    [TestCase("INSERT INTO «fast_fil» SELECT car_id, n, window_end FROM fast;", "LAM2030")]
    [TestCase("INSERT INTO fast_file «SELECT car_id FROM fast»;", "LAM2027")]
    [TestCase("CREATE SINK x (a INT) WITH (connector = 'file'); INSERT INTO x «SELECT speed FROM cars»;", "LAM2028")]
    [TestCase("CREATE SINK x (a DOUBLE NOT NULL) WITH (connector = 'file'); INSERT INTO x «SELECT speed FROM cars»;", "LAM2028")]
    [TestCase("CREATE SOURCE x (a INT, «A» INT) WITH (connector = 'file');", "LAM2026")]
    [TestCase("CREATE SOURCE x (kind INT, «kind_column» INT) WITH (connector = 'file');", "LAM2026")]
    [TestCase("CREATE STREAM s AS SELECT car_id AS row, speed AS «row_column» FROM cars;", "LAM2015")]
    [TestCase("CREATE SOURCE x (a «INTT») WITH (connector = 'file');", "LAM2020")]
    [TestCase("CREATE SOURCE x (a VARCHAR, WATERMARK FOR a AS «a») WITH (connector = 'file');", "LAM3007")]
    [TestCase("CREATE SOURCE x (a TIMESTAMP, b TIMESTAMP, WATERMARK FOR a AS «b») WITH (connector = 'file');", "LAM3007")]
    [TestCase("CREATE STREAM s AS SELECT COUNT(*) AS n FROM cars GROUP BY TUMBLE(ts, INTERVAL '1' MINUTE) LATE DATA TO «fast»;", "LAM2025")]
    [TestCase("CREATE STREAM «s» AS SELECT COUNT(*) AS n FROM late GROUP BY TUMBLE(ts, INTERVAL '1' MINUTE) LATE DATA TO late;", "LAM2034")]
    [TestCase("CREATE STREAM s WITH («state_tl» = '1h') AS SELECT car_id, COUNT(*) AS n FROM cars GROUP BY car_id;", "LAM3013")]
    [TestCase("CREATE STREAM s WITH (state_ttl = «'soon'») AS SELECT car_id, COUNT(*) AS n FROM cars GROUP BY car_id;", "LAM3013")]
    [TestCase("CREATE STREAM s WITH (state_ttl = '1h') AS SELECT car_id, COUNT(*) AS n FROM cars GROUP BY car_id WITH («state_ttl = '2h'»);", "LAM3013")]
    [TestCase("CREATE STREAM s WITH («state_ttl = '1h'») AS SELECT car_id FROM cars;", "LAM3013")]
    public void Mistakes(string marked, string rule)
    {
        (string sql, int start, int length) = Check.Unmark(Cars + marked);
        SqlDiagnostic error = Compile(sql).Diagnostics.Single(d => d.IsError);
        Assert.That(error.Rule.Id, Is.EqualTo(rule), error.ToString());
        Assert.That(sql.Substring(error.Span.Start, error.Span.Length), Is.EqualTo(sql.Substring(start, length)));
    }

    [Test]
    public void Late_rows_are_a_stream_of_the_source()
    {
        CompiledScript script = Compile(Cars.Replace("INTERVAL '1' MINUTE)", "INTERVAL '1' MINUTE) LATE DATA TO late_cars") + """
            CREATE SINK x FROM late_cars INTO FILE (path = 'x');
            CREATE STREAM y AS SELECT speed FROM late_cars;
            """);
        Assert.That(script.Diagnostics, Is.Empty);
        Relation late = script.Stream("late_cars")!;
        Assert.That((late.ClrType, late.QueryClrType, late.IsLate), Is.EqualTo(("global::N.P.Cars", "global::N.P.FastQuery.LateCars", true)));
        Assert.That(late.Columns.Select(c => c.Name), Is.EqualTo(new[] { "car_id", "speed", "ts" }));
        Assert.That(script.Sinks.Single(s => s.Name == "x").Feeds.Single().Stream, Is.EqualTo("late_cars"));
        Assert.That(script.Streams.Single(s => s.Name == "y").Plan.Input, Is.SameAs(late));
    }

    [Test]
    public void Options_stand_before_AS_or_behind_the_query()
    {
        const string query = "SELECT car_id, COUNT(*) AS n FROM cars GROUP BY car_id";
        CompiledScript script = Compile(Cars + $"CREATE STREAM a WITH (state_ttl = '1h') AS {query}; CREATE STREAM b AS {query} WITH (state_ttl = '1h');");
        Assert.That(script.Diagnostics, Is.Empty);
        CompiledStream a = script.Streams.Single(s => s.Name == "a"), b = script.Streams.Single(s => s.Name == "b");
        Assert.That(Sql.Plan.StateFingerprint.Of(a.Plan), Is.EqualTo(Sql.Plan.StateFingerprint.Of(b.Plan)));
        Assert.That(Sql.Plan.PlanPrinter.Print(a.Plan), Is.EqualTo(Sql.Plan.PlanPrinter.Print(b.Plan)).And.Contains("1"));
    }

    [Test]
    public void State_over_rows_that_change_is_another()
    {
        const string over = "CREATE STREAM b AS SELECT n, COUNT(*) AS cars, MAX(car_id) AS most FROM a GROUP BY n;";
        CompiledScript growing = Compile(Cars + $"CREATE STREAM a AS SELECT car_id, CAST(speed AS BIGINT) AS n FROM cars; {over}");
        CompiledScript changing = Compile(Cars + $"CREATE STREAM a AS SELECT car_id, COUNT(*) AS n FROM cars GROUP BY car_id; {over}");
        Sql.Plan.QueryPlan a = growing.Streams.Single(s => s.Name == "b").Plan, b = changing.Streams.Single(s => s.Name == "b").Plan;
        Assert.That(Sql.Plan.StateFingerprint.Layout(b), Is.Not.EqualTo(Sql.Plan.StateFingerprint.Layout(a)).And.Contains("of changes"));
        Assert.That(Sql.Plan.PlanPrinter.Print(b), Does.Contain("and the rows of the group, kept as long as it has rows"));
        Assert.That((growing.Diagnostics.Count, changing.Diagnostics.Count), Is.EqualTo((1, 1)), "one group each that grows with the input");
    }

    [Test]
    public void A_stream_that_fails_is_reported_once_not_by_its_readers()
    {
        CompiledScript script = Compile(Cars.Replace("speed > 100", "sped > 100"));
        Assert.That(script.Diagnostics.Select(d => d.Rule.Id), Is.EqualTo(new[] { "LAM2003" }));
    }

    [Test]
    public void If_not_exists_keeps_the_first() =>
        Assert.That(Compile(Cars + "CREATE STREAM IF NOT EXISTS fast AS SELECT speed FROM cars;").Streams.Single().Relation.Columns, Has.Count.EqualTo(3));
}
