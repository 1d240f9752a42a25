using Apache.Arrow;
using Apache.Arrow.Types;
using Laminar.Interpreter.Vectors;
using Laminar.Sql.Types;

namespace Laminar.Interpreter.Columns;

/// <summary>Makes an Arrow array of one column's selected rows.</summary>
internal abstract class ColumnWriter(Field field)
{
    public Field Field { get; } = field;

    public abstract IArrowArray Write(Vector column, Selection rows);

    public static ColumnWriter Create(SqlType type, RowColumn column)
    {
        var field = new Field(column.Name, ArrowSchema.TypeOf(column), column.Nullable);
        return type.Kind switch
        {
            SqlTypeKind.Boolean => new BooleanWriter(field),
            SqlTypeKind.TinyInt => new FixedWriter<sbyte, sbyte>(field, v => v),
            SqlTypeKind.SmallInt => new FixedWriter<short, short>(field, v => v),
            SqlTypeKind.Int => new FixedWriter<int, int>(field, v => v),
            SqlTypeKind.BigInt => new FixedWriter<long, long>(field, v => v),
            SqlTypeKind.UTinyInt => new FixedWriter<byte, byte>(field, v => v),
            SqlTypeKind.USmallInt => new FixedWriter<ushort, ushort>(field, v => v),
            SqlTypeKind.UInt => new FixedWriter<uint, uint>(field, v => v),
            SqlTypeKind.UBigInt => new FixedWriter<ulong, ulong>(field, v => v),
            SqlTypeKind.Real => new FixedWriter<float, float>(field, v => v),
            SqlTypeKind.Double => new FixedWriter<double, double>(field, v => v),
            SqlTypeKind.Date => new FixedWriter<int, int>(field, v => v - DateOnly.FromDateTime(DateTime.UnixEpoch).DayNumber),
            SqlTypeKind.Time => new FixedWriter<long, long>(field, v => v / TimeSpan.TicksPerMicrosecond),
            SqlTypeKind.Timestamp or SqlTypeKind.TimestampTz => new FixedWriter<long, long>(
                field, v => FloorMicroseconds(v - DateTime.UnixEpoch.Ticks)),
            SqlTypeKind.IntervalDayTime => new FixedWriter<long, long>(field, FloorMicroseconds),
            SqlTypeKind.Uuid => new FixedWriter<Guid, Int128>(field, BigEndian),
            SqlTypeKind.Decimal => new FixedWriter<decimal, Int128>(field, v => Units(v, type, column.Name)),
            SqlTypeKind.Varchar or SqlTypeKind.Json => new TextWriter(field),
            SqlTypeKind.Array or SqlTypeKind.Map or SqlTypeKind.Row => new NestedWriter(field, column),
            SqlTypeKind.Bytes => new BytesWriter(field),
            _ => throw new LaminarException($"An output column can't have the type {type}."),
        };
    }

    private static long FloorMicroseconds(long ticks)
    {
        long micros = ticks / TimeSpan.TicksPerMicrosecond;
        return ticks % TimeSpan.TicksPerMicrosecond < 0 ? micros - 1 : micros;
    }

    /// <summary>A DECIMAL as whole units of its column's last digit.</summary>
    /// <exception cref="LaminarException">It has more digits behind the point than the column.</exception>
    private static Int128 Units(decimal value, SqlType type, string column)
    {
        Span<int> bits = stackalloc int[4];
        decimal.GetBits(value, bits);
        Int128 units = new((uint)bits[2], ((ulong)(uint)bits[1] << 32) | (uint)bits[0]);
        int scale = (bits[3] >> 16) & 0xFF;
        for (; scale < type.Scale; scale++)
        {
            units = units <= Int128.MaxValue / 10 ? units * 10 : throw Unfit();
        }

        for (; scale > type.Scale; scale--)
        {
            (units, Int128 rest) = Int128.DivRem(units, 10);
            if (rest != 0)
            {
                throw Unfit();
            }
        }

        return bits[3] < 0 ? -units : units;

        LaminarException Unfit() => new($"Column {column}: {value} doesn't fit {type}.");
    }

    /// <summary>The sixteen bytes of a UUID, as a value that is laid down in that order.</summary>
    private static Int128 BigEndian(Guid value)
    {
        Span<byte> bytes = stackalloc byte[16];
        value.TryWriteBytes(bytes, bigEndian: true, out _);
        return System.Buffers.Binary.BinaryPrimitives.ReadInt128LittleEndian(bytes);
    }
}

/// <summary>Columns whose Arrow values have a fixed width.</summary>
internal sealed class FixedWriter<T, TStored>(Field field, Func<T, TStored> store) : ColumnWriter(field)
    where TStored : unmanaged
{
    public override IArrowArray Write(Vector column, Selection rows)
    {
        var typed = (Vector<T>)column;
        var values = new TStored[rows.Count];
        (ArrowBuffer validity, int nulls) = Validity.Of(column, rows);
        for (int k = 0; k < values.Length; k++)
        {
            int row = rows[k];
            if (!typed.IsNull(row))
            {
                values[k] = store(typed.Values[row]);
            }
        }

        byte[] bytes = System.Runtime.InteropServices.MemoryMarshal.AsBytes(values.AsSpan()).ToArray();
        return ArrowArrayFactory.BuildArray(new ArrayData(Field.DataType, values.Length, nulls, 0, [validity, new ArrowBuffer(bytes)]));
    }
}

internal sealed class BooleanWriter(Field field) : ColumnWriter(field)
{
    public override IArrowArray Write(Vector column, Selection rows)
    {
        var builder = new BooleanArray.Builder();
        for (int k = 0; k < rows.Count; k++)
        {
            int row = rows[k];
            _ = column.IsNull(row) ? builder.AppendNull() : builder.Append(((Vector<bool>)column).Values[row]);
        }

        return builder.Build();
    }
}

internal sealed class TextWriter(Field field) : ColumnWriter(field)
{
    public override IArrowArray Write(Vector column, Selection rows)
    {
        var builder = new StringArray.Builder();
        for (int k = 0; k < rows.Count; k++)
        {
            int row = rows[k];
            _ = column.IsNull(row) ? builder.AppendNull() : builder.Append(((Vector<string>)column).Values[row]);
        }

        return builder.Build();
    }
}

internal sealed class BytesWriter(Field field) : ColumnWriter(field)
{
    public override IArrowArray Write(Vector column, Selection rows)
    {
        var builder = new BinaryArray.Builder();
        for (int k = 0; k < rows.Count; k++)
        {
            int row = rows[k];
            _ = column.IsNull(row) ? builder.AppendNull() : builder.Append(((Vector<byte[]>)column).Values[row].AsSpan());
        }

        return builder.Build();
    }
}

/// <summary>Arrow's validity bits of a column's selected rows.</summary>
internal static class Validity
{
    public static (ArrowBuffer Bits, int Nulls) Of(Vector column, Selection rows)
    {
        if (!column.HasNulls)
        {
            return (ArrowBuffer.Empty, 0);
        }

        var bits = new byte[(rows.Count + 7) / 8];
        int nulls = 0;
        for (int k = 0; k < rows.Count; k++)
        {
            if (column.IsNull(rows[k]))
            {
                nulls++;
            }
            else
            {
                bits[k >> 3] |= (byte)(1 << (k & 7));
            }
        }

        return (new ArrowBuffer(bits), nulls);
    }
}
