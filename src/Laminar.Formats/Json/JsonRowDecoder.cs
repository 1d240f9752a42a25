using System.Runtime.CompilerServices;
using System.Text;
using System.Text.Json;

namespace Laminar.Formats;

/// <summary>
/// Rows from JSON objects. One pass of <see cref="Utf8JsonReader"/> finds the columns (names as <see cref="ColumnNames"/> matches them, unknown
/// members ignored, of two members for one column the last counts, as in System.Text.Json), then the row type parses the values it found.
/// Where members come in the same order as in the object before, a name costs one comparison of bytes. Not thread-safe.
/// </summary>
/// <typeparam name="TRow">The row.</typeparam>
public sealed class JsonRowDecoder<TRow> : IRowDecoder<TRow>
    where TRow : IStreamRow<TRow>
{
    /// <summary>Members that are remembered by their place in the object; further ones are looked up each time.</summary>
    private const int MaxRemembered = 1024;

    private const int MaxRememberedBytes = 256;
    private const int NotAColumn = -1;

    private readonly RowSchema _schema = TRow.Schema;
    private readonly JsonSlot[] _slots = new JsonSlot[TRow.Schema.Columns.Count];
    private readonly TextCache?[] _texts = TextCache.PerColumn(TRow.Schema);
    private readonly Dictionary<string, int> _found = new(StringComparer.Ordinal);
    private Member[] _members = [.. TRow.Schema.Columns.Select((c, i) => new Member(Encoding.UTF8.GetBytes(c.Name), i))];
    private long _row;

    /// <inheritdoc/>
    public TRow Decode(ReadOnlySpan<byte> record) => Decode(record, null);

    /// <summary>Decodes one object whose kind something around it tells.</summary>
    internal TRow Decode(ReadOnlySpan<byte> record, string? kind)
    {
        _row++;
        Locate(record);
        var reader = new JsonRowReader(record, _slots, _row, _texts, _schema, kind);
        return TRow.Read(ref reader);
    }

    /// <inheritdoc/>
    public int OffsetOf(int column, ReadOnlySpan<byte> record) =>
        (uint)column < (uint)_slots.Length && _slots[column].Row == _row ? _slots[column].Start - (_slots[column].Kind == JsonTokenType.String ? 1 : 0) : 0;

    private void Locate(ReadOnlySpan<byte> record)
    {
        var reader = new Utf8JsonReader(record);
        if (!reader.Read() || reader.TokenType != JsonTokenType.StartObject)
        {
            throw new RowFormatException(-1, $"a row is a JSON object, not {Describe(reader.TokenType)}");
        }

        int member = 0;
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            int column = Match(ref reader, member++);
            reader.Read();
            if (column == NotAColumn)
            {
                reader.Skip();
                continue;
            }

            ref JsonSlot slot = ref _slots[column];
            slot.Row = _row;
            slot.Kind = reader.TokenType;
            slot.Escaped = false;
            int start = (int)reader.TokenStartIndex;
            switch (reader.TokenType)
            {
                case JsonTokenType.String:
                    slot.Start = start + 1;
                    slot.Length = reader.ValueSpan.Length;
                    slot.Escaped = reader.ValueIsEscaped;
                    break;
                case JsonTokenType.StartObject or JsonTokenType.StartArray:
                    reader.Skip();
                    slot.Start = start;
                    slot.Length = (int)reader.BytesConsumed - start;
                    break;
                default:
                    slot.Start = start;
                    slot.Length = reader.ValueSpan.Length;
                    break;
            }
        }

        // Anything behind the object is an error that the reader raises here.
        reader.Read();
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private int Match(ref Utf8JsonReader reader, int member)
    {
        Member[] members = _members;
        return (uint)member < (uint)members.Length && !reader.ValueIsEscaped && reader.ValueSpan.SequenceEqual(members[member].Name)
            ? members[member].Column
            : LookUp(ref reader, member);
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private int LookUp(ref Utf8JsonReader reader, int member)
    {
        string name;
        try
        {
            name = reader.GetString()!;
        }
        catch (InvalidOperationException)
        {
            // A member name that isn't text can't be a column's; its value is skipped like any unknown member's.
            return NotAColumn;
        }

        if (!_found.TryGetValue(name, out int column))
        {
            column = ColumnNames.Find(_schema, name);
            if (_found.Count < MaxRemembered && name.Length <= MaxRememberedBytes)
            {
                _found.Add(name, column);
            }
        }

        if (!reader.ValueIsEscaped && member < MaxRemembered && reader.ValueSpan.Length <= MaxRememberedBytes)
        {
            if (member >= _members.Length)
            {
                int old = _members.Length;
                Array.Resize(ref _members, Math.Max(member + 1, old * 2));
                Array.Fill(_members, new Member([], NotAColumn), old, _members.Length - old);
            }

            _members[member] = new Member(reader.ValueSpan.ToArray(), column);
        }

        return column;
    }

    private static string Describe(JsonTokenType token) => token switch
    {
        JsonTokenType.StartArray => "an array",
        JsonTokenType.String => "a string",
        JsonTokenType.Number => "a number",
        JsonTokenType.Null => "null",
        JsonTokenType.None => "nothing",
        _ => "true or false",
    };

    private readonly record struct Member(byte[] Name, int Column);
}
