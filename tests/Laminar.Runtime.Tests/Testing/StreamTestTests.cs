using Laminar.Runtime.Tests.Generated;
using Laminar.Testing;
using NUnit.Framework;

namespace Laminar.Runtime.Tests.Testing;

/// <summary>Laminar.Testing over the queries of these tests: it agrees where they are right, and says what differs where something isn't.</summary>
public class StreamTestTests
{
    private static readonly Trade[] Rows = Trade.Make(7, 40);

    [Test]
    public void Windows_of_one_query()
    {
        using var bars = StreamTest.Of<Trade, Bars.Row>(Bars.Create, Bars.Restore);
        bars.Push(Rows).Complete().AssertMatchesBatch();
        Assert.That(bars.Rows, Has.Count.GreaterThan(10));
        Assert.That(bars.Take(), Has.Count.EqualTo(bars.Rows.Count));
        Assert.That(bars.Take(), Is.Empty);
        Assert.That(bars.Statistics.RowsIn, Is.EqualTo(40));
    }

    [Test]
    public void Overlapping_windows_with_progress_between_rows()
    {
        using var hundreds = StreamTest.Of<Trade, Hundreds.Row>(Hundreds.Create, Hundreds.Restore);
        hundreds.Push(Rows[..20]).AdvanceWatermark(Rows[20].Ts.AddSeconds(2)).Push(Rows[20..]).Restart().Complete().AssertMatchesBatch();
    }

    [Test]
    public void A_query_over_a_query()
    {
        using var counts = StreamTest.Of<Trade, TurnoverCounts.Row>(TurnoverCounts.Create, TurnoverCounts.Restore);
        counts.Push(Rows).Complete().AssertMatchesBatch(Turnovers.Info);
        Assert.That(() => counts.AssertMatchesBatch(), Throws.TypeOf<StreamTestException>().With.Message.Contains("Info of every query"));
    }

    [Test]
    public void Changes_and_what_they_leave()
    {
        using var totals = StreamTest.Of<Trade, Totals.Row>(Totals.Create, Totals.Restore);
        totals.Push(Rows).Complete().AssertMatchesBatch();
        Assert.That(totals.Final, Has.Count.EqualTo(Rows.Select(r => r.Symbol).Distinct().Count()));
        using var latest = StreamTest.Of<Trade, Latest.Row>(Latest.Create, Latest.Restore);
        latest.Push(Rows).Complete().AssertMatchesBatch();
        Assert.That(latest.FinalBy(r => (r.Symbol, r.WindowStart)), Has.Count.EqualTo(Rows.Select(r => (r.Symbol, r.Ts.Ticks / (30 * TimeSpan.TicksPerSecond))).Distinct().Count()));
    }

    [Test]
    public void What_the_wall_clock_brings()
    {
        DateTime at = new(2024, 1, 1, 0, 0, 0, DateTimeKind.Utc);
        using var dashboard = StreamTest.Of<Trade, Dashboard.Row>(Dashboard.Create, Dashboard.Restore);
        dashboard.AdvanceProcessingTime(at).Push(Rows).Restart().AdvanceProcessingTime(at.AddSeconds(1)).Push(Rows[..3]).Complete().AssertMatchesBatch();
        Assert.That(dashboard.Rows, Has.Count.EqualTo(Rows.Select(r => r.Symbol).Distinct().Count() + Rows[..3].Select(r => r.Symbol).Distinct().Count()));
    }

    [Test]
    public void A_difference_is_said_row_by_row()
    {
        using var turnovers = StreamTest.Of<Trade, Turnovers.Row>(Turnovers.Create, Turnovers.Restore);
        DateTime at = new(2024, 1, 1, 0, 0, 0, DateTimeKind.Utc);
        turnovers.Push(new Trade("A", 2, 2, at), new Trade("B", 3, 2, at));
        var a = new Turnovers.Row("A", 4, at);
        var b = new Turnovers.Row("B", 6, at);
        turnovers.AssertRows(a, b).AssertFinal(b, a);
        Assert.That(
            () => turnovers.AssertRows(a, b with { Turnover = 7 }),
            Throws.TypeOf<StreamTestException>().With.Message.EqualTo(
                "The rows, in order: 2 row(s) expected, 2 came.\nmissing:\n  - symbol = 'B', turnover = 7, ts = 2024-01-01 00:00:00\ntoo much:\n  + symbol = 'B', turnover = 6, ts = 2024-01-01 00:00:00"));
        Assert.That(() => turnovers.AssertRows(b, a), Throws.TypeOf<StreamTestException>().With.Message.Contains("in another order, from row 0"));
        Assert.That(() => turnovers.AssertFinal(a), Throws.TypeOf<StreamTestException>().With.Message.Contains("too much"));
    }

    [Test]
    public void The_readme_shows_the_worked_example()
    {
        string root = TestContext.CurrentContext.TestDirectory;
        while (!File.Exists(Path.Combine(root, "Laminar.Generators.sln")))
        {
            root = Path.GetDirectoryName(root)!;
        }

        string[] example = File.ReadAllLines(Path.Combine(root, "tests", "Laminar.Runtime.Tests", "Testing", "WorkedExample.cs"));
        string readme = File.ReadAllText(Path.Combine(root, "src", "Laminar.Testing", "README.md"));
        Assert.That(example.SkipWhile(l => !l.StartsWith("public class", StringComparison.Ordinal)).Where(l => !readme.Contains(l.Trim(), StringComparison.Ordinal)), Is.Empty);
    }
}
