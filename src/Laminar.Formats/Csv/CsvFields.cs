using System.Text;

namespace Laminar.Formats;

/// <summary>Cuts one CSV record into fields. Holds as many slots as the widest record so far, <see cref="MaxFields"/> at most.</summary>
internal sealed class CsvFields(byte delimiter)
{
    /// <summary>A record with more fields is an error.</summary>
    public const int MaxFields = 65_536;

    private CsvSlot[] _slots = new CsvSlot[16];
    private byte[] _single = [];

    public int Count { get; private set; }

    public ref readonly CsvSlot this[int index] => ref _slots[index];

    /// <param name="record">Without its line end.</param>
    /// <exception cref="RowFormatException">Quotes where none may be.</exception>
    public void Split(ReadOnlySpan<byte> record)
    {
        Count = 0;
        int at = 0;
        while (true)
        {
            ref CsvSlot slot = ref Next();
            int end;
            if (at < record.Length && record[at] == '"')
            {
                end = Quoted(record, at, ref slot);
            }
            else
            {
                int length = record[at..].IndexOf(delimiter);
                end = length < 0 ? record.Length : at + length;
                slot = new CsvSlot { Start = at, Length = end - at };
                if (record[at..end].Contains((byte)'"'))
                {
                    throw new RowFormatException(-1, $"field {Count} has a quote inside but isn't quoted");
                }
            }

            if (end >= record.Length)
            {
                return;
            }

            at = end + 1;
        }
    }

    /// <summary>A field's bytes, doubled quotes made single; good until the next call.</summary>
    public ReadOnlySpan<byte> Value(ReadOnlySpan<byte> record, int index)
    {
        ref readonly CsvSlot slot = ref _slots[index];
        ReadOnlySpan<byte> raw = record.Slice(slot.Start, slot.Length);
        if (!slot.Doubled)
        {
            return raw;
        }

        if (_single.Length < raw.Length)
        {
            _single = new byte[Math.Max(raw.Length, 256)];
        }

        int count = 0;
        while (raw.Length > 0)
        {
            int quote = raw.IndexOf((byte)'"');
            int taken = quote < 0 ? raw.Length : quote + 1;
            raw[..taken].CopyTo(_single.AsSpan(count));
            count += taken;
            raw = raw[(quote < 0 ? taken : taken + 1)..];
        }

        return _single.AsSpan(0, count);
    }

    private int Quoted(ReadOnlySpan<byte> record, int open, ref CsvSlot slot)
    {
        slot = new CsvSlot { Start = open + 1, Quoted = true };
        int at = open + 1;
        while (true)
        {
            int length = record[at..].IndexOf((byte)'"');
            if (length < 0)
            {
                throw new RowFormatException(-1, $"field {Count} begins with a quote that never ends");
            }

            at += length;
            if (at + 1 < record.Length && record[at + 1] == '"')
            {
                slot.Doubled = true;
                at += 2;
                continue;
            }

            slot.Length = at - slot.Start;
            return at + 1 >= record.Length || record[at + 1] == delimiter
                ? at + 1
                : throw new RowFormatException(-1, $"field {Count} goes on behind its closing quote");
        }
    }

    private ref CsvSlot Next()
    {
        if (Count == _slots.Length)
        {
            if (Count >= MaxFields)
            {
                throw new RowFormatException(-1, $"more than {MaxFields} fields");
            }

            Array.Resize(ref _slots, Count * 2);
        }

        return ref _slots[Count++];
    }
}
