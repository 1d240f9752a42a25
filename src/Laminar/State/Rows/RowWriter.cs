using System.Buffers;
using System.Buffers.Binary;
using System.Runtime.InteropServices;
using System.Text.Unicode;
using Laminar.Functions;

namespace Laminar.State;

/// <summary>
/// Writes rows into a <see cref="RowBuffer"/>: whole numbers as variable-length integers (signed ones zigzag), the rest fixed. Text is UTF-8,
/// or UTF-16 where it has half a surrogate pair, so that every string comes back as it was.
/// </summary>
internal struct RowWriter(RowBuffer buffer, RowLayout layout) : IRowWriter
{
    private int _nulls;

    internal void BeginRow()
    {
        _nulls = buffer.Length;
        if (layout.NullBytes > 0)
        {
            buffer.Reserve(layout.NullBytes)[..layout.NullBytes].Clear();
            buffer.Advance(layout.NullBytes);
        }
    }

    public readonly void WriteNull(int column)
    {
        int bit = layout.NullBits[column];
        if (bit < 0)
        {
            throw RowFormatException.NullIn(column, layout.Names[column]);
        }

        buffer.At(_nulls)[bit / 8] |= (byte)(1 << (bit % 8));
    }

    public readonly void WriteBoolean(int column, bool value) => Byte(value ? (byte)1 : (byte)0);

    public readonly void WriteInt8(int column, sbyte value) => Byte((byte)value);

    public readonly void WriteInt16(int column, short value) => Signed(value);

    public readonly void WriteInt32(int column, int value) => Signed(value);

    public readonly void WriteInt64(int column, long value) => Signed(value);

    public readonly void WriteUInt8(int column, byte value) => Byte(value);

    public readonly void WriteUInt16(int column, ushort value) => Unsigned(value);

    public readonly void WriteUInt32(int column, uint value) => Unsigned(value);

    public readonly void WriteUInt64(int column, ulong value) => Unsigned(value);

    public readonly void WriteFloat32(int column, float value)
    {
        BinaryPrimitives.WriteSingleLittleEndian(buffer.Reserve(sizeof(float)), value);
        buffer.Advance(sizeof(float));
    }

    public readonly void WriteFloat64(int column, double value)
    {
        BinaryPrimitives.WriteDoubleLittleEndian(buffer.Reserve(sizeof(double)), value);
        buffer.Advance(sizeof(double));
    }

    public readonly void WriteDecimal(int column, decimal value)
    {
        Span<int> bits = stackalloc int[4];
        decimal.GetBits(value, bits);
        Span<byte> bytes = buffer.Reserve(16);
        for (int i = 0; i < 4; i++)
        {
            BinaryPrimitives.WriteInt32LittleEndian(bytes[(4 * i)..], bits[i]);
        }

        buffer.Advance(16);
    }

    /// <summary>A length twice the byte count, plus one for UTF-16; then the bytes.</summary>
    public readonly void WriteText(int column, string value)
    {
        ThrowIfNull(column, value);

        // Most text is short ASCII: its UTF-8 has as many bytes as it has characters, and the length fits in one byte either way.
        const int shortText = 21; // 3 bytes each at most, so twice the count stays below 128
        if (value.Length <= shortText)
        {
            Span<byte> room = buffer.Reserve(1 + (3 * shortText));
            if (Utf8.FromUtf16(value, room[1..], out _, out int written, replaceInvalidSequences: false) == OperationStatus.Done)
            {
                room[0] = (byte)(written << 1);
                buffer.Advance(1 + written);
                return;
            }
        }

        LongText(value);
    }

    public readonly void WriteJson(int column, string value) => WriteText(column, value);

    /// <summary>How many rows of what is inside, then those rows.</summary>
    public readonly void WriteNested(int column, object value)
    {
        ThrowIfNull(column, value);
        RowLayout inside = layout.Inside[column]!;
        var writer = new RowWriter(buffer, inside);
        var items = value as object?[];
        bool isRow = layout.Types[column] == ColumnType.Row;
        int count = isRow ? 1 : items?.Length ?? ((SqlMap)value).Keys.Length;
        Unsigned((ulong)count);
        for (int row = 0; row < count; row++)
        {
            writer.BeginRow();
            for (int i = 0; i < inside.Types.Length; i++)
            {
                object? item = isRow ? items![i] : items is not null ? items[row] : i == 0 ? ((SqlMap)value).Keys[row] : ((SqlMap)value).Values[row];
                BoxedRows.Put(ref writer, i, inside.Columns[i], item);
            }
        }
    }

    public readonly void WriteBytes(int column, byte[] value)
    {
        ThrowIfNull(column, value);
        Unsigned((ulong)value.Length);
        value.CopyTo(buffer.Reserve(value.Length));
        buffer.Advance(value.Length);
    }

    public readonly void WriteUuid(int column, Guid value)
    {
        value.TryWriteBytes(buffer.Reserve(16));
        buffer.Advance(16);
    }

    public readonly void WriteDate(int column, DateOnly value) => Unsigned((ulong)value.DayNumber);

    public readonly void WriteTime(int column, TimeOnly value) => Fixed(value.Ticks);

    public readonly void WriteTimestamp(int column, DateTime value) =>
        Fixed(value.Kind == DateTimeKind.Local ? value.ToUniversalTime().Ticks : value.Ticks);

    public readonly void WriteTimestampTz(int column, DateTimeOffset value)
    {
        Fixed(value.UtcTicks);
        Signed(value.Offset.Ticks / TimeSpan.TicksPerMinute);
    }

    public readonly void WriteInterval(int column, TimeSpan value) => Signed(value.Ticks);

    internal readonly void Unsigned(ulong value)
    {
        Span<byte> bytes = buffer.Reserve(10);
        int count = 0;
        while (value >= 0x80)
        {
            bytes[count++] = (byte)(value | 0x80);
            value >>= 7;
        }

        bytes[count] = (byte)value;
        buffer.Advance(count + 1);
    }

    /// <summary>C# lets a null into a non-nullable reference.</summary>
    private readonly void ThrowIfNull(int column, object? value)
    {
        if (value is null)
        {
            throw RowFormatException.NullIn(column, layout.Names[column]);
        }
    }

    private readonly void Signed(long value) => Unsigned((ulong)((value << 1) ^ (value >> 63)));

    private readonly void Byte(byte value)
    {
        buffer.Reserve(1)[0] = value;
        buffer.Advance(1);
    }

    private readonly void Fixed(long value)
    {
        BinaryPrimitives.WriteInt64LittleEndian(buffer.Reserve(sizeof(long)), value);
        buffer.Advance(sizeof(long));
    }

    private readonly void LongText(string value)
    {
        if (value.Length > RowBuffer.MaxBytes / 4)
        {
            throw new LaminarException($"A text of {value.Length} characters is over the limit of {RowBuffer.MaxBytes / 4}.");
        }

        byte[] rented = ArrayPool<byte>.Shared.Rent(3 * value.Length);
        try
        {
            bool utf8 = Utf8.FromUtf16(value, rented, out _, out int written, replaceInvalidSequences: false) == OperationStatus.Done;
            ReadOnlySpan<byte> bytes = utf8 ? rented.AsSpan(0, written) : MemoryMarshal.AsBytes(value.AsSpan());
            Unsigned(((ulong)bytes.Length << 1) | (utf8 ? 0u : 1u));
            bytes.CopyTo(buffer.Reserve(bytes.Length));
            buffer.Advance(bytes.Length);
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(rented);
        }
    }
}
