using Laminar.Testing;
using NUnit.Framework;

namespace Laminar.Generators.Tests.Queries;

/// <summary>Functions in C# in generated code: called as they stand, without allocation, from wherever they are. What they give is checked by the corpus.</summary>
public sealed class FunctionTests
{
    private const string Functions = """
        public static class Functions
        {
            [StreamFunction] public static double Net(double price, long amount) => price * amount;
            [StreamFunction] public static long? Half(long? value) => value / 2;
            [StreamFunction] internal static DateTime @Later(DateTime time) => time.AddSeconds(1);
            [StreamFunction("checked_text")] public static string? Text(string? text) => text;
        }

        [StreamAggregate]
        internal struct Weighted
        {
            public double Sum, Weights;
            public void Add(double value, double weight) { if (weight == 13) throw new DivideByZeroException(); Sum += value * weight; Weights += weight; }
            public void Merge(in Weighted other) { Sum += other.Sum; Weights += other.Weights; }
            public readonly double? Result() => Weights == 0 ? null : Sum / Weights;
        }

        """;

    private const string Library = """
        #nullable enable
        namespace Shared
        {
            public static class Prices
            {
                public static class Nested
                {
                    [Laminar.StreamFunction] public static double Net(double price) => price * 0.5;
                }

                [Laminar.StreamFunction] public static string? Label(string? name, long id) => name is null ? null : name + id;
                [Laminar.StreamFunction] internal static double Hidden(double price) => price;
            }
        }
        """;

    [Test]
    public void TheCallIsAPlainOne()
    {
        UserCompilation compiled = QueryRun.Project("SELECT net(price, amount) AS n, half(bonus) AS h, later(ts) AS t FROM bids", [], Functions).Compile();
        Assert.That(compiled.Problems, Is.Empty);
        string code = compiled.GeneratedFiles.Single(f => f.Key.StartsWith("Q.Query", StringComparison.Ordinal)).Value;
        Assert.That(code, Does.Contain("global::Functions.Net(price, amount)").And.Contain("global::Functions.Half(").And.Contain("Execution::RowTime.OfTicks(ts)"));
        Assert.That(code, Does.Not.Contain("Func<").And.Not.Contain("delegate"));
    }

    [TestCase("SELECT net(price, amount) AS n, half(bonus) AS h, later(ts) AS t, checked_text(note) AS x FROM bids WHERE half(amount) > 3")]
    [TestCase("SELECT half(auction) AS a, SUM(net(price, amount)) AS n, MAX(later(ts)) AS t FROM bids GROUP BY half(auction), TUMBLE(ts, INTERVAL '1' SECOND)")]
    [TestCase("SELECT auction, window_end, weighted(price, 2) AS w, weighted(DISTINCT price, price) AS d FROM bids GROUP BY auction, HOP(ts, INTERVAL '1' SECOND, INTERVAL '2' SECOND)")]
    public void CallsAllocateNothing(string sql)
    {
        using UserAssembly user = QueryRun.Compile(sql, ["Row(1, 1)"], Functions + AllocationTests.Measure);
        Assert.That(user.Call<long>("Steady", "Run"), Is.Zero);
    }

    [Test]
    public void PublicOnesOfAReferencedProject()
    {
        UserCompilation library = new UserProject(Library) { AssemblyName = "Shared" }.Compile();
        Assert.That(library.GeneratedFiles.Single().Value, Does.Contain("[assembly: global::Laminar.LaminarFunctions(typeof(global::Shared.Prices), typeof(global::Shared.Prices.Nested))]"));

        UserCompilation user = QueryRun.Project("SELECT net(price) AS n, label(name, auction) AS l FROM bids", []).AddReference(library).Compile();
        Assert.That(user.Problems, Is.Empty);
        Assert.That(user.GeneratedFiles.Values, Has.Some.Contains("global::Shared.Prices.Nested.Net(price)").And.Some.Contains("global::Shared.Prices.Label("));

        UserCompilation hidden = QueryRun.Project("SELECT hidden(price) AS n FROM bids", []).AddReference(library).Compile();
        Assert.That(hidden.GeneratedFiles.Values, Has.None.Contains("Shared.Prices.Hidden"));
    }

    [Test]
    public void AProjectsOwnHidesOneOfAReference()
    {
        UserCompilation library = new UserProject(Library) { AssemblyName = "Shared" }.Compile();
        UserCompilation user = QueryRun.Project("SELECT net(price) AS n FROM bids", [], "public static class Own { [StreamFunction] public static double? Net(double? price) => price; }\n").AddReference(library).Compile();
        Assert.That(user.Problems, Is.Empty);
        Assert.That(user.GeneratedFiles.Values, Has.Some.Contains("global::Own.Net("));
    }

    [Test]
    public void AnErrorSaysWhichFunction()
    {
        const string Failing = """
            public static class Functions
            {
                [StreamFunction] public static long Seven(long value) => value == 7 ? throw new System.IO.IOException("seven") : value;
            }

            public static class Errors
            {
                public static string[] Run()
                {
                    var output = new List<string>();
                    using var query = Q.Create(row => output.Add(Rows.Text(row)));
                    query.OnError = error => { output.Add(error.InnerException!.Message); return true; };
                    query.Push(Test.Input());
                    query.Complete();
                    return output.ToArray();
                }
            }

            """;
        using UserAssembly user = QueryRun.Compile(
            "SELECT seven(auction) + amount AS a, seven(amount) AS b FROM bids", ["Row(1, 1, amount: 2)", "Row(1, 7)", "Row(1, 1, amount: 7)", "Row(1, long.MaxValue)", "Row(1, 3)"], Failing);
        Assert.That(user.Call<string[]>("Errors", "Run"), Is.EqualTo(new[]
        {
            "Row { A = 3, B = 2 }",
            "Function Seven failed: IOException: seven",
            "Function Seven failed: IOException: seven",
            "Arithmetic operation resulted in an overflow.",
            "Row { A = 4, B = 1 }",
        }));
    }

    [TestCase("SELECT auction, window_start, weighted(price, amount) AS w FROM bids GROUP BY auction, TUMBLE(ts, INTERVAL '10' SECOND)")]
    [TestCase("SELECT window_start, weighted(price, bonus) AS w, COUNT(*) AS n FROM bids GROUP BY HOP(ts, INTERVAL '4' SECOND, INTERVAL '10' SECOND)")]
    public void AnAggregateIsMergedFromTwoPhases(string sql)
    {
        string[] rows = [.. Enumerable.Range(0, 60).Select(i => $"Row({i}, {i % 5}, price: {i}, amount: {(i % 3) + 1}, bonus: {(i % 4 == 0 ? "null" : (i % 7).ToString())})")];
        using UserAssembly user = QueryRun.Compile(sql, rows, Functions + TwoPhaseTests.Graph);
        Assert.That(user.Call<string[]>("TwoPhase", "Run"), Is.EqualTo(user.Call<string[]>("TwoPhase", "Whole")));
    }

    [Test]
    public void WhatAddThrowsEndsTheQueryWhateverThePolicy()
    {
        const string Errors = """
            public static class Errors
            {
                public static string Run()
                {
                    using var query = Q.Create(_ => { });
                    query.OnError = _ => true;
                    try { query.Push(Test.Input()); } catch (StreamRowException e) { return e.Message; }
                    return "";
                }
            }

            """;
        using UserAssembly user = QueryRun.Compile(
            "SELECT auction, weighted(price, amount) AS w, SUM(100 / amount) AS s FROM bids GROUP BY auction, TUMBLE(ts, INTERVAL '10' SECOND)", ["Row(1, 1, amount: 0)", "Row(2, 1, amount: 13)"], Functions + Errors);
        Assert.That(user.Call<string>("Errors", "Run"), Does.Match("on the row .*Amount = 13.*: Add of an aggregate in C# has failed: DivideByZeroException"));
    }
}
