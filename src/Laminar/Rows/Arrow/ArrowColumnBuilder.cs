using System.Buffers.Binary;
using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Text;
using Apache.Arrow;
using Apache.Arrow.Types;
using Laminar.Functions;
using Array = System.Array;

namespace Laminar;

/// <summary>Collects one column's values in Arrow's layout, so that building a batch hands the buffers over without a copy.</summary>
/// <param name="name">For messages.</param>
/// <param name="type">What it builds.</param>
/// <param name="column">The row's column, which says what is inside a nested one.</param>
internal sealed class ArrowColumnBuilder(string name, IArrowType type, RowColumn? column = null)
{
    private static readonly UTF8Encoding Strict = new(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);

    private readonly bool _variable = type is StringType or BinaryType or ListType or MapType;
    private readonly ArrowColumnBuilder[] _inside = [.. column?.Elements.Select(e => new ArrowColumnBuilder(e.Name, ArrowSchema.TypeOf(e), e)) ?? []];
    private readonly Decimal128Type? _decimal = type as Decimal128Type;
    private byte[] _values = [];
    private byte[] _validity = [];
    private int[] _offsets = new int[64];
    private int _bytes;
    private int _nulls;

    /// <summary>Values held, NULLs included.</summary>
    public int Count { get; private set; }

    /// <summary>Bytes of values held.</summary>
    public int Bytes => _bytes;

    public void AddNull()
    {
        switch (type)
        {
            case BooleanType:
                AddBit(false, valid: false);
                return;
            case StringType or BinaryType or ListType or MapType:
                break;
            case StructType:
                System.Array.ForEach(_inside, i => i.AddNull());
                break;
            default:
                int width = ((FixedWidthType)type).BitWidth / 8;
                Reserve(width).Clear();
                _bytes += width;
                break;
        }

        End(valid: false);
    }

    public void AddBit(bool value, bool valid = true)
    {
        _bytes = (Count >> 3) + 1;
        if (_bytes > _values.Length)
        {
            Array.Resize(ref _values, Math.Max(64, _values.Length * 2));
        }

        if (value)
        {
            _values[Count >> 3] |= (byte)(1 << (Count & 7));
        }

        End(valid);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void Add<T>(T value)
        where T : unmanaged
    {
        MemoryMarshal.Write(Reserve(Unsafe.SizeOf<T>()), in value);
        _bytes += Unsafe.SizeOf<T>();
        End(valid: true);
    }

    public void AddBytes(ReadOnlySpan<byte> value)
    {
        value.CopyTo(Reserve(value.Length));
        _bytes += value.Length;
        End(valid: true);
    }

    /// <exception cref="LaminarException">The text has a lone surrogate.</exception>
    public void AddText(string value)
    {
        try
        {
            _bytes += Strict.GetBytes(value, Reserve(Strict.GetByteCount(value)));
        }
        catch (EncoderFallbackException e)
        {
            throw new LaminarException($"Column {name}: the text has half a surrogate pair, which no encoding can write.", e);
        }

        End(valid: true);
    }

    /// <summary>A list, map or struct.</summary>
    public void AddNested(object value)
    {
        var writer = new ArrowRowWriter(_inside);
        if (value is SqlMap map)
        {
            for (int i = 0; i < map.Keys.Length; i++)
            {
                BoxedRows.Put(ref writer, 0, column!.Elements[0], map.Keys[i]);
                BoxedRows.Put(ref writer, 1, column.Elements[1], map.Values[i]);
            }
        }
        else
        {
            var items = (object?[])value;
            for (int i = 0; i < items.Length; i++)
            {
                int inside = type is StructType ? i : 0;
                BoxedRows.Put(ref writer, inside, column!.Elements[inside], items[i]);
            }
        }

        End(valid: true);
    }

    /// <exception cref="LaminarException">The value needs more digits than the column has.</exception>
    public void AddDecimal(decimal value)
    {
        Span<int> bits = stackalloc int[4];
        decimal.GetBits(value, bits);
        Int128 unscaled = ((Int128)(uint)bits[2] << 64) | ((Int128)(uint)bits[1] << 32) | (uint)bits[0];
        int scale = (bits[3] >> 16) & 0x7F;
        for (; scale > _decimal!.Scale; scale--)
        {
            (unscaled, Int128 rest) = Int128.DivRem(unscaled, 10);
            if (rest != 0)
            {
                throw Unfit(value);
            }
        }

        for (; scale < _decimal.Scale; scale++)
        {
            unscaled = unscaled <= Int128.MaxValue / 10 ? unscaled * 10 : throw Unfit(value);
        }

        if (unscaled >= (Int128)BigInteger.Pow(10, _decimal.Precision))
        {
            throw Unfit(value);
        }

        Span<byte> place = Reserve(16);
        BinaryPrimitives.WriteInt128LittleEndian(place, value < 0 ? -unscaled : unscaled);
        _bytes += 16;
        End(valid: true);
    }

    /// <summary>The column as an array; the builder is empty afterwards.</summary>
    public IArrowArray Build()
    {
        ArrowBuffer validity = _nulls == 0 ? ArrowBuffer.Empty : new ArrowBuffer(_validity.AsMemory(0, (Count + 7) / 8));
        var values = new ArrowBuffer(_values.AsMemory(0, _bytes));
        ArrowBuffer[] buffers = _variable
            ? [validity, new ArrowBuffer(MemoryMarshal.AsBytes(_offsets.AsSpan(0, Count + 1)).ToArray()), values]
            : [validity, values];
        if (_inside.Length > 0)
        {
            return BuildNested(validity);
        }

        IArrowArray built = ArrowArrayFactory.BuildArray(new ArrayData(type, Count, _nulls, 0, buffers));
        _values = [];
        _validity = [];
        (_bytes, _nulls, Count) = (0, 0, 0);
        return built;
    }

    /// <summary>Takes back the values of a row that failed half way.</summary>
    public void Truncate(int count)
    {
        if (count >= Count)
        {
            return;
        }

        for (int i = count; i < Count; i++)
        {
            if (i >> 3 < _validity.Length && (_validity[i >> 3] & (1 << (i & 7))) == 0)
            {
                _validity[i >> 3] |= (byte)(1 << (i & 7));
                _nulls--;
            }

            if (type is BooleanType)
            {
                _values[i >> 3] &= (byte)~(1 << (i & 7));
            }
        }

        for (int i = 0; i < _inside.Length; i++)
        {
            _inside[i].Truncate(_variable ? _offsets[count] : count);
        }

        _bytes = _inside.Length > 0 ? 0
            : _variable ? _offsets[count]
            : type is BooleanType ? (count + 7) / 8
            : count * (((FixedWidthType)type).BitWidth / 8);
        Count = count;
    }

    private LaminarException Unfit(decimal value) => new($"Column {name}: {value} doesn't fit DECIMAL({_decimal!.Precision}, {_decimal.Scale}).");

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private Span<byte> Reserve(int bytes)
    {
        if (_values.Length - _bytes < bytes)
        {
            Grow(bytes);
        }

        return _values.AsSpan(_bytes, bytes);
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private void Grow(int bytes)
    {
        long needed = (long)_bytes + bytes;
        if (needed > Array.MaxLength)
        {
            throw new LaminarException($"Column {name} has more than 2 GiB in one batch; build smaller batches.");
        }

        Array.Resize(ref _values, (int)Math.Min(Array.MaxLength, Math.Max(needed, Math.Max(1024, _values.Length * 2L))));
    }

    private void End(bool valid)
    {
        int index = Count++;
        if (!valid || _nulls > 0)
        {
            Mark(index, valid);
        }

        if (_variable)
        {
            if (_offsets.Length <= Count)
            {
                Array.Resize(ref _offsets, _offsets.Length * 2);
            }

            _offsets[Count] = _inside.Length > 0 ? _inside[0].Count : _bytes;
        }
    }

    private IArrowArray BuildNested(ArrowBuffer validity)
    {
        int entries = _inside[0].Count;
        ArrayData[] inside = [.. _inside.Select(i => i.Build().Data)];
        if (type is MapType map)
        {
            inside = [new ArrayData(map.KeyValueType, entries, 0, 0, [ArrowBuffer.Empty], inside)];
        }

        ArrowBuffer[] buffers = _variable ? [validity, new ArrowBuffer(MemoryMarshal.AsBytes(_offsets.AsSpan(0, Count + 1)).ToArray())] : [validity];
        IArrowArray built = ArrowArrayFactory.BuildArray(new ArrayData(type, Count, _nulls, 0, buffers, inside));
        _validity = [];
        (_bytes, _nulls, Count) = (0, 0, 0);
        return built;
    }

    private void Mark(int index, bool valid)
    {
        int needed = (index >> 3) + 1;
        if (_validity.Length < needed)
        {
            // Bytes are born with every bit set: rows before the first NULL were valid.
            int old = _validity.Length;
            Array.Resize(ref _validity, Math.Max(needed, Math.Max(64, old * 2)));
            _validity.AsSpan(old).Fill(0xFF);
        }

        if (valid)
        {
            _validity[index >> 3] |= (byte)(1 << (index & 7));
        }
        else
        {
            _validity[index >> 3] &= (byte)~(1 << (index & 7));
            _nulls++;
        }
    }
}
