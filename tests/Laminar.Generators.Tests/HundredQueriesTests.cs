using System.Text;
using Laminar.Testing;
using Microsoft.CodeAnalysis;
using NUnit.Framework;

namespace Laminar.Generators.Tests;

/// <summary>A build with 100 queries: all of them are generated. What it costs is printed and not judged, since a loaded machine proves nothing.</summary>
public sealed class HundredQueriesTests
{
    [Test]
    public void AHundredQueriesAreGenerated()
    {
        var code = new StringBuilder("""
            using System;
            using Laminar;

            [StreamSource("trades", Watermark = "ts - INTERVAL '5' SECOND")]
            public readonly partial record struct Trade(string Symbol, double Price, long Volume, DateTime Ts);

            """);
        for (int i = 0; i < 100; i++)
        {
            string sql = (i % 4) switch
            {
                0 => $"SELECT symbol, window_start, SUM(price * volume) / SUM(volume) AS vwap, COUNT(*) AS n FROM trades WHERE volume > {i} GROUP BY symbol, TUMBLE(ts, INTERVAL '1' MINUTE)",
                1 => $"SELECT symbol, MAX(price) AS high, MIN(price) AS low, COUNT(DISTINCT volume) AS sizes FROM trades GROUP BY symbol, HOP(ts, INTERVAL '{i + 1}' SECOND, INTERVAL '10' MINUTE)",
                2 => $"SELECT UPPER(symbol) AS symbol, CASE WHEN price > {i} THEN 'dear' ELSE 'cheap' END AS class, price * 1.5e0 AS dearer, ts FROM trades WHERE price > {i}",
                _ => $"SELECT symbol, COUNT(*) AS n, AVG(price) AS mean FROM trades GROUP BY symbol, TUMBLE(ts, INTERVAL '{i}' MINUTE) EMIT CHANGES",
            };
            code.Append($"[StreamQuery(\"{sql}\")]\npublic sealed partial class Query{i};\n");
        }

        // The first round also compiles our own code and the compiler's, the later ones are what a build server does. Processor time, because the machine may
        // be doing other things.
        bool isCompiled = true;
        UserCompilation compiled = Round("first");
        for (int i = 0; i < 2; i++)
        {
            compiled = Round("again");
        }

        UserCompilation Round(string name)
        {
            TimeSpan start = Environment.CpuUsage.TotalTime;
            UserCompilation generatedNow = new UserProject(code.ToString()).Compile();
            int lines = generatedNow.GeneratedFiles.Values.Sum(f => f.Count(c => c == '\n'));
            TimeSpan generated = Environment.CpuUsage.TotalTime;
            using var image = new MemoryStream();
            isCompiled &= generatedNow.Output.Emit(image).Success;
            TimeSpan emitted = Environment.CpuUsage.TotalTime;
            TestContext.Out.WriteLine(
                $"100 queries, {name}: {(generated - start).TotalMilliseconds:0} ms of processor for generating {lines:N0} lines, {(emitted - generated).TotalMilliseconds:0} ms for compiling them to {image.Length:N0} bytes");
            return generatedNow;
        }

        Assert.That(isCompiled, Is.True);
        Assert.That(compiled.GeneratedFiles.Values, Has.None.Contains("did not compile"));
        Assert.That(compiled.GeneratedFiles.Keys.Count(k => k.Contains(".Query.", StringComparison.Ordinal)), Is.EqualTo(100));
        Assert.That(compiled.Result.GeneratedSources, Has.Length.GreaterThanOrEqualTo(102));
    }
}
