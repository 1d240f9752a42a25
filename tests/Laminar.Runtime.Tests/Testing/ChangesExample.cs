using Laminar.Testing;
using NUnit.Framework;

namespace Laminar.Runtime.Tests.Testing;

[StreamSource("stock", Watermark = "at - INTERVAL '5' SECOND")]
public readonly partial record struct StockChange(RowKind Kind, string Shelf, long Pieces, DateTime At);

[StreamQuery("SELECT shelf, COUNT(*) AS lots, SUM(pieces) AS pieces FROM stock WHERE pieces > 1 GROUP BY shelf")]
public sealed partial class Shelves;

/// <summary>A source of changes under test as users test theirs.</summary>
public class ChangesExample
{
    private static readonly DateTime Nine = new(2024, 1, 2, 9, 0, 0, DateTimeKind.Utc);

    [Test]
    public void Changes_of_a_source_match_the_batch()
    {
        using var shelves = StreamTest.Of<StockChange, Shelves.Row>(Shelves.Create, Shelves.Restore);
        shelves.Push(
            new StockChange(RowKind.Insert, "A", 5, Nine), new StockChange(RowKind.Insert, "A", 3, Nine.AddSeconds(1)), new StockChange(RowKind.UpdateBefore, "A", 5, Nine));
        shelves.Restart();
        shelves.Push(new StockChange(RowKind.UpdateAfter, "B", 2, Nine.AddSeconds(3)), new StockChange(RowKind.UpdateBefore, "A", 3, Nine.AddSeconds(1)), new StockChange(RowKind.UpdateAfter, "A", 1, Nine.AddSeconds(4)));
        shelves.Complete();
        shelves.AssertRows(
            new Shelves.Row(RowKind.Insert, "A", 1, 5),
            new Shelves.Row(RowKind.UpdateBefore, "A", 1, 5),
            new Shelves.Row(RowKind.UpdateAfter, "A", 2, 8),
            new Shelves.Row(RowKind.UpdateBefore, "A", 2, 8),
            new Shelves.Row(RowKind.UpdateAfter, "A", 1, 3),
            new Shelves.Row(RowKind.Insert, "B", 1, 2),
            new Shelves.Row(RowKind.Delete, "A", 1, 3));
        shelves.AssertMatchesBatch();
    }
}
