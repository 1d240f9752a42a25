using System.Diagnostics;
using Laminar.Sql.Diagnostics;
using Laminar.Sql.Plan;
using Laminar.Sql.Tests.Syntax;
using NUnit.Framework;

namespace Laminar.Sql.Tests.Binding;

/// <summary>Spoilt statements through parser, binder, planner, printers. Half start from statements that bind, so that they come far.</summary>
public sealed class CompilerMutationTests
{
    private const int Seed = 20261122;

    private static readonly string[] Bindable =
    [
        "SELECT symbol, window_start, SUM(price * volume) / SUM(volume) AS vwap, COUNT(*) n FROM trades WHERE price > 0.5 GROUP BY symbol, TUMBLE(ts, INTERVAL '1' MINUTE) HAVING COUNT(*) > 1",
        "SELECT symbol, HOP_END(ts, INTERVAL '5' SECOND, INTERVAL '10' SECOND), MAX(fee), COUNT(DISTINCT side) FILTER (WHERE note LIKE 'a%') FROM trades GROUP BY 1, HOP(ts, INTERVAL '5' SECOND, INTERVAL '10' SECOND) EMIT CHANGES",
        "SELECT window_start, MAX(price), MIN(note) FROM TABLE(HOP(TABLE trades, DESCRIPTOR(ts), INTERVAL '5' SECOND, INTERVAL '12' SECOND)) WHERE window_start > '2020-01-01' GROUP BY window_start, window_end",
        "SELECT *, ts + INTERVAL '1' DAY AS x, CAST(price AS INT), TRY_CAST(note AS DECIMAL(10, 2)) FROM TUMBLE(TABLE trades, DESCRIPTOR(ts), INTERVAL '5' SECOND) w WHERE w.window_end < TIMESTAMP '2021-01-01'",
        "SELECT CASE side WHEN 1 THEN 'a' ELSE note END, COALESCE(note, 'x') || UPPER(symbol), side IN (1, 2, NULL), ROUND(price, 2), EXTRACT(HOUR FROM ts), GREATEST(volume, side, 3) FROM trades",
        "SELECT i8 + u8, -i16, f32 % 2, de * de, da - 3, ts - tz, iv * 2, ti + iv, bl || bl, n_bo IS NOT TRUE, u64 & 7, i32 << 2 FROM types WHERE bo OR i64 BETWEEN 1 AND 5 AND NOT (tx = 'q')",
        "SELECT DATE_TRUNC('month', ts), SUBSTRING(note, 2, 3), SPLIT_PART(symbol, ',', 1), CONCAT_WS('-', symbol, note, volume), NULLIF(side, 0), IF(side > 1, 1, 2.5), LPAD(symbol, 5, '*') FROM trades",
        "SELECT user_id, TUMBLE_START(at, INTERVAL '1' SECOND) s, AVG(user_id) FROM clicks GROUP BY user_id, TUMBLE(at, INTERVAL '1' SECOND)",
        "SELECT symbol, SUM(n) FROM minutes GROUP BY symbol, TUMBLE(window_time, INTERVAL '1' HOUR)",
    ];

    [Test]
    public void A_hundred_thousand_spoilt_statements_never_break_the_compiler()
    {
        var near = new StatementMutator(Seed, Bindable);
        var far = new StatementMutator(Seed + 1, StatementCorpus.Statements);
        Catalog.DictionaryCatalog catalog = TestCatalog.Create();
        Stopwatch watch = Stopwatch.StartNew();
        int plans = 0;
        for (int i = 0; i < 100_000; i++)
        {
            string sql = i % 4 == 3 ? far.Next() : near.Next();
            try
            {
                CompiledQuery compiled = SqlCompiler.CompileQuery(sql, "q", catalog);
                Sound(compiled.Diagnostics, sql);
                Assert.That(compiled.Plan is null, Is.EqualTo(compiled.Diagnostics.Any(d => d.IsError)));
                if (compiled.Plan is { } plan)
                {
                    plans++;
                    Assert.That(PlanPrinter.Print(plan).Length + PlanGraph.Mermaid(plan).Length + StateFingerprint.Of(plan).Length, Is.Positive);
                }

                if (i % 4 == 3)
                {
                    Sound(SqlCompiler.CompileScript(sql, catalog, "global::N.P").Diagnostics, sql);
                }
            }
            catch (Exception e)
            {
                throw new AssertionException($"seed {Seed}, statement {i}: {sql}\n{e}", e);
            }
        }

        TestContext.Out.WriteLine($"seed {Seed}: {plans} of 100000 statements gave a plan, {watch.ElapsedMilliseconds} ms");
        Assert.That(plans, Is.GreaterThan(1000));
    }

    [Test]
    public void Spoilt_watermarks_never_break_the_compiler()
    {
        var mutator = new StatementMutator(
            Seed, ["ts - INTERVAL '5' SECOND", "ms - 250", "ts", "(ts) - INTERVAL '1' HOUR * 2 + INTERVAL '3' SECOND", "ms + INTERVAL '-1' DAY", "CAST(tz AS TIMESTAMP) - INTERVAL '1:30' MINUTE TO SECOND"]);
        Catalog.RelationColumn[] columns =
        [
            new("ts", "Ts", Types.SqlType.Timestamp, false), new("ms", "Ms", Types.SqlType.BigInt, true), new("tz", "Tz", Types.SqlType.TimestampTz, true),
        ];
        int declared = 0;
        for (int i = 0; i < 20_000; i++)
        {
            string text = mutator.Next();
            try
            {
                CompiledWatermark compiled = WatermarkCompiler.Compile(text, i % 10 == 0 ? [] : columns);
                Sound(compiled.Diagnostics, text);
                Assert.That(compiled.Declaration is null, Is.EqualTo(compiled.Diagnostics.Any(d => d.IsError)));
                Assert.That(compiled.Declaration is null or { Delay: >= 0 });
                declared += compiled.Declaration is null ? 0 : 1;
            }
            catch (Exception e)
            {
                throw new AssertionException($"seed {Seed}, watermark {i}: {text}\n{e}", e);
            }
        }

        TestContext.Out.WriteLine($"seed {Seed}: {declared} of 20000 watermarks were declarations");
        Assert.That(declared, Is.GreaterThan(500));
    }

    private static void Sound(IReadOnlyList<SqlDiagnostic> diagnostics, string sql)
    {
        foreach (SqlDiagnostic diagnostic in diagnostics)
        {
            if (diagnostic.Rule.Id == "LAM9001" || diagnostic.Span.Start < 0 || diagnostic.Span.End > sql.Length || diagnostic.Message.Length == 0)
            {
                throw new InvalidOperationException(diagnostic.ToString());
            }
        }
    }
}
