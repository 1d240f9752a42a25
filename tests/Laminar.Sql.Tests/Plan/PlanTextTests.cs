using Laminar.Sql.Plan;
using NUnit.Framework;

namespace Laminar.Sql.Tests.Plan;

public sealed class PlanTextTests
{
    private const string Trades = "columns: symbol VARCHAR NOT NULL, price DOUBLE NOT NULL, volume BIGINT NOT NULL, ts TIMESTAMP NOT NULL, note VARCHAR, fee DECIMAL(28,10), side INT, seen_at TIMESTAMP";

    private const string Vwap = """
        SELECT symbol, window_start, window_end, SUM(price * volume) / SUM(volume) AS vwap, COUNT(*) AS trades
        FROM trades
        WHERE side = 1
        GROUP BY symbol, TUMBLE(ts, INTERVAL '1' MINUTE)
        HAVING SUM(volume) > 10
        """;

    [Test]
    public void The_query_of_the_api_page()
    {
        Assert.That(PlanPrinter.Print(Check.Plan(Vwap)), Is.EqualTo($"""
            Output: append-only, event time window_start, window_end
                key symbol, window_start
              Project
                  symbol VARCHAR NOT NULL = symbol
                  window_start TIMESTAMP NOT NULL = window_start
                  window_end TIMESTAMP NOT NULL = window_end
                  vwap DOUBLE NOT NULL = (sum_1 / CAST(sum_volume_2 AS DOUBLE))
                  trades BIGINT NOT NULL = count_3
                Filter (sum_volume_2 > 10)
                  WindowAggregate TUMBLE(ts, INTERVAL '1' MINUTE), emit on window close
                      keys: symbol
                      aggregates: SUM((price * CAST(volume AS DOUBLE))), SUM(volume), COUNT(*)
                      state: about 64 bytes per key and pane, 1 pane(s) per window
                    Filter (side = 1)
                      Scan trades
                          {Trades}
                          watermark: ts - INTERVAL '5' SECOND

            """.ReplaceLineEndings("\n")));
    }

    private const string ByKey = "SELECT symbol, window_start, window_end, COUNT(*) AS n, MAX(price) AS high FROM ";

    [TestCase(ByKey + "trades GROUP BY symbol, TUMBLE(ts, INTERVAL '1' MINUTE)", ByKey + "TABLE(TUMBLE(TABLE trades, DESCRIPTOR(ts), INTERVAL '1' MINUTE)) GROUP BY symbol, window_start, window_end")]
    [TestCase(ByKey + "trades GROUP BY symbol, TUMBLE(ts, INTERVAL '1' MINUTE)", ByKey + "TUMBLE(TABLE trades, DESCRIPTOR(ts), INTERVAL '60' SECOND) GROUP BY window_end, symbol")]
    [TestCase(ByKey + "trades GROUP BY symbol, TUMBLE(ts, INTERVAL '1' MINUTE)", "SELECT symbol, TUMBLE_START(ts, INTERVAL '1' MINUTE), TUMBLE_END(ts, INTERVAL '1' MINUTE), COUNT(*) AS n, MAX(price) AS high FROM trades GROUP BY symbol, TUMBLE_START(ts, INTERVAL '1' MINUTE)")]
    [TestCase(ByKey + "trades GROUP BY 1, TUMBLE(ts, INTERVAL '1' MINUTE)", "SELECT symbol, window.start, window.end, COUNT(*) AS n, MAX(price) AS high FROM trades GROUP BY symbol, TUMBLE(ts, INTERVAL '1' MINUTE)")]
    [TestCase(ByKey + "trades GROUP BY symbol, HOP(ts, INTERVAL '5' SECOND, INTERVAL '12' SECOND)", ByKey + "TABLE(HOP(TABLE trades, DESCRIPTOR(ts), INTERVAL '5' SECOND, INTERVAL '12' SECOND)) GROUP BY symbol, window_start, window_end")]
    [TestCase(ByKey + "trades GROUP BY symbol, HOP(ts, INTERVAL '5' SECOND, INTERVAL '5' SECOND)", ByKey + "trades GROUP BY symbol, TUMBLE(ts, INTERVAL '5' SECOND)")]
    [TestCase(ByKey + "trades GROUP BY symbol, SLIDE(ts, INTERVAL '5' SECOND, INTERVAL '10' SECOND)", ByKey + "trades GROUP BY symbol, HOP(ts, INTERVAL '5' SECOND, INTERVAL '10' SECOND)")]
    [TestCase("SELECT UPPER(symbol) AS s, COUNT(*) AS n FROM trades GROUP BY s, TUMBLE(ts, INTERVAL '5' SECOND)", "SELECT UPPER(symbol) AS s, COUNT(*) AS n FROM trades GROUP BY UPPER(symbol), TUMBLE(ts, INTERVAL '5' SECOND)")]
    [TestCase("SELECT COUNT(symbol) AS n FROM trades GROUP BY TUMBLE(ts, INTERVAL '5' SECOND, INTERVAL '12' SECOND)", "SELECT COUNT(*) AS n FROM trades GROUP BY TUMBLE(ts, INTERVAL '5' SECOND, INTERVAL '2' SECOND)")]
    [TestCase(ByKey + "trades GROUP BY symbol, TUMBLE(ts, INTERVAL '1' MINUTE)", ByKey + "TABLE(TUMBLE(TABLE trades PARTITION BY symbol, DESCRIPTOR(ts), INTERVAL '1' MINUTE)) GROUP BY symbol, window_start, window_end")]
    [TestCase(ByKey + "trades GROUP BY symbol, CUMULATE(ts, INTERVAL '5' SECOND, INTERVAL '1' MINUTE)", ByKey + "TABLE(CUMULATE(DATA => TABLE trades, TIMECOL => DESCRIPTOR(ts), STEP => INTERVAL '5' SECOND, SIZE => INTERVAL '60' SECOND)) GROUP BY symbol, window_start, window_end")]
    [TestCase(ByKey + "trades GROUP BY symbol, TUMBLE(ts, INTERVAL '1' YEAR, TIME ZONE 'europe/berlin')", ByKey + "TABLE(TUMBLE(TABLE trades, DESCRIPTOR(ts), INTERVAL '12' MONTH, TIME ZONE 'Europe/Berlin')) GROUP BY symbol, window_start, window_end")]
    [TestCase(ByKey + "trades GROUP BY symbol, TUMBLE(ts, INTERVAL '1' DAY, TIME ZONE '+02:00')", ByKey + "trades GROUP BY symbol, TUMBLE(ts, INTERVAL '1' DAY, INTERVAL '-2' HOUR)")]
    [TestCase(ByKey + "trades GROUP BY symbol, TUMBLE(ts, INTERVAL '1' DAY, TIME ZONE 'UTC')", ByKey + "trades GROUP BY symbol, TUMBLE(ts, INTERVAL '24' HOUR)")]
    public void Two_spellings_are_one_plan(string a, string b) => Assert.That(PlanPrinter.Print(Check.Plan(a)), Is.EqualTo(PlanPrinter.Print(Check.Plan(b))));

    [TestCase("TUMBLE(ts, INTERVAL '3' MONTH, INTERVAL '1' MONTH, TIME ZONE 'Europe/Berlin')", "TUMBLE(ts, INTERVAL '3' MONTH, INTERVAL '1' MONTH, TIME ZONE 'Europe/Berlin')")]
    [TestCase("HOP(ts, INTERVAL '1' DAY, INTERVAL '2' DAY, INTERVAL '6' HOUR, TIME ZONE 'Europe/Berlin')", "HOP(ts, INTERVAL '1' DAY, INTERVAL '2' DAY, INTERVAL '6' HOUR, TIME ZONE 'Europe/Berlin')")]
    [TestCase("CUMULATE(ts, INTERVAL '1' DAY, INTERVAL '1' YEAR, INTERVAL '10' DAY)", "CUMULATE(ts, INTERVAL '1' DAY, INTERVAL '1' YEAR, INTERVAL '10' DAY)")]
    public void Windows_are_printed_as_they_are_written(string window, string printed) =>
        Assert.That(PlanPrinter.Print(Check.Plan($"SELECT COUNT(*) AS n FROM trades GROUP BY {window}")), Does.Contain($"WindowAggregate {printed}, emit"));

    [Test]
    public void Grouping_sets_are_a_node_of_their_own() =>
        Assert.That(PlanPrinter.Print(Check.Plan("SELECT symbol, side, COUNT(*) AS n FROM trades GROUP BY ROLLUP(symbol, side), TUMBLE(ts, INTERVAL '5' SECOND)")), Does.Contain("Expand: each row once for each of (symbol, side), (symbol), ()\n"));

    [TestCase("SELECT symbol FROM TUMBLE(TABLE trades, DESCRIPTOR(ts), INTERVAL '5' SECOND) WHERE side = 1", "Project > WindowAssign > Filter > Scan")]
    [TestCase("SELECT symbol FROM TUMBLE(TABLE trades, DESCRIPTOR(ts), INTERVAL '5' SECOND) WHERE side = 1 AND window_start > '2020-01-01'", "Project > Filter > WindowAssign > Scan")]
    [TestCase("SELECT COUNT(*) FROM TUMBLE(TABLE trades, DESCRIPTOR(ts), INTERVAL '5' SECOND) WHERE window_start > '2020-01-01' GROUP BY window_start", "Project > WindowAggregate > Filter > Scan")]
    [TestCase("SELECT COUNT(*) FROM HOP(TABLE trades, DESCRIPTOR(ts), INTERVAL '5' SECOND, INTERVAL '10' SECOND) WHERE side = 1 AND window_start > '2020-01-01' GROUP BY window_start", "Project > Filter > WindowAggregate > Filter > Scan")]
    [TestCase("SELECT symbol FROM trades WHERE TRUE", "Project > Scan")]
    [TestCase("SELECT symbol FROM trades EMIT CHANGES", "Project > Scan")]
    public void Shapes(string sql, string shape)
    {
        var names = new List<string>();
        for (PlanNode? node = Check.Plan(sql).Root; node is not null; node = node switch { ProjectNode p => p.Input, FilterNode f => f.Input, WindowAssignNode w => w.Input, WindowAggregateNode a => a.Input, _ => null })
        {
            names.Add(node.GetType().Name.Replace("Node", ""));
        }

        Assert.That(string.Join(" > ", names), Is.EqualTo(shape));
    }

    [Test]
    public void A_condition_on_the_window_of_a_hop_never_moves_past_what_can_fail()
    {
        const string sql = "SELECT SUM(100 / side) FROM HOP(TABLE trades, DESCRIPTOR(ts), INTERVAL '5' SECOND, INTERVAL '10' SECOND) WHERE «window_start > '2020-01-01'» GROUP BY window_start";
        Assert.That(Check.Error(sql).Rule.Id, Is.EqualTo("LAM1900"));
    }

    [Test]
    public void Queries_inside_a_query_stand_below_it()
    {
        QueryPlan plan = Check.Plan("""
            SELECT MAX(n) AS most FROM (
                SELECT symbol, window_time AS w, COUNT(*) AS n
                FROM (SELECT symbol, ts FROM trades WHERE side = 1 UNION ALL SELECT note, ts FROM trades WHERE side = 2)
                GROUP BY symbol, TUMBLE(ts, INTERVAL '1' MINUTE))
            GROUP BY TUMBLE(w, INTERVAL '1' HOUR)
            """);
        string[] nodes = [.. PlanPrinter.Print(plan).Split('\n').Select(l => l.TrimStart().Split(' ')[0]).Where(w => w is "Project" or "Filter" or "WindowAggregate" or "Subquery" or "UnionAll" or "Scan")];
        Assert.That(nodes, Is.EqualTo(new[]
        {
            "Project", "WindowAggregate", "Subquery", "Project", "WindowAggregate", "Project", "UnionAll", "Project", "Filter", "Scan", "Project", "Filter", "Scan",
        }));
        Assert.That(plan.AllInner().Select(i => i.Name), Is.EqualTo(new[] { "Inner1", "Inner2", "Inner3" }));
        Assert.That(PlanGraph.Mermaid(plan).Split('\n').Count(l => l.Contains("-->")), Is.EqualTo(11));
    }

    [Test]
    public void Equal_aggregates_are_computed_once()
    {
        var node = (WindowAggregateNode)((ProjectNode)Check.Plan("SELECT SUM(volume), SUM(volume) + 1, COUNT(symbol), COUNT(*) FROM trades GROUP BY TUMBLE(ts, INTERVAL '1' SECOND)").Root).Input;
        Assert.That(node.Aggregates.Select(PlanText.Aggregate), Is.EqualTo(new[] { "SUM(volume)", "COUNT(*)" }));
    }

    [TestCase("1 + 2 * 3", "7")]
    [TestCase("i32 * (2 + 3)", "(i32 * 5)")]
    [TestCase("bo AND TRUE", "bo")]
    [TestCase("FALSE AND bo", "FALSE")]
    [TestCase("bo AND FALSE", "(bo AND FALSE)")]
    [TestCase("f64 > 1", "(f64 > 1)")]
    [TestCase("ts > '2020-01-01'", "(ts > TIMESTAMP '2020-01-01 00:00:00')")]
    [TestCase("i32 IS NULL", "FALSE")]
    [TestCase("NULL + 1", "NULL")]
    [TestCase("CASE WHEN 1 = 2 THEN i32 ELSE 5 END", "5")]
    [TestCase("COALESCE(NULL, i32, 7)", "i32")]
    [TestCase("tx LIKE 'abc%'", "STARTS_WITH(tx, 'abc')")]
    [TestCase("tx LIKE '%abc'", "ENDS_WITH(tx, 'abc')")]
    [TestCase("tx LIKE '%abc%'", "CONTAINS(tx, 'abc')")]
    [TestCase("tx LIKE 'abc'", "(tx = 'abc')")]
    [TestCase("tx LIKE 'a_c%'", "LIKE(tx, 'a_c%')")]
    [TestCase("CAST(2.5 AS INT)", "3")]
    [TestCase("CAST(2.5e0 AS INT)", "2")]
    [TestCase("CAST('2020-01-01' AS DATE)", "DATE '2020-01-01'")]
    [TestCase("TIMESTAMP '2020-01-01' + INTERVAL '1' DAY * 2", "TIMESTAMP '2020-01-03 00:00:00'")]
    [TestCase("i32 IN (1, 2, 3)", "(((i32 = 1) OR (i32 = 2)) OR (i32 = 3))")]
    [TestCase("INTERVAL '1-2' YEAR TO MONTH + ts", "(ts + INTERVAL '14' MONTH)")]
    [TestCase("u8 = 5", "(u8 = 5)")]
    public void Rewrites(string sql, string text) => Assert.That(Check.Lowered(sql), Is.EqualTo(text));

    [Test]
    public void The_fingerprint_depends_on_state_alone()
    {
        string of(string sql) => StateFingerprint.Of(Check.Plan(sql));
        string one = of(Vwap);
        Assert.That(one, Does.Match("^[0-9a-f]{16}$"));
        Assert.That(of(Vwap.Replace("AS vwap", "AS average").Replace("> 10", "> 20")), Is.EqualTo(one));
        Assert.That(of(Vwap.Replace("MINUTE", "HOUR")), Is.Not.EqualTo(one));
        Assert.That(of(Vwap.Replace("COUNT(*)", "MAX(volume)")), Is.Not.EqualTo(one));
        Assert.That(of(Vwap.Replace("BY symbol", "BY symbol, side")), Is.Not.EqualTo(one));
        Assert.That(of(Vwap.Replace("price * volume", "price + volume")), Is.Not.EqualTo(one));
        Assert.That(of(Vwap + " EMIT CHANGES"), Is.Not.EqualTo(one));
        Assert.That(of("SELECT symbol FROM trades"), Is.EqualTo("0000000000000000"));
    }

    [Test]
    public void The_graph_is_a_flowchart_from_the_source_on()
    {
        Assert.That(PlanGraph.Mermaid(Check.Plan("SELECT symbol FROM trades WHERE price > 1")), Is.EqualTo("""
            flowchart LR
                n0[("trades<br/>watermark: ts - INTERVAL '5' SECOND")]
                n1{{"filter (price #gt; 1)"}}
                n2["project symbol"]
                n3(["append-only: symbol"])
                n0 --> n1
                n1 --> n2
                n2 --> n3

            """.ReplaceLineEndings("\n")));
    }

    [Test]
    public void Emit_changes_makes_a_changelog()
    {
        QueryPlan plan = Check.Plan(Vwap + " EMIT CHANGES");
        Assert.That(plan.IsUpdating);
        Assert.That(QuerySignature.ToRelation(plan, "v", "global::V.Row", "global::V", ["global::T.Trade"]).IsUpdating);
        Assert.That(PlanPrinter.Print(plan), Does.StartWith("Output: changelog").And.Contains("emit changes"));
    }
}
