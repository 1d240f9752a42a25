namespace Laminar.Formats.Tests;

/// <summary>A small source with NOT NULL columns and one that may be NULL.</summary>
public readonly record struct Reading(long SensorId, string Place, double Value, DateTime Ts, string? Note) : ISourceRow<Reading>, IAppendRow
{
    public static RowSchema Schema { get; } = new(
        "readings",
        new RowColumn("sensor_id", ColumnType.Int64, false),
        new RowColumn("place", ColumnType.Text, false),
        new RowColumn("value", ColumnType.Float64, false),
        new RowColumn("ts", ColumnType.Timestamp, false),
        new RowColumn("note", ColumnType.Text, true));

    public static bool HasWatermark => true;

    public static EventTimeUnit EventTimeUnit => EventTimeUnit.Ticks;

    public static long WatermarkOf(in Reading row) => row.Ts.Ticks;

    public static Reading Read<TReader>(ref TReader reader)
        where TReader : IRowReader, allows ref struct =>
        new(reader.GetInt64(0), reader.GetText(1), reader.GetFloat64(2), reader.GetTimestamp(3), reader.IsNull(4) ? null : reader.GetText(4));

    public static void Write<TWriter>(in Reading row, ref TWriter writer)
        where TWriter : IRowWriter, allows ref struct
    {
        writer.WriteInt64(0, row.SensorId);
        writer.WriteText(1, row.Place);
        writer.WriteFloat64(2, row.Value);
        writer.WriteTimestamp(3, row.Ts);
        if (row.Note is null)
        {
            writer.WriteNull(4);
        }
        else
        {
            writer.WriteText(4, row.Note);
        }
    }
}
