namespace Laminar.Runtime.Tests.Support;

/// <summary>Count and sum of one key in one window: what the test queries put out.</summary>
public readonly record struct Tally(long Key, long WindowEnd, long Count, long Sum) : IStreamRow<Tally>, IAppendRow
{
    public static RowSchema Schema { get; } = new(
        "tally",
        new RowColumn("key", ColumnType.Int64, false),
        new RowColumn("window_end", ColumnType.Int64, false),
        new RowColumn("count", ColumnType.Int64, false),
        new RowColumn("sum", ColumnType.Int64, false));

    public static Tally Read<TReader>(ref TReader reader)
        where TReader : IRowReader, allows ref struct =>
        new(reader.GetInt64(0), reader.GetInt64(1), reader.GetInt64(2), reader.GetInt64(3));

    public static void Write<TWriter>(in Tally row, ref TWriter writer)
        where TWriter : IRowWriter, allows ref struct
    {
        writer.WriteInt64(0, row.Key);
        writer.WriteInt64(1, row.WindowEnd);
        writer.WriteInt64(2, row.Count);
        writer.WriteInt64(3, row.Sum);
    }

    /// <summary>The answer by LINQ: tumbling windows of <paramref name="size"/> ms.</summary>
    public static Tally[] Expect(IEnumerable<Event> rows, long size) =>
        [.. rows.GroupBy(r => (r.Key, End: ((r.Ts / size) + 1) * size))
            .Select(g => new Tally(g.Key.Key, g.Key.End, g.Count(), g.Sum(r => r.Value)))
            .Order(TallyOrder.Instance)];
}

/// <summary>Sorts tallies, so that multisets can be compared.</summary>
public sealed class TallyOrder : IComparer<Tally>
{
    public static TallyOrder Instance { get; } = new();

    public int Compare(Tally x, Tally y) =>
        (x.WindowEnd, x.Key, x.Count, x.Sum).CompareTo((y.WindowEnd, y.Key, y.Count, y.Sum));
}
