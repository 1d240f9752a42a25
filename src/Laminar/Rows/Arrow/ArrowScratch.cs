using System.ComponentModel;
using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace Laminar;

/// <summary>
/// Columns of an Arrow batch as plain arrays of C# values, for generated loops: the batch's own memory where it has just that form,
/// otherwise converted once per batch into arrays that are kept. Valid while the reader is.
/// </summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public sealed unsafe class ArrowScratch
{
    private Array?[] _buffers = [];

    /// <summary>The first value of a NOT NULL number column.</summary>
    /// <typeparam name="T">The column's C# type.</typeparam>
    /// <exception cref="RowFormatException">A value is NULL or out of range.</exception>
    public ref T Values<T>(ref ArrowRowReader reader, int column)
        where T : unmanaged
    {
        ref readonly ArrowColumn source = ref reader.Column(column);
        if (source.Form == FormOf<T>() && source.Validity == null)
        {
            return ref ((T*)source.Values)[source.Start];
        }

        T[] values = Buffer<T>(column, reader.RowCount);
        for (int row = 0; row < reader.RowCount; row++)
        {
            reader.Row = row;
            values[row] = Read<T>(ref reader, column);
        }

        return ref values[0];
    }

    /// <summary>The first value of a nullable number column.</summary>
    /// <exception cref="RowFormatException">A value is out of range.</exception>
    public ref T? NullableValues<T>(ref ArrowRowReader reader, int column)
        where T : unmanaged
    {
        T?[] values = Buffer<T?>(column, reader.RowCount);
        for (int row = 0; row < reader.RowCount; row++)
        {
            reader.Row = row;
            values[row] = reader.IsNull(column) ? null : Read<T>(ref reader, column);
        }

        return ref values[0];
    }

    /// <summary>The values of a NOT NULL timestamp column: as they lie in the batch where all are in range, otherwise converted.</summary>
    /// <exception cref="RowFormatException">A value is NULL or outside the years 1 to 9999.</exception>
    public TickColumn Ticks(ref ArrowRowReader reader, int column)
    {
        ref readonly ArrowColumn source = ref reader.Column(column);
        long unit = source.TicksPerUnit;
        if (source.Form == ArrowForm.I64 && source.Validity == null && unit > 0)
        {
            var raw = new ReadOnlySpan<long>((long*)source.Values + source.Start, reader.RowCount);
            if (AreWithin(raw, (DateTime.MaxValue.Ticks - DateTime.UnixEpoch.Ticks) / unit))
            {
                return new TickColumn(ref MemoryMarshal.GetReference(raw), unit, DateTime.UnixEpoch.Ticks);
            }
        }

        long[] values = Buffer<long>(column, reader.RowCount);
        for (int row = 0; row < reader.RowCount; row++)
        {
            reader.Row = row;
            values[row] = reader.GetTimestamp(column).Ticks;
        }

        return new TickColumn(ref values[0], 1, 0);
    }

    /// <summary>The first value of a nullable timestamp column, in ticks.</summary>
    /// <exception cref="RowFormatException">A value is outside the years 1 to 9999.</exception>
    public ref long? NullableTicks(ref ArrowRowReader reader, int column)
    {
        long?[] values = Buffer<long?>(column, reader.RowCount);
        for (int row = 0; row < reader.RowCount; row++)
        {
            reader.Row = row;
            values[row] = reader.IsNull(column) ? null : reader.GetTimestamp(column).Ticks;
        }

        return ref values[0];
    }

    /// <summary>Whether all values are from 0 to a greatest one: times since 1970 mostly are.</summary>
    private static bool AreWithin(ReadOnlySpan<long> values, long greatest)
    {
        int i = 0;
        ref long first = ref MemoryMarshal.GetReference(values);
        Vector<ulong> limit = new((ulong)greatest);
        Vector<ulong> highest = Vector<ulong>.Zero;
        for (; i <= values.Length - Vector<ulong>.Count; i += Vector<ulong>.Count)
        {
            // Negative ones are above all as unsigned.
            highest = Vector.Max(highest, Unsafe.ReadUnaligned<Vector<ulong>>(ref Unsafe.As<long, byte>(ref Unsafe.Add(ref first, i))));
        }

        bool within = Vector.LessThanOrEqualAll(highest, limit);
        for (; i < values.Length; i++)
        {
            within &= (ulong)values[i] <= (ulong)greatest;
        }

        return within;
    }

    private static ArrowForm FormOf<T>() =>
        typeof(T) == typeof(long) ? ArrowForm.I64
        : typeof(T) == typeof(int) ? ArrowForm.I32
        : typeof(T) == typeof(double) ? ArrowForm.F64
        : typeof(T) == typeof(float) ? ArrowForm.F32
        : typeof(T) == typeof(short) ? ArrowForm.I16
        : typeof(T) == typeof(sbyte) ? ArrowForm.I8
        : typeof(T) == typeof(ulong) ? ArrowForm.U64
        : typeof(T) == typeof(uint) ? ArrowForm.U32
        : typeof(T) == typeof(ushort) ? ArrowForm.U16
        : ArrowForm.U8;

    private static T Read<T>(ref ArrowRowReader reader, int column)
        where T : unmanaged
    {
        if (typeof(T) == typeof(long))
        {
            return Unsafe.BitCast<long, T>(reader.GetInt64(column));
        }

        if (typeof(T) == typeof(int))
        {
            return Unsafe.BitCast<int, T>(reader.GetInt32(column));
        }

        if (typeof(T) == typeof(double))
        {
            return Unsafe.BitCast<double, T>(reader.GetFloat64(column));
        }

        if (typeof(T) == typeof(float))
        {
            return Unsafe.BitCast<float, T>(reader.GetFloat32(column));
        }

        if (typeof(T) == typeof(short))
        {
            return Unsafe.BitCast<short, T>(reader.GetInt16(column));
        }

        if (typeof(T) == typeof(sbyte))
        {
            return Unsafe.BitCast<sbyte, T>(reader.GetInt8(column));
        }

        if (typeof(T) == typeof(ulong))
        {
            return Unsafe.BitCast<ulong, T>(reader.GetUInt64(column));
        }

        if (typeof(T) == typeof(uint))
        {
            return Unsafe.BitCast<uint, T>(reader.GetUInt32(column));
        }

        return typeof(T) == typeof(ushort)
            ? Unsafe.BitCast<ushort, T>(reader.GetUInt16(column))
            : Unsafe.BitCast<byte, T>(reader.GetUInt8(column));
    }

    private T[] Buffer<T>(int column, int rows)
    {
        if (column >= _buffers.Length)
        {
            System.Array.Resize(ref _buffers, column + 1);
        }

        if (_buffers[column] is not T[] buffer || buffer.Length < Math.Max(rows, 1))
        {
            buffer = new T[Math.Max(rows, 1)];
            _buffers[column] = buffer;
        }

        return buffer;
    }
}
