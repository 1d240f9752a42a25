using System.Runtime.Serialization;
using Laminar.Formats;
using NUnit.Framework;

namespace Laminar.EndToEnd.Tests;

public enum Side : byte
{
    Buy = 1,
    Sell,

    /// <summary>Another name for the same.</summary>
    Ask = Sell,

    [EnumMember(Value = "short sale")]
    Short,
}

[StreamSource("quotes")]
public readonly partial record struct Quote(string Symbol, Side Side, Side? Before, long Volume);

[StreamQuery("SELECT symbol, side, COUNT(*) AS n, MAX(before) AS latest FROM quotes WHERE side <> 'Buy' OR before = 'short sale' GROUP BY symbol, side")]
public sealed partial class Sides;

public sealed partial class SideTotal
{
    public RowKind Kind { get; init; }

    public Side Side { get; init; }

    public Side? Before { get; set; }

    public long Volume { get; init; }
}

[StreamQuery<SideTotal>("SELECT side, before, SUM(volume) AS volume FROM quotes GROUP BY side, before")]
public sealed partial class SideTotals;

[StreamQuery("SELECT side, volume FROM side_totals WHERE before IS NOT NULL")]
public sealed partial class Followed;

/// <summary>Enums of C# are text in SQL.</summary>
public sealed class EnumTests
{
    private static readonly Quote[] Quotes =
    [
        new("A", Side.Buy, null, 1), new("A", Side.Sell, Side.Buy, 2), new("A", Side.Short, Side.Ask, 3), new("B", Side.Buy, Side.Short, 4), new("A", Side.Sell, Side.Short, 5), new("B", (Side)9, null, 6),
    ];

    [TestCase(false)]
    [TestCase(true)]
    public void Compared_and_grouped_by_name(bool columns)
    {
        var rows = new List<string>();
        using Sides.Query<Execution.ActionSink<Sides.Row>> query = Sides.Create(r => rows.Add($"{r.Kind} {r.Symbol} {r.Side} {r.N} {r.Latest}"));
        if (columns)
        {
            var batch = new ArrowBatchBuilder<Quote>();
            Array.ForEach(Quotes, q => batch.Add(in q));
            query.Push(batch.Build());
        }
        else
        {
            query.Push(Quotes);
        }

        query.Complete();
        Assert.That(rows, Is.EqualTo(new[]
        {
            "Insert A Sell 1 Buy", "Insert A short sale 1 Sell", "Insert B Buy 1 short sale", "UpdateBefore A Sell 1 Buy", "UpdateAfter A Sell 2 short sale", "Insert B 9 1 ",
        }).AsCollection);
    }

    [Test]
    public void Of_mapped_rows_and_of_what_reads_them()
    {
        var totals = new List<string>();
        using SideTotals.Query<Execution.ActionSink<SideTotal>> query = SideTotals.Create(r => totals.Add($"{r.Kind} {r.Side} {r.Before} {r.Volume}"));
        query.Push(Quotes.AsSpan(0, 2));
        var followed = new List<string>();
        using Followed.Query<Execution.ActionSink<Followed.Row>> above = Followed.Create(r => followed.Add($"{r.Kind} {r.Side} {r.Volume}"));
        above.Push(Quotes);
        Assert.That(totals, Is.EqualTo(new[] { "Insert Buy  1", "Insert Sell Buy 2" }).AsCollection);
        Assert.That(followed, Is.EqualTo(new[] { "Insert Sell 2", "Insert short sale 3", "Insert Buy 4", "Insert Sell 5" }).AsCollection);
    }

    [Test]
    public void In_files_by_name()
    {
        var decoder = new JsonRowDecoder<Quote>();
        Assert.That(decoder.Decode("""{"symbol":"A","side":"Ask","before":"short sale","volume":1}"""u8), Is.EqualTo(new Quote("A", Side.Sell, Side.Short, 1)));
        Assert.That(decoder.Decode("""{"symbol":"A","side":"sell","volume":1}"""u8), Is.EqualTo(new Quote("A", Side.Sell, null, 1)));
        var error = Assert.Throws<RowFormatException>(() => decoder.Decode("""{"symbol":"A","side":"Hold","volume":1}"""u8))!;
        Assert.That((error.Column, error.Message), Is.EqualTo((1, "'Hold' is none of Buy, Sell, Ask, short sale")));
        Assert.That(Quotes[1].ToString(), Is.EqualTo("Quote { Symbol = A, Side = Sell, Before = Buy, Volume = 2 }"));
    }
}
