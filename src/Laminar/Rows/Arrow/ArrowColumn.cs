using System.Buffers;
using System.Buffers.Binary;
using System.Numerics;
using System.Runtime.CompilerServices;
using System.Text;
using Apache.Arrow;
using Apache.Arrow.Types;

namespace Laminar;

/// <summary>One column of a batch: where its values lie and how they are read. Bounds are checked when it is bound; offsets per value.</summary>
internal unsafe struct ArrowColumn
{
    public ArrowForm Form;

    /// <summary>The row's column.</summary>
    public ColumnType Type;

    /// <summary>Whether NULL is refused.</summary>
    public bool IsRequired;

    /// <summary>Decimal digits behind the point, or the bytes of one <see cref="ArrowForm.Fixed"/> value.</summary>
    public int Scale;

    /// <summary>Ticks per unit; negative: units per tick (nanoseconds). 0 where the column has no unit.</summary>
    public long TicksPerUnit;

    public byte* Values;
    public byte* Offsets;
    public byte* Validity;
    public long DataLength;

    /// <summary>Position of row 0 within the buffers.</summary>
    public int Start;

    public IArrowArray? Array;
    public ArrowNested? Nested;
    public string?[]? Dictionary;

    /// <summary>Whether indexes may lead to NULL.</summary>
    public bool DictionaryHasNull;

    /// <summary>How dictionary indexes lie: unsigned ones reach twice as far.</summary>
    public ArrowForm IndexForm;

    public readonly bool IsNull(int row)
    {
        if (Form == ArrowForm.Null)
        {
            return true;
        }

        int at = Start + row;
        return (Validity != null && (Validity[at >> 3] & (1 << (at & 7))) == 0)
            || (Form == ArrowForm.Dictionary && DictionaryText(row, -1) is null);
    }

    /// <summary>The first row from one on that is NULL where it may not be.</summary>
    /// <param name="from">The row.</param>
    /// <param name="rows">Rows of the batch; the answer where there is none.</param>
    public readonly int FirstRefusedNull(int from, int rows)
    {
        if (!IsRequired)
        {
            return rows;
        }

        if (Form == ArrowForm.Null)
        {
            return from;
        }

        int first = Validity == null ? rows : NextUnset(Start + from, Start + rows) - Start;
        for (int row = from; DictionaryHasNull && row < first; row++)
        {
            // An index beyond the dictionary is damage, which is said when it is read.
            if (DictionaryIndex(row) is var index && index < (ulong)Dictionary!.Length && Dictionary[index] is null)
            {
                return row;
            }
        }

        return first;
    }

    /// <summary>The first bit of the validity that isn't set, 64 at a time where they begin a byte.</summary>
    private readonly int NextUnset(int from, int to)
    {
        for (int at = from; at < to;)
        {
            if ((at & 7) == 0 && to - at >= 64)
            {
                ulong unset = ~Unsafe.ReadUnaligned<ulong>(Validity + (at >> 3));
                if (unset != 0)
                {
                    return at + BitOperations.TrailingZeroCount(unset);
                }

                at += 64;
                continue;
            }

            if ((Validity[at >> 3] & (1 << (at & 7))) == 0)
            {
                return at;
            }

            at++;
        }

        return to;
    }

    public readonly bool Bit(int row) => (Values[(Start + row) >> 3] & (1 << ((Start + row) & 7))) != 0;

    public readonly long Integer(int row, int column)
    {
        int at = Start + row;
        return Form switch
        {
            ArrowForm.I64 => ((long*)Values)[at],
            ArrowForm.I32 => ((int*)Values)[at],
            ArrowForm.I16 => ((short*)Values)[at],
            ArrowForm.I8 => ((sbyte*)Values)[at],
            ArrowForm.U8 => Values[at],
            ArrowForm.U16 => ((ushort*)Values)[at],
            ArrowForm.U32 => ((uint*)Values)[at],
            _ => ((ulong*)Values)[at] <= long.MaxValue
                ? (long)((ulong*)Values)[at]
                : throw new RowFormatException(column, $"{((ulong*)Values)[at]} is out of range"),
        };
    }

    public readonly double Float(int row, int column)
    {
        int at = Start + row;
        return Form switch
        {
            ArrowForm.F64 => ((double*)Values)[at],
            ArrowForm.F32 => ((float*)Values)[at],
            ArrowForm.F16 => (double)((Half*)Values)[at],
            ArrowForm.U64 => ((ulong*)Values)[at],
            _ => Integer(row, column),
        };
    }

    public readonly decimal Decimal(int row, int column)
    {
        if (Form is not (ArrowForm.Decimal128 or ArrowForm.Decimal256))
        {
            return Form == ArrowForm.U64 ? ((ulong*)Values)[Start + row] : Integer(row, column);
        }

        int width = Form == ArrowForm.Decimal128 ? 16 : 32;
        var value = new ReadOnlySpan<byte>(Values + ((long)(Start + row) * width), width);
        BigInteger unscaled = width == 16 ? (BigInteger)BinaryPrimitives.ReadInt128LittleEndian(value) : new BigInteger(value);
        int scale = Scale;
        while (scale > 28 || (scale > 0 && BigInteger.Abs(unscaled) >> 96 != 0))
        {
            unscaled = BigInteger.DivRem(unscaled, 10, out BigInteger rest);
            if (!rest.IsZero)
            {
                throw new RowFormatException(column, "the DECIMAL has more than 28 digits");
            }

            scale--;
        }

        for (; scale < 0; scale++)
        {
            unscaled *= 10;
        }

        BigInteger magnitude = BigInteger.Abs(unscaled);
        if (magnitude >> 96 != 0)
        {
            throw new RowFormatException(column, "the DECIMAL has more than 28 digits");
        }

        return new decimal(
            (int)(uint)(magnitude & uint.MaxValue), (int)(uint)((magnitude >> 32) & uint.MaxValue), (int)(uint)(magnitude >> 64), unscaled.Sign < 0, (byte)scale);
    }

    public readonly ReadOnlySpan<byte> Bytes(int row, int column)
    {
        int at = Start + row;
        long start;
        long end;
        switch (Form)
        {
            case ArrowForm.Binary32:
                start = ((int*)Offsets)[at];
                end = ((int*)Offsets)[at + 1];
                break;
            case ArrowForm.Binary64:
                start = ((long*)Offsets)[at];
                end = ((long*)Offsets)[at + 1];
                break;
            case ArrowForm.Fixed:
                return new ReadOnlySpan<byte>(Values + ((long)at * Scale), Scale);
            default:
                return ((BinaryViewArray)Array!).GetBytes(row, out _);
        }

        if (start < 0 || end < start || end > DataLength || end - start > int.MaxValue)
        {
            throw new RowFormatException(column, $"the batch is damaged: offsets {start} to {end} in {DataLength} bytes");
        }

        return new ReadOnlySpan<byte>(Values + start, (int)(end - start));
    }

    /// <summary>The text that a dictionary index stands for; null where the dictionary holds NULL.</summary>
    public readonly string? DictionaryText(int row, int column)
    {
        ulong index = DictionaryIndex(row);
        return index < (ulong)Dictionary!.Length
            ? Dictionary[index]
            : throw new RowFormatException(column, $"the batch is damaged: index {(long)index} in a dictionary of {Dictionary.Length}");
    }

    /// <summary>Negative ones are beyond any dictionary.</summary>
    private readonly ulong DictionaryIndex(int row)
    {
        int at = Start + row;
        return IndexForm switch
        {
            ArrowForm.I8 => (ulong)((sbyte*)Values)[at],
            ArrowForm.U8 => Values[at],
            ArrowForm.I16 => (ulong)((short*)Values)[at],
            ArrowForm.U16 => ((ushort*)Values)[at],
            ArrowForm.I32 => (ulong)((int*)Values)[at],
            ArrowForm.U32 => ((uint*)Values)[at],
            _ => ((ulong*)Values)[at],
        };
    }

    /// <summary>The value of a column with a unit, as ticks of 100 ns; nanoseconds are floored.</summary>
    public readonly long Ticks(int row, int column)
    {
        long value = Form == ArrowForm.I32 ? ((int*)Values)[Start + row] : ((long*)Values)[Start + row];
        if (TicksPerUnit < 0)
        {
            return Math.DivRem(value, -TicksPerUnit, out long rest) - (rest < 0 ? 1 : 0);
        }

        Int128 ticks = (Int128)value * TicksPerUnit;
        return ticks >= long.MinValue && ticks <= long.MaxValue
            ? (long)ticks
            : throw new RowFormatException(column, $"{value} is out of range");
    }
}
