using Laminar;
using NUnit.Framework;

namespace Laminar.EndToEnd.Tests;

[StreamQuery("SELECT symbol, CURRENT_TIMESTAMP AS seen, CURRENT_WATERMARK() AS mark, ts FROM ticks WHERE volume > 0")]
public sealed partial class Seen;

[StreamQuery("SELECT symbol, seen, CURRENT_TIMESTAMP - seen AS lag, EXTRACT(HOUR FROM ts AT TIME ZONE 'UTC' AT TIME ZONE 'Asia/Tokyo') AS hour FROM seen WHERE symbol ~ '^[A-C]$'")]
public sealed partial class SeenAgain;

/// <summary>The clock that CURRENT_TIMESTAMP reads is the one that was given: of a query by itself, of all it is fused of, and of a runtime.</summary>
public sealed class ClockTests
{
    private static readonly DateTimeOffset Now = new(2031, 2, 3, 4, 5, 6, TimeSpan.Zero);
    private static readonly DateTime T = new(2026, 1, 1, 20, 0, 0, DateTimeKind.Utc);
    private static readonly Tick[] Ticks = [new("A", 1, 1, 1, T), new("B", 1, 1, 0, T.AddSeconds(20)), new("C", 1, 1, 2, T.AddSeconds(1)), new("D", 1, 1, 3, T.AddSeconds(2))];

    [Test]
    public void By_itself()
    {
        var rows = new List<Seen.Row>();
        using var seen = Seen.Create(rows.Add);
        seen.Clock = new Stopped();
        seen.Push(Ticks);
        Assert.That(rows, Is.EqualTo(new[]
        {
            new Seen.Row("A", Now, null, T), new Seen.Row("C", Now, T.AddSeconds(17), T.AddSeconds(1)), new Seen.Row("D", Now, T.AddSeconds(17), T.AddSeconds(2)),
        }));

        var again = new List<SeenAgain.Row>();
        using var both = SeenAgain.Create(again.Add);
        both.Clock = new Stopped();
        both.Push(Ticks);
        Assert.That(again, Is.EqualTo(new[] { new SeenAgain.Row("A", Now, TimeSpan.Zero, 5), new SeenAgain.Row("C", Now, TimeSpan.Zero, 5) }));
    }

    [Test]
    public async Task In_a_runtime()
    {
        await using var laminar = LaminarRuntime.Create(new LaminarOptions { Cores = 1, TimeProvider = new Stopped() });
        SourceHandle<Tick> source = laminar.AddSource<Tick>();
        QueryHandle<Seen.Row> seen = Seen.AddTo(laminar);
        await laminar.StartAsync();
        await source.PushAsync(Ticks);
        source.Complete();
        var rows = new List<Seen.Row>();
        await foreach (Seen.Row row in seen.ReadAllAsync())
        {
            rows.Add(row);
        }

        Assert.That(rows.Select(r => (r.Symbol, r.Seen, r.Mark)), Is.EqualTo(new (string, DateTimeOffset, DateTime?)[] { ("A", Now, null), ("C", Now, T.AddSeconds(17)), ("D", Now, T.AddSeconds(17)) }));
    }

    private sealed class Stopped : TimeProvider
    {
        public override DateTimeOffset GetUtcNow() => Now;
    }
}
