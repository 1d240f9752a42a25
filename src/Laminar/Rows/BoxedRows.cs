using System.ComponentModel;
using Laminar.Functions;

namespace Laminar;

/// <summary>Columns read and written as objects in the form in which expressions hold them: dates as days, times and timestamps as ticks.</summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public static class BoxedRows
{
    /// <summary>One value; null for NULL.</summary>
    /// <param name="reader">Stands at a row.</param>
    /// <param name="ordinal">The column.</param>
    /// <param name="column">Its type.</param>
    /// <exception cref="RowFormatException">NULL where that can't be, or not of the type.</exception>
    public static object? Get<TReader>(ref TReader reader, int ordinal, RowColumn column)
        where TReader : IRowReader, allows ref struct
    {
        if (reader.IsNull(ordinal))
        {
            return column.Nullable ? null : throw new RowFormatException(ordinal, "NULL where it is NOT NULL");
        }

        return column.Type switch
        {
            ColumnType.Boolean => reader.GetBoolean(ordinal),
            ColumnType.Int8 => reader.GetInt8(ordinal),
            ColumnType.Int16 => reader.GetInt16(ordinal),
            ColumnType.Int32 => reader.GetInt32(ordinal),
            ColumnType.Int64 => reader.GetInt64(ordinal),
            ColumnType.UInt8 => reader.GetUInt8(ordinal),
            ColumnType.UInt16 => reader.GetUInt16(ordinal),
            ColumnType.UInt32 => reader.GetUInt32(ordinal),
            ColumnType.UInt64 => reader.GetUInt64(ordinal),
            ColumnType.Float32 => reader.GetFloat32(ordinal),
            ColumnType.Float64 => reader.GetFloat64(ordinal),
            ColumnType.Decimal => reader.GetDecimal(ordinal),
            ColumnType.Text => reader.GetText(ordinal),
            ColumnType.Bytes => reader.GetBytes(ordinal),
            ColumnType.Uuid => reader.GetUuid(ordinal),
            ColumnType.Date => reader.GetDate(ordinal).DayNumber,
            ColumnType.Time => reader.GetTime(ordinal).Ticks,
            ColumnType.Timestamp => reader.GetTimestamp(ordinal).Ticks,
            ColumnType.TimestampTz => reader.GetTimestampTz(ordinal).UtcTicks,
            ColumnType.Interval => reader.GetInterval(ordinal).Ticks,
            ColumnType.Json => reader.GetJson(ordinal),
            _ => reader.GetNested(ordinal),
        };
    }

    /// <summary>Writes one value; null is NULL.</summary>
    public static void Put<TWriter>(ref TWriter writer, int ordinal, RowColumn column, object? value)
        where TWriter : IRowWriter, allows ref struct
    {
        switch (value)
        {
            case null when column.Nullable:
                writer.WriteNull(ordinal);
                break;
            case null:
                throw RowFormatException.NullIn(ordinal, column.Name);
            case bool truth:
                writer.WriteBoolean(ordinal, truth);
                break;
            case sbyte number:
                writer.WriteInt8(ordinal, number);
                break;
            case short number:
                writer.WriteInt16(ordinal, number);
                break;
            case int number when column.Type == ColumnType.Date:
                writer.WriteDate(ordinal, DateOnly.FromDayNumber(number));
                break;
            case int number:
                writer.WriteInt32(ordinal, number);
                break;
            case long ticks when column.Type == ColumnType.Time:
                writer.WriteTime(ordinal, new TimeOnly(ticks));
                break;
            case long ticks when column.Type == ColumnType.Timestamp:
                writer.WriteTimestamp(ordinal, Execution.RowTime.FromTicks(ticks));
                break;
            case long ticks when column.Type == ColumnType.TimestampTz:
                writer.WriteTimestampTz(ordinal, new DateTimeOffset(Execution.RowTime.FromTicks(ticks)));
                break;
            case long ticks when column.Type == ColumnType.Interval:
                writer.WriteInterval(ordinal, new TimeSpan(ticks));
                break;
            case long number:
                writer.WriteInt64(ordinal, number);
                break;
            case byte number:
                writer.WriteUInt8(ordinal, number);
                break;
            case ushort number:
                writer.WriteUInt16(ordinal, number);
                break;
            case uint number:
                writer.WriteUInt32(ordinal, number);
                break;
            case ulong number:
                writer.WriteUInt64(ordinal, number);
                break;
            case float number:
                writer.WriteFloat32(ordinal, number);
                break;
            case double number:
                writer.WriteFloat64(ordinal, number);
                break;
            case decimal number:
                writer.WriteDecimal(ordinal, number);
                break;
            case string text when column.Type == ColumnType.Json:
                writer.WriteJson(ordinal, text);
                break;
            case string text:
                writer.WriteText(ordinal, text);
                break;
            case byte[] bytes:
                writer.WriteBytes(ordinal, bytes);
                break;
            case Guid uuid:
                writer.WriteUuid(ordinal, uuid);
                break;
            default:
                writer.WriteNested(ordinal, value);
                break;
        }
    }
}
