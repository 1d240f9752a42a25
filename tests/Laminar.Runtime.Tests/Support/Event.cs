namespace Laminar.Runtime.Tests.Support;

/// <summary>A source row written by hand: BIGINT event time in ms, the watermark 10 ms behind.</summary>
public readonly record struct Event(long Key, long Value, long Ts, string Text) : ISourceRow<Event>, IAppendRow
{
    public const long Delay = 10;

    public static RowSchema Schema { get; } = new(
        "events",
        new RowColumn("key", ColumnType.Int64, false),
        new RowColumn("value", ColumnType.Int64, false),
        new RowColumn("ts", ColumnType.Int64, false),
        new RowColumn("text", ColumnType.Text, false));

    public static bool HasWatermark => true;

    public static EventTimeUnit EventTimeUnit => EventTimeUnit.Milliseconds;

    public static long WatermarkOf(in Event row) => row.Ts - Delay;

    public static Event Read<TReader>(ref TReader reader)
        where TReader : IRowReader, allows ref struct =>
        new(reader.GetInt64(0), reader.GetInt64(1), reader.GetInt64(2), reader.GetText(3));

    public static void Write<TWriter>(in Event row, ref TWriter writer)
        where TWriter : IRowWriter, allows ref struct
    {
        writer.WriteInt64(0, row.Key);
        writer.WriteInt64(1, row.Value);
        writer.WriteInt64(2, row.Ts);
        writer.WriteText(3, row.Text);
    }

    /// <summary>Sorted by everything, so that multisets can be compared.</summary>
    public static Event[] Sorted(IEnumerable<Event> rows) =>
        [.. rows.OrderBy(r => r.Ts).ThenBy(r => r.Key).ThenBy(r => r.Value).ThenBy(r => r.Text, StringComparer.Ordinal)];

    /// <summary>Rows in rising event time with jitter below the watermark's delay, so that none is late.</summary>
    public static Event[] Make(int seed, int count, int keys = 50)
    {
        var random = new Random(seed);
        var rows = new Event[count];
        for (int i = 0; i < count; i++)
        {
            rows[i] = new Event(random.Next(keys), random.Next(1000), 1_000_000 + (i / 4) - random.Next((int)Delay), "t" + random.Next(keys));
        }

        return rows;
    }
}
