using System.Buffers.Binary;
using System.Runtime.InteropServices;
using System.Text;
using Laminar.Functions;

namespace Laminar.State;

/// <summary>Reads what <see cref="RowWriter"/> wrote. Columns asked for in order are read in one pass; others by starting the row again.</summary>
internal ref struct RowReader(ReadOnlySpan<byte> batch, RowLayout layout) : IRowReader
{
    private readonly ReadOnlySpan<byte> _batch = batch;
    private int _position;
    private int _row;
    private int _column;

    internal readonly bool AtEnd => _position == _batch.Length;

    internal void BeginRow()
    {
        _row = _position;
        _column = 0;
        Take(layout.NullBytes, -1);
    }

    /// <summary>Moves behind the row, whatever was read of it.</summary>
    internal void EndRow() => Seek(layout.Types.Length);

    public readonly bool IsNull(int column)
    {
        int bit = layout.NullBits[column];
        return bit >= 0 && (_batch[_row + (bit / 8)] & (1 << (bit % 8))) != 0;
    }

    public bool GetBoolean(int column) => Byte(column) switch
    {
        0 => false,
        1 => true,
        _ => throw new RowFormatException(column, "Not a BOOLEAN."),
    };

    public sbyte GetInt8(int column) => (sbyte)Byte(column);

    public short GetInt16(int column) => (short)Within(column, Signed(column), short.MinValue, short.MaxValue);

    public int GetInt32(int column) => (int)Within(column, Signed(column), int.MinValue, int.MaxValue);

    public long GetInt64(int column) => Signed(column);

    public byte GetUInt8(int column) => Byte(column);

    public ushort GetUInt16(int column) => (ushort)Within(column, Unsigned(column), ushort.MaxValue);

    public uint GetUInt32(int column) => (uint)Within(column, Unsigned(column), uint.MaxValue);

    public ulong GetUInt64(int column) => Unsigned(column);

    public float GetFloat32(int column) => BinaryPrimitives.ReadSingleLittleEndian(Value(column, sizeof(float)));

    public double GetFloat64(int column) => BinaryPrimitives.ReadDoubleLittleEndian(Value(column, sizeof(double)));

    public decimal GetDecimal(int column)
    {
        ReadOnlySpan<byte> bytes = Value(column, 16);
        Span<int> bits = stackalloc int[4];
        for (int i = 0; i < 4; i++)
        {
            bits[i] = BinaryPrimitives.ReadInt32LittleEndian(bytes[(4 * i)..]);
        }

        return new decimal(bits);
    }

    public string GetText(int column)
    {
        ulong length = Unsigned(column);
        ReadOnlySpan<byte> bytes = Take(Length(column, length >> 1), column);
        return (length & 1) == 0 ? Encoding.UTF8.GetString(bytes) : new string(MemoryMarshal.Cast<byte, char>(bytes));
    }

    public string GetJson(int column) => GetText(column);

    public object GetNested(int column)
    {
        int count = Length(column, Unsigned(column));

        // A row takes a byte at least: damaged counts are refused before anything is allocated.
        if (count > _batch.Length - _position || (layout.Types[column] == ColumnType.Row && count != 1))
        {
            throw new RowFormatException(column, $"{count} values can't be inside.");
        }

        RowLayout inside = layout.Inside[column]!;
        var rows = new object?[count][];
        for (int row = 0; row < count; row++)
        {
            rows[row] = Inner(inside);
        }

        return layout.Types[column] switch
        {
            ColumnType.Row => rows[0],
            ColumnType.Map => SqlMap.Of(rows.Select(r => (r[0], r[1]))),
            _ => rows.Select(r => r[0]).ToArray(),
        };
    }

    private object?[] Inner(RowLayout inside)
    {
        var reader = new RowReader(_batch, inside) { _position = _position };
        reader.BeginRow();
        var values = new object?[inside.Types.Length];
        for (int i = 0; i < values.Length; i++)
        {
            values[i] = BoxedRows.Get(ref reader, i, inside.Columns[i]);
        }

        reader.EndRow();
        _position = reader._position;
        return values;
    }

    public byte[] GetBytes(int column) => Take(Length(column, Unsigned(column)), column).ToArray();

    public Guid GetUuid(int column) => new(Value(column, 16));

    public DateOnly GetDate(int column) => DateOnly.FromDayNumber((int)Within(column, Unsigned(column), int.MaxValue));

    public TimeOnly GetTime(int column) => new(Fixed(column));

    public DateTime GetTimestamp(int column) => new(Fixed(column), DateTimeKind.Utc);

    public DateTimeOffset GetTimestampTz(int column)
    {
        long ticks = Fixed(column);
        long minutes = Within(column, ReadSigned(column), -14 * 60, 14 * 60);
        return new DateTimeOffset(ticks, TimeSpan.Zero).ToOffset(TimeSpan.FromMinutes(minutes));
    }

    public TimeSpan GetInterval(int column) => new(Signed(column));

    /// <summary>A variable-length integer outside any column.</summary>
    internal ulong Number() => ReadUnsigned(-1);

    /// <summary>Fixed bytes outside any column.</summary>
    internal ReadOnlySpan<byte> Take(int count) => Take(count, -1);

    private static long Within(int column, long value, long least, long most) =>
        value >= least && value <= most ? value : throw new RowFormatException(column, $"{value} is out of range.");

    private static ulong Within(int column, ulong value, ulong most) =>
        value <= most ? value : throw new RowFormatException(column, $"{value} is out of range.");

    private static int Length(int column, ulong value) => (int)Within(column, value, int.MaxValue);

    private byte Byte(int column) => Value(column, 1)[0];

    private long Fixed(int column) => BinaryPrimitives.ReadInt64LittleEndian(Value(column, sizeof(long)));

    private ulong Unsigned(int column)
    {
        Open(column);
        return ReadUnsigned(column);
    }

    private long Signed(int column)
    {
        Open(column);
        return ReadSigned(column);
    }

    private ReadOnlySpan<byte> Value(int column, int bytes)
    {
        Open(column);
        return Take(bytes, column);
    }

    /// <summary>Stands at the column's value and counts it as read.</summary>
    private void Open(int column)
    {
        if (column != _column)
        {
            if (column < _column)
            {
                _position = _row + layout.NullBytes;
                _column = 0;
            }

            Seek(column);
        }

        if (IsNull(column))
        {
            throw new RowFormatException(column, "The column is NULL.");
        }

        _column = column + 1;
    }

    private void Seek(int column)
    {
        for (; _column < column; _column++)
        {
            if (!IsNull(_column))
            {
                Skip(_column);
            }
        }
    }

    private void Skip(int column)
    {
        switch (layout.Types[column])
        {
            case ColumnType.Boolean or ColumnType.Int8 or ColumnType.UInt8:
                Take(1, column);
                break;
            case ColumnType.Float32:
                Take(sizeof(float), column);
                break;
            case ColumnType.Float64 or ColumnType.Time or ColumnType.Timestamp:
                Take(sizeof(long), column);
                break;
            case ColumnType.Decimal or ColumnType.Uuid:
                Take(16, column);
                break;
            case ColumnType.Array or ColumnType.Map or ColumnType.Row:
                SkipNested(column);
                break;
            case ColumnType.Text or ColumnType.Json:
                Take(Length(column, ReadUnsigned(column) >> 1), column);
                break;
            case ColumnType.Bytes:
                Take(Length(column, ReadUnsigned(column)), column);
                break;
            case ColumnType.TimestampTz:
                Take(sizeof(long), column);
                ReadUnsigned(column);
                break;
            default:
                ReadUnsigned(column);
                break;
        }
    }

    private void SkipNested(int column)
    {
        for (ulong count = ReadUnsigned(column); count > 0; count--)
        {
            var reader = new RowReader(_batch, layout.Inside[column]!) { _position = _position };
            reader.BeginRow();
            reader.EndRow();
            _position = reader._position;
        }
    }

    private long ReadSigned(int column)
    {
        ulong value = ReadUnsigned(column);
        return (long)(value >> 1) ^ -(long)(value & 1);
    }

    private ulong ReadUnsigned(int column)
    {
        ulong value = 0;
        for (int shift = 0; shift < 70; shift += 7)
        {
            byte next = Take(1, column)[0];
            value |= (ulong)(next & 0x7F) << shift;
            if (next < 0x80)
            {
                return value;
            }
        }

        throw new RowFormatException(column, "A number has more than ten bytes.");
    }

    private ReadOnlySpan<byte> Take(int count, int column)
    {
        if (count > _batch.Length - _position)
        {
            throw new RowFormatException(column, "The batch is cut short.");
        }

        ReadOnlySpan<byte> result = _batch.Slice(_position, count);
        _position += count;
        return result;
    }
}
