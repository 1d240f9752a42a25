using System.ComponentModel;
using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace Laminar;

/// <summary>
/// Columns of an Arrow batch as plain arrays of C# values, for generated loops: the batch's own memory where it has just that form,
/// otherwise converted once per batch into arrays that are kept. Valid while the reader is.
/// </summary>
/// <remarks>
/// A row with a value that can't be read (NULL in a NOT NULL column, out of range) is found before the loop comes to it: the loop runs up to it,
/// what becomes of it is decided outside, and a column is converted on from behind it. So the loop itself checks nothing.
/// </remarks>
[EditorBrowsable(EditorBrowsableState.Never)]
public sealed unsafe class ArrowScratch
{
    private ColumnProgress[] _columns = [];
    private int _rows;
    private int _start;
    private int _badColumn;

    /// <summary>The first row from the start on that can't be read in a column in use, of those looked at; the batch's rows where there is none.</summary>
    internal int Bad { get; private set; }

    /// <summary>Whether no row from the start on is known to be unreadable.</summary>
    internal bool IsReadable => Bad >= _rows;

    /// <summary>What is wrong with <see cref="Bad"/>.</summary>
    internal RowFormatException BadError => _columns[_badColumn].Error ?? new RowFormatException(_badColumn, "NULL in a NOT NULL column");

    /// <summary>The first value of a NOT NULL number column. Those of rows from <see cref="End"/> on mean nothing.</summary>
    /// <typeparam name="T">The column's C# type.</typeparam>
    public ref T Values<T>(ref ArrowRowReader reader, int column)
        where T : unmanaged
    {
        ref readonly ArrowColumn source = ref reader.Column(column);
        if (source.Form == FormOf<T>())
        {
            CheckNulls(in source, column);
            return ref ((T*)source.Values)[source.Start];
        }

        return ref Converted<T, ReadNumber<T>>(ref reader, column);
    }

    /// <summary>The first value of a nullable number column. Those of rows from <see cref="End"/> on mean nothing.</summary>
    public ref T? NullableValues<T>(ref ArrowRowReader reader, int column)
        where T : unmanaged => ref Converted<T?, ReadNullableNumber<T>>(ref reader, column);

    /// <summary>The values of a NOT NULL timestamp column: as they lie in the batch where all are in range, otherwise converted.</summary>
    public TickColumn Ticks(ref ArrowRowReader reader, int column)
    {
        ref readonly ArrowColumn source = ref reader.Column(column);
        if (source.Form == ArrowForm.I64 && source.TicksPerUnit > 0 && IsWithin(in source, column, DateTime.MaxValue.Ticks - DateTime.UnixEpoch.Ticks))
        {
            CheckNulls(in source, column);
            return new TickColumn(ref ((long*)source.Values)[source.Start], source.TicksPerUnit, DateTime.UnixEpoch.Ticks);
        }

        return new TickColumn(ref Converted<long, ReadTimestamp>(ref reader, column), 1, 0);
    }

    /// <summary>The first value of a nullable timestamp column, in ticks. Those of rows from <see cref="End"/> on mean nothing.</summary>
    public ref long? NullableTicks(ref ArrowRowReader reader, int column) => ref Converted<long?, ReadNullableTimestamp>(ref reader, column);

    /// <summary>
    /// Up to where rows can be read, of those from where the loop starts: to the first one with NULL in a NOT NULL column or a value out of range.
    /// Text that isn't UTF-8 is found when it is read.
    /// </summary>
    /// <param name="reader">The batch.</param>
    /// <param name="used">By ordinal, which columns the loop reads. Called after those that are read as arrays have been asked for.</param>
    public int End(ref ArrowRowReader reader, ReadOnlySpan<bool> used)
    {
        for (int column = 0; column < used.Length; column++)
        {
            if (used[column])
            {
                CheckValues(ref reader, column);
            }
        }

        return Bad;
    }

    /// <summary>A new batch.</summary>
    internal void Begin(int rows)
    {
        _rows = rows;
        for (int column = 0; column < _columns.Length; column++)
        {
            _columns[column] = new ColumnProgress { Buffer = _columns[column].Buffer, Bad = -1 };
        }
    }

    /// <summary>The loop goes on at a row; what is before it is done with.</summary>
    internal void StartAt(int row)
    {
        _start = row;
        _badColumn = -1;
        Bad = _rows;
    }

    /// <summary>A column that is read value by value: whether every value can be read is looked at here.</summary>
    private void CheckValues(ref ArrowRowReader reader, int column)
    {
        ref readonly ArrowColumn source = ref reader.Column(column);
        switch (source.Type)
        {
            case ColumnType.Boolean or ColumnType.Text or ColumnType.Bytes:
            case ColumnType.Uuid when source.Form == ArrowForm.Fixed:
            case ColumnType.Date when IsWithin(in source, column, DateTime.MaxValue.Ticks - DateTime.UnixEpoch.Ticks):
            case ColumnType.Time when IsWithin(in source, column, TimeSpan.TicksPerDay - 1):
            case ColumnType.Interval when IsWithin(in source, column, long.MaxValue):
            case ColumnType.Decimal when AreSmall(in source, column):
                CheckNulls(in source, column);
                break;
            case ColumnType.Uuid or ColumnType.Date or ColumnType.Time or ColumnType.Interval or ColumnType.Decimal:
            case ColumnType.Json or ColumnType.Array or ColumnType.Map or ColumnType.Row:
                Walk<bool, TryValue>(ref reader, column, []);
                break;
        }
    }

    /// <summary>Values that are read as they are can only be bad by being NULL.</summary>
    private void CheckNulls(in ArrowColumn source, int column)
    {
        ref ColumnProgress at = ref At(column);
        if (at.Bad < _start)
        {
            at.Bad = source.FirstRefusedNull(_start, _rows);
        }

        Note(in at, column);
    }

    private ref T Converted<T, TRead>(ref ArrowRowReader reader, int column)
        where TRead : struct, IRead<T>
    {
        ref ColumnProgress at = ref At(column);
        if (at.Buffer is not T[] values || values.Length < Math.Max(_rows, 1))
        {
            at.Buffer = values = new T[Math.Max(_rows, 1)];
        }

        Walk<T, TRead>(ref reader, column, values);
        return ref values[0];
    }

    /// <summary>Reads values up to the first that can't be, if that isn't known yet.</summary>
    /// <param name="reader">The batch.</param>
    /// <param name="column">Its ordinal.</param>
    /// <param name="values">Where to, by row; empty: nowhere.</param>
    private void Walk<T, TRead>(ref ArrowRowReader reader, int column, T[] values)
        where TRead : struct, IRead<T>
    {
        ref ColumnProgress at = ref At(column);
        if (at.Bad < _start)
        {
            at.Error = null;
            at.Bad = reader.Column(column).FirstRefusedNull(_start, _rows);
            try
            {
                Read<T, TRead>(ref reader, column, values, at.Bad);
            }
            catch (RowFormatException error)
            {
                at.Bad = reader.Row;
                at.Error = error;
            }
        }

        Note(in at, column);
    }

    private void Read<T, TRead>(ref ArrowRowReader reader, int column, T[] values, int end)
        where TRead : struct, IRead<T>
    {
        for (int row = _start; row < end; row++)
        {
            reader.Row = row;
            T value = TRead.Read(ref reader, column);
            if (row < values.Length)
            {
                values[row] = value;
            }
        }
    }

    private void Note(in ColumnProgress at, int column)
    {
        if (at.Bad < Bad || (at.Bad == Bad && column < _badColumn))
        {
            Bad = at.Bad;
            _badColumn = column;
        }
    }

    /// <summary>Whether all values of a column with a unit are from 0 to a greatest one, in ticks: times since 1970 mostly are.</summary>
    private bool IsWithin(in ArrowColumn source, int column, long greatest)
    {
        ref ColumnProgress at = ref At(column);
        if (at.Range == RangeKnown.No)
        {
            return false;
        }

        if (at.Range == RangeKnown.Yes)
        {
            return true;
        }

        long unit = source.TicksPerUnit;
        long limit = unit > 0 ? greatest / unit : greatest <= long.MaxValue / -unit ? ((greatest + 1) * -unit) - 1 : long.MaxValue;
        bool within = source.Form switch
        {
            ArrowForm.I64 => AreWithin(new ReadOnlySpan<long>((long*)source.Values + source.Start, _rows), limit),
            ArrowForm.I32 => AreWithin(new ReadOnlySpan<int>((int*)source.Values + source.Start, _rows), (int)Math.Min(limit, int.MaxValue)),
            _ => false,
        };
        at.Range = within ? RangeKnown.Yes : RangeKnown.No;
        return within;
    }

    /// <summary>Whether all decimals of a column have at most 96 bits, so that none can be refused.</summary>
    private bool AreSmall(in ArrowColumn source, int column)
    {
        if (source.Form is not (ArrowForm.Decimal128 or ArrowForm.Decimal256))
        {
            return source.Form != ArrowForm.Null;
        }

        ref ColumnProgress at = ref At(column);
        if (at.Range == RangeKnown.Unasked)
        {
            bool small = source.Form == ArrowForm.Decimal128 && source.Scale is >= 0 and <= 28;
            var values = (Int128*)source.Values + source.Start;
            var most = new Int128(uint.MaxValue, ulong.MaxValue);
            for (int row = 0; small && row < _rows; row++)
            {
                small = Unsafe.ReadUnaligned<Int128>(values + row) is var value && value <= most && value >= -most;
            }

            at.Range = small ? RangeKnown.Yes : RangeKnown.No;
        }

        return at.Range == RangeKnown.Yes;
    }

    /// <summary>Whether all values are from 0 to a greatest one: just then neither a value nor what it is short of that has its sign set.</summary>
    private static bool AreWithin<T>(ReadOnlySpan<T> values, T greatest)
        where T : unmanaged, IBinaryInteger<T>, ISignedNumber<T>
    {
        int i = 0;
        ref T first = ref MemoryMarshal.GetReference(values);
        Vector<T> limit = new(greatest);
        Vector<T> signs = Vector<T>.Zero;
        Vector<T> otherSigns = Vector<T>.Zero;
        for (; i <= values.Length - (2 * Vector<T>.Count); i += 2 * Vector<T>.Count)
        {
            Vector<T> some = Vector.LoadUnsafe(ref first, (nuint)i);
            Vector<T> others = Vector.LoadUnsafe(ref first, (nuint)(i + Vector<T>.Count));
            signs |= some | (limit - some);
            otherSigns |= others | (limit - others);
        }

        bool within = !Vector.LessThanAny(signs | otherSigns, Vector<T>.Zero);
        for (; i < values.Length; i++)
        {
            within &= values[i] >= T.Zero && values[i] <= greatest;
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

    private ref ColumnProgress At(int column)
    {
        int known = _columns.Length;
        if (column >= known)
        {
            System.Array.Resize(ref _columns, column + 1);
            for (; known < _columns.Length; known++)
            {
                _columns[known].Bad = -1;
            }
        }

        return ref _columns[column];
    }

    private enum RangeKnown : byte
    {
        Unasked,
        Yes,
        No,
    }

    /// <summary>How far one column of the batch has been looked at.</summary>
    private struct ColumnProgress
    {
        /// <summary>Converted values, kept over batches.</summary>
        public System.Array? Buffer;

        /// <summary>The row that can't be read, all before it being done; the batch's rows when there is none; -1 when nothing is known.</summary>
        public int Bad;

        /// <summary>What is wrong with it; null: it is NULL.</summary>
        public RowFormatException? Error;

        /// <summary>Whether all values are in range.</summary>
        public RangeKnown Range;
    }
}
