using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace Laminar.Bench.HandWritten;

/// <summary>Numbers keys from 0 on in order of first sight: an index of numbers, and the keys beside it. Forgotten whole.</summary>
public sealed class KeyNumbers
{
    private int[] _index = new int[1 << 14];
    private long[] _keys = new long[1 << 13];

    /// <summary>Keys are hashed by <see cref="Mix"/>, not by <see cref="KeyHashing"/>.</summary>
    public bool IsMixed { get; init; }

    public int Count { get; private set; }

    public ReadOnlySpan<long> Keys => _keys.AsSpan(0, Count);

    /// <summary>The key's number; a new one when it is the count before the call.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public int Of(long key, uint hash)
    {
        ref int index = ref MemoryMarshal.GetArrayDataReference(_index);
        ref long keys = ref MemoryMarshal.GetArrayDataReference(_keys);
        uint mask = (uint)_index.Length - 1;
        for (uint i = hash & mask; ; i = (i + 1) & mask)
        {
            int number = Unsafe.Add(ref index, i);
            if (number == 0)
            {
                return Add(i, key);
            }

            if (Unsafe.Add(ref keys, number - 1) == key)
            {
                return number - 1;
            }
        }
    }

    /// <summary>The key's number, or -1.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public int Find(long key, uint hash)
    {
        ref int index = ref MemoryMarshal.GetArrayDataReference(_index);
        uint mask = (uint)_index.Length - 1;
        for (uint i = hash & mask; ; i = (i + 1) & mask)
        {
            int number = Unsafe.Add(ref index, i);
            if (number == 0 || _keys[number - 1] == key)
            {
                return number - 1;
            }
        }
    }

    public void Clear()
    {
        Array.Clear(_index);
        Count = 0;
    }

    /// <summary>A hash for keys that aren't counted up: a pair in one word.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static uint Mix(long key) => (uint)((ulong)(key * -7046029254386353131) >> 32);

    [MethodImpl(MethodImplOptions.NoInlining)]
    private int Add(uint position, long key)
    {
        if (Count == _keys.Length)
        {
            Array.Resize(ref _keys, Count * 2);
        }

        _keys[Count] = key;
        _index[position] = ++Count;
        if (Count > _index.Length / 2)
        {
            Grow();
        }

        return Count - 1;
    }

    private void Grow()
    {
        int[] old = _index;
        _index = new int[old.Length * 2];
        uint mask = (uint)_index.Length - 1;
        for (int number = 1; number <= Count; number++)
        {
            uint i = (IsMixed ? Mix(_keys[number - 1]) : KeyHashing.Of(_keys[number - 1])) & mask;
            while (_index[i] != 0)
            {
                i = (i + 1) & mask;
            }

            _index[i] = number;
        }
    }
}
