using System.Text.Json;

namespace Laminar.Formats;

/// <summary>
/// Changes as Debezium writes them as JSON: <c>{"before": {...}, "after": {...}, "op": "u"}</c>, by itself or as the <c>payload</c> beside a <c>schema</c>. <c>c</c> and <c>r</c> (read by a
/// snapshot) insert <c>after</c>, <c>u</c> puts <c>after</c> in the place of <c>before</c>, <c>d</c> deletes <c>before</c>; a tombstone (<c>null</c>) and <c>m</c> (a message) are no rows. Values are as in
/// <see cref="JsonRowDecoder{TRow}"/>. Not thread-safe.
/// </summary>
/// <typeparam name="TRow">The row, which has its kind in the schema (<see cref="RowSchema.HasKind"/>).</typeparam>
public sealed class DebeziumRowDecoder<TRow> : IChangeDecoder<TRow>
    where TRow : IStreamRow<TRow>
{
    private readonly JsonRowDecoder<TRow> _rows = new();
    private int _at;

    /// <inheritdoc/>
    public int Decode(ReadOnlySpan<byte> record, Span<TRow> rows)
    {
        _at = 0;
        Event change = default;
        var reader = new Utf8JsonReader(record);
        if (!reader.Read() || (reader.TokenType != JsonTokenType.StartObject && reader.TokenType != JsonTokenType.Null))
        {
            throw new RowFormatException(-1, "an event of Debezium is a JSON object");
        }

        if (reader.TokenType == JsonTokenType.Null)
        {
            return 0;
        }

        Locate(ref reader, ref change, isPayload: false);

        // Anything behind the object is an error that the reader raises here.
        reader.Read();
        return change.IsTombstone ? 0 : Rows(record, in change, rows);
    }

    /// <inheritdoc/>
    public int OffsetOf(int column, ReadOnlySpan<byte> record) => _at + _rows.OffsetOf(column, record[_at..]);

    private int Rows(ReadOnlySpan<byte> record, in Event change, Span<TRow> rows)
    {
        switch (change.Operation)
        {
            case "c" or "r":
                rows[0] = Row(record, change.After, RowKind.Insert, "after", "an insert");
                return 1;
            case "u":
                rows[0] = Row(record, change.Before, RowKind.UpdateBefore, "before", "an update");
                rows[1] = Row(record, change.After, RowKind.UpdateAfter, "after", "an update");
                return 2;
            case "d":
                rows[0] = Row(record, change.Before, RowKind.Delete, "before", "a delete");
                return 1;
            case "m":
                return 0;
            case "t":
                throw new RowFormatException(-1, "TRUNCATE of a table doesn't tell which rows it deletes");
            case null:
                throw new RowFormatException(-1, "not an event of Debezium: the member 'op' is missing");
            default:
                throw new RowFormatException(-1, $"'{change.Operation}' is no operation of Debezium: c, r, u, d, m or t");
        }
    }

    private TRow Row(ReadOnlySpan<byte> record, Range range, RowKind kind, string member, string what)
    {
        (int start, int length) = range.GetOffsetAndLength(record.Length);
        if (length == 0)
        {
            throw new RowFormatException(-1, member == "before"
                ? $"{what} without 'before': let the database log whole rows (PostgreSQL: REPLICA IDENTITY FULL)"
                : $"{what} without 'after'");
        }

        _at = start;
        return _rows.Decode(record.Slice(start, length), RowKinds.NameOf(kind));
    }

    private static void Locate(ref Utf8JsonReader reader, ref Event change, bool isPayload)
    {
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            bool isBefore = reader.ValueTextEquals("before"u8);
            bool isAfter = !isBefore && reader.ValueTextEquals("after"u8);
            bool isOperation = reader.ValueTextEquals("op"u8);
            bool isInside = !isPayload && reader.ValueTextEquals("payload"u8);
            reader.Read();
            if (isInside && reader.TokenType == JsonTokenType.StartObject)
            {
                Locate(ref reader, ref change, isPayload: true);
            }
            else if (isInside && reader.TokenType == JsonTokenType.Null)
            {
                change.IsTombstone = true;
            }
            else if (isOperation && reader.TokenType == JsonTokenType.String)
            {
                change.Operation = reader.GetString();
            }
            else if ((isBefore || isAfter) && reader.TokenType == JsonTokenType.StartObject)
            {
                int start = (int)reader.TokenStartIndex;
                reader.Skip();
                Range range = start..(int)reader.BytesConsumed;
                (change.Before, change.After) = isBefore ? (range, change.After) : (change.Before, range);
            }
            else
            {
                reader.Skip();
            }
        }
    }

    /// <summary>What an event holds, as places in its record.</summary>
    private struct Event
    {
        public Range Before;
        public Range After;
        public string? Operation;
        public bool IsTombstone;
    }
}
