using System.ComponentModel;
using System.Runtime.InteropServices;

namespace Laminar.State;

/// <summary>
/// The distinct values of many sets (one per group and pane) in one unmanaged table: records of (set, value) found through an index of
/// record numbers with linear probing, chained per set so that a set is merged and freed by walking its own values. A value is two words;
/// texts are numbered by <see cref="TextNumbers"/>.
/// </summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public sealed unsafe class DistinctSet : IGroupStore, IDisposable
{
    private Record* _records;
    private uint* _index;
    private int _capacity = 64;
    private int _used;
    private int _live;
    private int _free;
    private uint _mask;
    private long _owners;

    public DistinctSet()
    {
        _records = (Record*)NativeMemory.Alloc((nuint)_capacity * (nuint)sizeof(Record));
        NewIndex(128);
    }

    ~DistinctSet() => Free();

    /// <summary>Bytes held.</summary>
    public long Bytes => ((long)_capacity * sizeof(Record)) + ((_mask + 1L) * sizeof(uint));

    /// <summary>Values of all sets.</summary>
    public int Count => _live;

    /// <summary>A decimal as two words, equal for equal numbers whatever their scale.</summary>
    public static (ulong Low, ulong High) Words(decimal value)
    {
        // Flags (the scale is their third byte) and the highest 32 bits; the lowest 64 bits.
        (ulong Low, ulong High) words = MemoryMarshal.Read<(ulong, ulong)>(MemoryMarshal.AsBytes(new ReadOnlySpan<decimal>(in value)));
        if (words.High == 0 && words.Low >> 32 == 0)
        {
            return default; // 0, whatever its scale and sign
        }

        if ((words.Low & 0xFF0000) == 0 || (words.High & 1) != 0)
        {
            return words; // no decimals, or odd: there is no trailing zero to strip
        }

        // Dividing by 1 with 28 decimals strips trailing zeros.
        decimal stripped = value / 1.0000000000000000000000000000m;
        return MemoryMarshal.Read<(ulong, ulong)>(MemoryMarshal.AsBytes(new ReadOnlySpan<decimal>(in stripped)));
    }

    /// <summary>A UUID as two words.</summary>
    public static (ulong Low, ulong High) Words(Guid value) => MemoryMarshal.Read<(ulong, ulong)>(MemoryMarshal.AsBytes(new ReadOnlySpan<Guid>(in value)));

    /// <summary>A double as a word: NaN is one value, -0.0 is 0.0.</summary>
    public static ulong Word(double value) => BitConverter.DoubleToUInt64Bits(Laminar.Functions.SqlCompare.Canonical(value));

    /// <summary>Adds a value; false when the set has it.</summary>
    public bool Add(ref DistinctHandle set, (ulong Low, ulong High) value) => Add(ref set, value.Low, value.High);

    /// <summary>Adds a value; false when the set has it.</summary>
    public bool Add(ref DistinctHandle set, ulong low, ulong high = 0)
    {
        if (set.Owner == 0)
        {
            set.Owner = ++_owners;
        }

        uint hash = Hash(set.Owner, low, high);
        uint position = hash & _mask;
        while (_index[position] is var reference && reference != 0)
        {
            Record* found = _records + reference - 1;
            if (found->Low == low && found->Owner == set.Owner && found->High == high)
            {
                return false;
            }

            position = (position + 1) & _mask;
        }

        Insert(ref set, position, low, high, 1);
        return true;
    }

    /// <summary>Adds a value as often as it says; false when the set had it already.</summary>
    public bool AddTimes(ref DistinctHandle set, ulong low, ulong high = 0, uint times = 1)
    {
        if (set.Owner == 0)
        {
            set.Owner = ++_owners;
        }

        uint position = Hash(set.Owner, low, high) & _mask;
        while (_index[position] is var reference && reference != 0)
        {
            Record* found = _records + reference - 1;
            if (found->Low == low && found->Owner == set.Owner && found->High == high)
            {
                found->Times = found->Times <= uint.MaxValue - times ? found->Times + times : throw new StateLimitException("A value came more than 4,294,967,295 times.");
                return false;
            }

            position = (position + 1) & _mask;
        }

        Insert(ref set, position, low, high, times);
        return true;
    }

    /// <inheritdoc cref="AddTimes(ref DistinctHandle, ulong, ulong, uint)"/>
    public bool AddTimes(ref DistinctHandle set, (ulong Low, ulong High) value) => AddTimes(ref set, value.Low, value.High);

    /// <summary>How often the value of a record was added by <see cref="AddTimes(ref DistinctHandle, ulong, ulong, uint)"/>.</summary>
    public uint TimesOf(int record) => _records[record - 1].Times;

    /// <summary>Adds every value of another set as often as that has it.</summary>
    public void MergeCounts(ref DistinctHandle set, in DistinctHandle other)
    {
        for (int record = other.Head; record != 0; record = _records[record - 1].Next)
        {
            AddTimes(ref set, _records[record - 1].Low, _records[record - 1].High, _records[record - 1].Times);
        }
    }

    /// <summary>The same for numbered texts: each text that is added gets one more user.</summary>
    public void MergeCounts(ref DistinctHandle set, in DistinctHandle other, TextNumbers texts)
    {
        for (int record = other.Head; record != 0; record = _records[record - 1].Next)
        {
            ulong number = _records[record - 1].Low;
            if (AddTimes(ref set, number, times: _records[record - 1].Times))
            {
                texts.Share((int)number);
            }
        }
    }

    /// <summary>The value of a record, which a walk from <see cref="DistinctHandle.Head"/> over <see cref="Next"/> comes by.</summary>
    public (ulong Low, ulong High) this[int record] => (_records[record - 1].Low, _records[record - 1].High);

    /// <summary>The record of the same set behind one, which was added before it; 0 behind the last.</summary>
    public int Next(int record) => _records[record - 1].Next;

    /// <summary>The UUID of two words.</summary>
    public static Guid ToGuid((ulong Low, ulong High) words) => MemoryMarshal.Read<Guid>(MemoryMarshal.AsBytes(new ReadOnlySpan<(ulong, ulong)>(in words)));

    /// <summary>The decimal behind <see cref="Words(decimal)"/>, without trailing zeros.</summary>
    public static decimal ToDecimal((ulong Low, ulong High) words) => MemoryMarshal.Read<decimal>(MemoryMarshal.AsBytes(new ReadOnlySpan<(ulong, ulong)>(in words)));

    /// <summary>Adds every value of another set.</summary>
    public void Merge(ref DistinctHandle set, in DistinctHandle other)
    {
        for (int record = other.Head; record != 0; record = _records[record - 1].Next)
        {
            Add(ref set, _records[record - 1].Low, _records[record - 1].High);
        }
    }

    /// <summary>The same for numbered texts: each text that is added gets one more user.</summary>
    public void Merge(ref DistinctHandle set, in DistinctHandle other, TextNumbers texts)
    {
        for (int record = other.Head; record != 0; record = _records[record - 1].Next)
        {
            ulong number = _records[record - 1].Low;
            if (Add(ref set, number))
            {
                texts.Share((int)number);
            }
        }
    }

    /// <summary>Empties a set.</summary>
    public void Free(ref DistinctHandle set)
    {
        for (int next = set.Head; next != 0;)
        {
            int record = next - 1;
            next = _records[record].Next;
            Remove(record);
        }

        set = default;
    }

    /// <summary>Empties a set of numbered texts.</summary>
    public void Free(ref DistinctHandle set, TextNumbers texts)
    {
        for (int next = set.Head; next != 0;)
        {
            int record = next - 1;
            next = _records[record].Next;
            texts.Release((int)_records[record].Low);
            Remove(record);
        }

        set = default;
    }

    public void Save(StateWriter state)
    {
        state.Write(_used);
        state.Write(_live);
        state.Write(_free);
        state.Write(_owners);
        state.Raw(_records, (long)_used * sizeof(Record));
    }

    /// <summary>Into a fresh table.</summary>
    public void Load(StateReader state)
    {
        _used = state.ReadCount();
        _live = state.Read<int>();
        _free = state.Read<int>();
        _owners = state.Read<long>();
        if (_live < 0 || _live > _used || _free < 0 || _free > _used)
        {
            throw state.Damaged();
        }

        Reserve(_used);
        state.Raw(_records, (long)_used * sizeof(Record));
        uint size = _mask + 1;
        while ((uint)_live * 2 > size - 1)
        {
            size *= 2;
        }

        NewIndex(size);
    }

    public void Dispose()
    {
        Free();
        GC.SuppressFinalize(this);
    }

    private static uint Hash(long owner, ulong low, ulong high)
    {
        ulong mixed = ((low ^ (high * 0xC2B2AE3D27D4EB4F)) * 0x9E3779B97F4A7C15) ^ ((ulong)owner * 0xD6E8FEB86659FD93);
        return (uint)((mixed ^ (mixed >> 29)) * 0x9E3779B97F4A7C15 >> 32);
    }

    private void Insert(ref DistinctHandle set, uint position, ulong low, ulong high, uint times)
    {
        int record = Take();
        _records[record] = new Record { Owner = set.Owner, Low = low, High = high, Next = set.Head, Times = times };
        set.Head = record + 1;
        set.Count++;
        _index[position] = (uint)record + 1;
        if (((uint)++_live * 2) > _mask)
        {
            NewIndex((_mask + 1) * 2);
        }
    }

    private int Take()
    {
        if (_free != 0)
        {
            int record = _free - 1;
            _free = _records[record].Next;
            return record;
        }

        Reserve(_used + 1);
        return _used++;
    }

    private void Reserve(int records)
    {
        if (records <= _capacity)
        {
            return;
        }

        if (records > 1 << 30)
        {
            throw new StateLimitException("A query holds more than 1,073,741,824 distinct values on one core.");
        }

        while (_capacity < records)
        {
            _capacity *= 2;
        }

        _records = (Record*)NativeMemory.Realloc(_records, (nuint)_capacity * (nuint)sizeof(Record));
    }

    private void Remove(int record)
    {
        uint position = Hash(_records[record].Owner, _records[record].Low, _records[record].High) & _mask;
        while (_index[position] != (uint)record + 1)
        {
            position = (position + 1) & _mask;
        }

        CloseGap(position);
        _records[record].Owner = 0;
        _records[record].Next = _free;
        _free = record + 1;
        _live--;
    }

    private void CloseGap(uint gap)
    {
        uint position = gap;
        while (true)
        {
            position = (position + 1) & _mask;
            uint reference = _index[position];
            if (reference == 0)
            {
                break;
            }

            Record* moved = _records + reference - 1;
            uint home = Hash(moved->Owner, moved->Low, moved->High) & _mask;
            if (((position - home) & _mask) >= ((position - gap) & _mask))
            {
                _index[gap] = reference;
                gap = position;
            }
        }

        _index[gap] = 0;
    }

    private void NewIndex(uint size)
    {
        NativeMemory.Free(_index);
        _index = (uint*)NativeMemory.AllocZeroed(size, sizeof(uint));
        _mask = size - 1;
        for (int record = 0; record < _used; record++)
        {
            Record* moved = _records + record;
            if (moved->Owner == 0)
            {
                continue;
            }

            uint position = Hash(moved->Owner, moved->Low, moved->High) & _mask;
            while (_index[position] != 0)
            {
                position = (position + 1) & _mask;
            }

            _index[position] = (uint)record + 1;
        }
    }

    private void Free()
    {
        NativeMemory.Free(_records);
        NativeMemory.Free(_index);
        _records = null;
        _index = null;
    }

    private struct Record
    {
        public long Owner;
        public ulong Low;
        public ulong High;

        /// <summary>Record + 1 of the set's next value, or of the next free record.</summary>
        public int Next;

        /// <summary>How often it came, where that counts.</summary>
        public uint Times;
    }
}
