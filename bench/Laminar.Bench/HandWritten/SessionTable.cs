using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace Laminar.Bench.HandWritten;

internal struct SessionEntry
{
    public long Key;
    public long Count;
    public long Start;
    public long Last;
    public long Sum;
}

/// <summary>
/// Sessions of keys, for rows in order: an entry per key in a list, an index of their numbers, and one timer per open session in a wheel of seconds,
/// which is set anew when it fires too early. A key's entry waits for it to come back.
/// </summary>
public sealed class SessionTable
{
    private const long Gap = 10 * TimeSpan.TicksPerSecond;
    private const int Wheel = 16;

    private readonly List<int>[] _wheel = [.. Enumerable.Range(0, Wheel).Select(_ => new List<int>())];
    private readonly List<int> _fired = [];
    private SessionEntry[] _entries = new SessionEntry[1 << 12];
    private int[] _index = new int[1 << 14];
    private int _used;
    private long _second;

    public long Rows { get; private set; }

    public long Checksum { get; private set; }

    /// <summary>The first time at which the wheel must turn.</summary>
    public long NextSecond => (_second + 1) * TimeSpan.TicksPerSecond;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void Add(long key, long ticks, long price)
    {
        ref int index = ref MemoryMarshal.GetArrayDataReference(_index);
        ref SessionEntry entries = ref MemoryMarshal.GetArrayDataReference(_entries);
        uint mask = (uint)_index.Length - 1;
        for (uint i = KeyHashing.Of(key) & mask; ; i = (i + 1) & mask)
        {
            int number = Unsafe.Add(ref index, i);
            if (number == 0)
            {
                Begin(i, key, ticks, price);
                return;
            }

            ref SessionEntry entry = ref Unsafe.Add(ref entries, number - 1);
            if (entry.Key != key)
            {
                continue;
            }

            if (entry.Count == 0 || ticks - entry.Last >= Gap)
            {
                Renew(ref entry, number - 1, ticks, price);
                return;
            }

            entry.Count++;
            entry.Last = ticks;
            entry.Sum += price;
            return;
        }
    }

    /// <summary>Closes what has ended.</summary>
    public void Turn(long ticks)
    {
        long second = ticks / TimeSpan.TicksPerSecond;
        for (long s = Math.Max(_second + 1, second - Wheel + 1); s <= second; s++)
        {
            List<int> bucket = _wheel[s & (Wheel - 1)];
            _fired.AddRange(bucket);
            bucket.Clear();
        }

        _second = second;
        foreach (int slot in _fired)
        {
            ref SessionEntry entry = ref _entries[slot];
            if (entry.Count == 0)
            {
                continue;
            }

            if (entry.Last + Gap <= ticks)
            {
                Emit(ref entry);
            }
            else
            {
                Arm(slot, entry.Last + Gap);
            }
        }

        _fired.Clear();
    }

    public Outcome Finish()
    {
        foreach (ref SessionEntry entry in _entries.AsSpan(0, _used))
        {
            if (entry.Count > 0)
            {
                Emit(ref entry);
            }
        }

        return new Outcome(Rows, Checksum);
    }

    private void Emit(ref SessionEntry entry)
    {
        Rows++;
        Checksum += entry.Key + entry.Start + entry.Last + Gap + entry.Count + entry.Sum;
        entry.Count = 0;
    }

    private void Arm(int slot, long end) => _wheel[Math.Max(_second + 1, (end / TimeSpan.TicksPerSecond) + 1) & (Wheel - 1)].Add(slot);

    [MethodImpl(MethodImplOptions.NoInlining)]
    private void Renew(ref SessionEntry entry, int slot, long ticks, long price)
    {
        bool isArmed = entry.Count > 0;
        if (isArmed)
        {
            Emit(ref entry);
        }

        entry = new SessionEntry { Key = entry.Key, Count = 1, Start = ticks, Last = ticks, Sum = price };
        if (!isArmed)
        {
            Arm(slot, ticks + Gap);
        }
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private void Begin(uint position, long key, long ticks, long price)
    {
        if (_used == _entries.Length)
        {
            Array.Resize(ref _entries, _used * 2);
        }

        _entries[_used] = new SessionEntry { Key = key, Count = 1, Start = ticks, Last = ticks, Sum = price };
        _index[position] = ++_used;
        Arm(_used - 1, ticks + Gap);
        if (_used > _index.Length / 2)
        {
            Grow();
        }
    }

    private void Grow()
    {
        _index = new int[_index.Length * 2];
        uint mask = (uint)_index.Length - 1;
        for (int slot = 0; slot < _used; slot++)
        {
            uint i = KeyHashing.Of(_entries[slot].Key) & mask;
            while (_index[i] != 0)
            {
                i = (i + 1) & mask;
            }

            _index[i] = slot + 1;
        }
    }
}
