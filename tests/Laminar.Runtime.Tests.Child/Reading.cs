using Laminar.Execution;
using Laminar.Runtime.Tests.Support;

namespace Laminar.Runtime.Tests.Child;

/// <summary>The row of the second source, which comes from a file and can be read again.</summary>
public readonly record struct Reading(long Key, long Value, long Ts) : ISourceRow<Reading>
{
    public static RowSchema Schema { get; } = new(
        "readings",
        new RowColumn("key", ColumnType.Int64, false),
        new RowColumn("value", ColumnType.Int64, false),
        new RowColumn("ts", ColumnType.Int64, false));

    public static bool HasWatermark => true;

    public static EventTimeUnit EventTimeUnit => EventTimeUnit.Milliseconds;

    public static long WatermarkOf(in Reading row) => row.Ts - Event.Delay;

    public static Reading Read<TReader>(ref TReader reader)
        where TReader : IRowReader, allows ref struct => new(reader.GetInt64(0), reader.GetInt64(1), reader.GetInt64(2));

    public static void Write<TWriter>(in Reading row, ref TWriter writer)
        where TWriter : IRowWriter, allows ref struct
    {
        writer.WriteInt64(0, row.Key);
        writer.WriteInt64(1, row.Value);
        writer.WriteInt64(2, row.Ts);
    }
}

/// <summary>Readings as events, so that the same aggregate takes them.</summary>
public sealed class ReadingToEvent(RowCollector<Event> output) : TestOperator<Reading, Event>(output)
{
    protected override void Take(in Reading row)
    {
        RowsOut++;
        Output.Add(new Event(row.Key, row.Value, row.Ts, ""), Now);
    }

    protected override long WatermarkOf(in Reading row) => Reading.WatermarkOf(in row);

    protected override void Moved() => Output.Advance(Now);
}
