using Laminar.Sql.Plan;
using NUnit.Framework;

namespace Laminar.Sql.Tests.Streaming;

public sealed class EventTimeTests
{
    private const long Second = TimeSpan.TicksPerSecond;

    private static string Lags(string sql) => string.Join(", ", Check.Plan(sql).Columns.Where(c => c.EventTimeLag is not null).Select(c => $"{c.Name} {c.EventTimeLag}"));

    [TestCase("SELECT ts, price FROM trades", "ts 0")]
    [TestCase("SELECT ts AS t, ts - INTERVAL '3' SECOND AS back, ts + INTERVAL '3' SECOND AS ahead, DATE_TRUNC('day', ts) AS day FROM trades", "t 0, back 30000000, ahead 0")]
    [TestCase("SELECT CAST(ts AS TIMESTAMPTZ) AS t FROM trades", "t 0")]
    [TestCase("SELECT window_start, window_end, window_time FROM trades GROUP BY TUMBLE(ts, INTERVAL '1' SECOND)", "window_start 10000000, window_end 0, window_time 0")]
    [TestCase("SELECT window_start, window_end FROM trades GROUP BY HOP(ts, INTERVAL '1' SECOND, INTERVAL '3' SECOND)", "window_start 30000000, window_end 0")]
    [TestCase("SELECT window_start, window_end, window_time, ts FROM TUMBLE(TABLE trades, DESCRIPTOR(ts), INTERVAL '1' SECOND)", "window_start 10000000, window_end 0, window_time 10, ts 0")]
    [TestCase("SELECT at, at - 500 AS back FROM clicks", "at 0, back 500")]
    [TestCase("SELECT window_start FROM clicks GROUP BY TUMBLE(at, INTERVAL '2' SECOND)", "window_start 2000")]
    [TestCase("SELECT symbol, MAX(ts) AS last FROM trades GROUP BY symbol, TUMBLE(ts, INTERVAL '1' SECOND)", "")]
    public void The_lag_follows_the_column(string sql, string lags) => Assert.That(Lags(sql), Is.EqualTo(lags));

    [Test]
    public void A_window_over_a_lagging_column_is_shifted_so_that_it_closes_in_time()
    {
        QueryPlan plan = Check.Plan("SELECT window_start, window_end, SUM(n) AS n FROM minutes GROUP BY TUMBLE(window_start, INTERVAL '10' MINUTE)");
        var aggregate = (WindowAggregateNode)((ProjectNode)plan.Root).Input;
        Assert.That(ExpressionPrinter.Print(aggregate.Window.Time), Is.EqualTo("(window_start + INTERVAL '1' MINUTE)"));
        Assert.That(aggregate.Window.Origin - Sql.Streaming.EventTime.UnixEpochTicks, Is.EqualTo(60 * Second));
        Assert.That(ExpressionPrinter.Print(((ProjectNode)plan.Root).Expressions[1]), Is.EqualTo("(window_end - INTERVAL '1' MINUTE)"));
        Assert.That(plan.Columns.Select(c => c.EventTimeLag), Is.EqualTo(new long?[] { 660 * Second, 60 * Second, null }));
    }

    [Test]
    public void Windows_without_a_watermark_are_a_warning()
    {
        Diagnostics.SqlDiagnostic warning = Check.Warning("SELECT symbol FROM quotes GROUP BY symbol, TUMBLE(«ts», INTERVAL '1' SECOND)");
        Assert.That(warning.Rule.Id, Is.EqualTo("LAM3001"));
    }

    [Test]
    public void Many_panes_are_a_warning()
    {
        Diagnostics.SqlDiagnostic warning = Check.Warning("SELECT COUNT(*) FROM trades GROUP BY HOP(ts, «INTERVAL '7' SECOND», INTERVAL '1' HOUR)");
        Assert.That(warning.Rule.Id, Is.EqualTo("LAM4001"));
    }

    [TestCase("SELECT symbol FROM trades GROUP BY symbol, TUMBLE(«seen_at», INTERVAL '1' SECOND)", "LAM3002", "ts")]
    [TestCase("SELECT symbol FROM trades GROUP BY symbol, TUMBLE(«ts + INTERVAL '1' SECOND», INTERVAL '1' SECOND)", "LAM3002", null)]
    [TestCase("SELECT symbol FROM trades GROUP BY symbol, TUMBLE(«price», INTERVAL '1' SECOND)", "LAM3003", null)]
    [TestCase("SELECT symbol FROM trades GROUP BY TUMBLE(ts, INTERVAL '1' SECOND), symbol, «TUMBLE(ts, INTERVAL '2' SECOND)»", "LAM3004", null)]
    [TestCase("SELECT symbol FROM trades GROUP BY symbol, TUMBLE(ts, «INTERVAL '0' SECOND»)", "LAM3005", null)]
    [TestCase("SELECT symbol FROM trades GROUP BY symbol, TUMBLE(ts, «INTERVAL '-1' SECOND»)", "LAM3005", null)]
    [TestCase("SELECT symbol FROM trades GROUP BY symbol, HOP(ts, «INTERVAL '1' MILLISECOND», INTERVAL '30' DAY)", "LAM3005", null)]
    [TestCase("SELECT user_id FROM clicks GROUP BY user_id, TUMBLE(at, «INTERVAL '0.0001' SECOND»)", "LAM3005", null)]
    [TestCase("SELECT symbol FROM trades GROUP BY symbol, TUMBLE(ts, «5»)", "LAM2024", "INTERVAL '5' SECOND")]
    [TestCase("SELECT symbol FROM trades GROUP BY symbol, TUMBLE(ts, «volume»)", "LAM2024", null)]
    [TestCase("SELECT symbol FROM trades GROUP BY symbol, HOP(ts, «INTERVAL '1' SECOND * side», INTERVAL '1' DAY)", "LAM2024", null)]
    [TestCase("SELECT COUNT(*) FROM TABLE(TUMBLE(TABLE trades, DESCRIPTOR(ts), «nowhere»)) GROUP BY window_start", "LAM2024", null)]
    [TestCase("SELECT symbol FROM trades GROUP BY symbol, «TUMBLE(ts)»", "LAM2006", null)]
    [TestCase("SELECT symbol FROM timeless GROUP BY symbol, TUMBLE(«ts», INTERVAL '1' SECOND)", "LAM3008", null)]
    [TestCase("SELECT symbol FROM trades «EMIT ON WINDOW CLOSE»", "LAM3006", null)]
    [TestCase("SELECT symbol FROM trades «EMIT EVERY INTERVAL '1' SECOND»", "LAM3012", null)]
    [TestCase("SELECT symbol, COUNT(*) AS n FROM trades GROUP BY symbol, TUMBLE(ts, INTERVAL '1' MINUTE) EMIT FINAL «ALLOW LATENESS INTERVAL '1' SECOND»", "LAM3010", null)]
    [TestCase("SELECT symbol, COUNT(*) AS n FROM trades GROUP BY symbol «ALLOW LATENESS INTERVAL '1' SECOND»", "LAM3006", null)]
    public void Wrong_windows(string sql, string rule, string? suggestion)
    {
        Diagnostics.SqlDiagnostic error = Check.Error(sql);
        Assert.That(error.Rule.Id, Is.EqualTo(rule), error.ToString());
        Assert.That(error.Suggestion, Is.EqualTo(suggestion));
    }

    [TestCase("SELECT symbol, COUNT(*) AS n FROM trades «GROUP BY symbol»")]
    [TestCase("SELECT «DISTINCT» symbol FROM trades")]
    public void Groups_without_a_window_are_warned_of(string marked)
    {
        int start = marked.IndexOf('«', StringComparison.Ordinal);
        int end = marked.IndexOf('»', StringComparison.Ordinal) - 1;
        CompiledQuery compiled = SqlCompiler.CompileQuery(marked.Replace("«", "").Replace("»", ""), "q", TestCatalog.Create());
        Diagnostics.SqlDiagnostic warning = compiled.Diagnostics.Single();
        Assert.That((warning.Rule.Id, warning.Span.Start, warning.Span.End), Is.EqualTo(("LAM3011", start, end)));
        Assert.That(compiled.Plan, Is.Not.Null);
    }

    [TestCase("ts", 4, 0L)]
    [TestCase("ts - INTERVAL '5' SECOND", 4, 50_000_000L)]
    [TestCase("Ts - INTERVAL '1' SECOND * 2", 4, 20_000_000L)]
    [TestCase("ms - INTERVAL '5' SECOND", 5, 5000L)]
    [TestCase("ms - 250", 5, 250L)]
    public void Watermarks(string text, int column, long delay)
    {
        CompiledWatermark watermark = WatermarkCompiler.Compile(text, Columns);
        Assert.That(watermark.Diagnostics, Is.Empty);
        Assert.That(watermark.Declaration, Is.EqualTo(new Catalog.WatermarkDeclaration(column - 4, delay)));
    }

    [TestCase("«name»", "LAM3007")]
    [TestCase("«ts + INTERVAL '5' SECOND»", "LAM3007")]
    [TestCase("«tss» - INTERVAL '5' SECOND", "LAM2003")]
    [TestCase("«ms * 2»", "LAM3007")]
    [TestCase("ts - «'5'»", "LAM2017")]
    public void Wrong_watermarks(string marked, string rule)
    {
        (string text, int start, int length) = Check.Unmark(marked);
        CompiledWatermark watermark = WatermarkCompiler.Compile(text, Columns);
        Assert.That(watermark.Declaration, Is.Null);
        Diagnostics.SqlDiagnostic error = watermark.Diagnostics.Single();
        Assert.That((error.Rule.Id, error.Span.Start, error.Span.Length), Is.EqualTo((rule, start, length)), error.ToString());
    }

    private static readonly Catalog.RelationColumn[] Columns =
    [
        new("ts", "Ts", Types.SqlType.Timestamp, false), new("ms", "Ms", Types.SqlType.BigInt, false), new("name", "Name", Types.SqlType.Varchar, true),
    ];
}
