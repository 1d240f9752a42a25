using Laminar.Testing;
using Microsoft.CodeAnalysis;
using NUnit.Framework;

namespace Laminar.Generators.Tests;

/// <summary>A query or pipeline with a mistake still compiles together with the code that uses it: one mistake in SQL is no list of C# errors.</summary>
public sealed class StubTests
{
    private const string Calls = """

        public static class Calls
        {
            public readonly struct Print : ISink<Vwap.Row> { public void Emit(in Vwap.Row row) => Console.WriteLine(row.Symbol + row.Vwap); }

            public static async Task All(ILaminarRuntime runtime, Trade trade, Trade[] trades, Apache.Arrow.RecordBatch batch, System.Buffers.IBufferWriter<byte> buffer, IAppendSink<Vwap.Row> append, IChangelogSink<Vwap.Row> changes)
            {
                using var query = Vwap.Create(new Print());
                query.Push(trade);
                query.Push(new Trade("A", 1, 2, DateTime.UtcNow));
                query.Push(trades);
                query.Push((ReadOnlySpan<Trade>)trades);
                query.Push(trades.AsSpan());
                query.Push(batch);
                query.Push<Trade>(batch);
                query.AdvanceWatermark(DateTime.UtcNow);
                query.AdvanceWatermark(5L);
                query.AdvanceWatermark<Trade>(DateTime.UtcNow);
                query.Complete();
                query.Snapshot(buffer);
                ref Print sink = ref query.Sink;
                _ = query.Statistics.LateRows;
                using var other = Vwap.Create((Vwap.Row row) => { double d = row.Vwap; string s = row.Symbol; _ = row.Kind; });
                using var restored = Vwap.Restore(default, new Print());
                _ = Vwap.Info.Plan;
                QueryHandle<Vwap.Row> handle = Vwap.AddTo(runtime);
                handle.To(append).To(changes);
                await foreach (Vwap.Row row in handle.ReadAllAsync())
                {
                    Console.WriteLine(row.Symbol);
                }
            }
        }
        """;

    [TestCase("SELEC symbol FROM trades", TestName = "syntax error, no columns to read", Category = "no columns")]
    [TestCase("SELECT symbol, nonsense AS vwap FROM trades", TestName = "unknown column")]
    [TestCase("SELECT symbol, price AS vwap FROM nowhere", TestName = "unknown relation")]
    [TestCase("SELECT symbol, price vwap FROM vwap", TestName = "reads itself")]
    [TestCase("SELECT symbol, SUM(price) OVER (ORDER BY ts GROUPS 2 PRECEDING) AS vwap FROM trades", TestName = "not supported yet")]
    [TestCase("SELECT symbol, t.price * 2 AS vwap FROM trades AS t WHERE", TestName = "cut short")]
    public void AWrongQueryCompiles(string sql)
    {
        string calls = sql.StartsWith("SELEC ", StringComparison.Ordinal) ? "" : Calls;
        UserCompilation compiled = new UserProject(Code($"[StreamQuery(\"{sql}\")]\npublic sealed partial class Vwap;") + calls).Compile();

        Assert.That(compiled.Problems, Is.Empty);
        Assert.That(compiled.GeneratedFiles.Values, Has.Some.Contains("did not compile"));
    }

    [Test]
    public void AQueryOverAWrongQueryCompilesToo()
    {
        UserCompilation compiled = new UserProject(Code("""
            [StreamQuery("SELECT symbol, nonsense FROM trades")]
            public sealed partial class First;

            [StreamQuery("SELECT symbol, price AS vwap FROM first")]
            public sealed partial class Vwap;
            """) + Calls).Compile();

        Assert.That(compiled.Problems, Is.Empty);
    }

    [TestCase("[StreamQuery(File = \"missing.sql\")] public sealed partial class Vwap;", TestName = "missing file")]
    [TestCase("[StreamQuery] public sealed partial class Vwap;", TestName = "no text")]
    public void AQueryWithoutTextCompiles(string declaration)
    {
        UserCompilation compiled = new UserProject(Code(declaration + "\npublic static class Use { public static object Info => Vwap.Info; }")).Compile();

        Assert.That(compiled.Problems, Is.Empty);
    }

    [Test]
    public void AQueryThatDoesNotFitItsRowCompiles()
    {
        UserCompilation compiled = new UserProject(Code("""
            public partial record struct Mine(string Symbol, int Price);

            [StreamQuery<Mine>("SELECT symbol, price FROM trades")]
            public sealed partial class Vwap;

            public static class Use
            {
                public static void All(ILaminarRuntime runtime)
                {
                    using var query = Vwap.Create((Mine row) => Console.WriteLine(row.Price));
                    QueryHandle<Mine> handle = Vwap.AddTo(runtime);
                }
            }
            """)).Compile();

        Assert.That(compiled.Problems, Is.Empty);
        Assert.That(compiled.GeneratedFiles.Values, Has.Some.Contains("did not compile"));
    }

    [Test]
    public void AQueryThatIsSeenFurtherThanItsSourceIsAStub()
    {
        UserCompilation compiled = new UserProject("""
            using Laminar;

            [StreamSource("trades")]
            internal partial record struct Trade(string Symbol);

            [StreamQuery("SELECT symbol FROM trades")]
            public sealed partial class Symbols;
            """).Compile();

        Assert.That(compiled.Problems, Is.Empty);
        Assert.That(compiled.GeneratedFiles.Values, Has.Some.Contains("did not compile"));
    }

    [TestCase("CREATE SOURCE a (x BIGINT) WITH (connector = 'nothing');", TestName = "unknown connector")]
    [TestCase("CREATE SOURCE a (x BIGINT) WITH (connector = 'file', pth = 'x');", TestName = "unknown key")]
    [TestCase("CREATE SOURCE a (x BIGINT);", TestName = "no connector")]
    [TestCase("CREATE SOURC a", TestName = "syntax error in a script")]
    [TestCase("CREATE SOURCE a (x BIGINT) WITH (connector = 'file', path = 'x', format = 'xml');", TestName = "unknown enum value")]
    [TestCase("CREATE SOURCE cars (x BIGINT) WITH (connector = 'file', path = 'x', format = 'json');", TestName = "a source called like the class")]
    public void AWrongPipelineCompiles(string script)
    {
        UserCompilation compiled = new UserProject($$"""
            using System.Threading;
            using System.Threading.Tasks;
            using Laminar;

            [StreamPipeline("{{script}}")]
            public static partial class Cars;

            public static class Use
            {
                public static Task Run(CancellationToken ct) => Cars.RunAsync(new LaminarOptions { Cores = 2 }, ct);
            }
            """).Compile();

        Assert.That(compiled.Problems, Is.Empty);
        Assert.That(compiled.GeneratedFiles.Values, Has.Some.Contains("did not compile"));
    }

    [Test]
    public void ANotPartialQueryGetsNothing()
    {
        UserCompilation compiled = new UserProject(Code("[StreamQuery(\"SELECT symbol FROM trades\")] public sealed class Vwap { }")).Compile();

        Assert.That(compiled.Problems.Where(p => p.Severity == DiagnosticSeverity.Error), Is.Empty);
    }

    private static string Code(string declarations) => """
        using System;
        using System.Threading.Tasks;
        using Laminar;

        [StreamSource("trades", Watermark = "ts - INTERVAL '5' SECOND")]
        public readonly partial record struct Trade(string Symbol, double Price, long Volume, DateTime Ts);

        """ + declarations;
}
