using Laminar.Interpreter.Vectors;

namespace Laminar.Interpreter.State;

/// <summary>
/// Finds the slot of a (window, keys) group: a chained hash table over columns. Slots are dense, so that every key and aggregate is an array
/// indexed by slot; those of closed windows are used again.
/// </summary>
internal sealed class GroupSlots
{
    private readonly KeyColumn[] _keys;
    private readonly Stack<int> _free = new();
    private int[] _buckets = new int[64];
    private int[] _next = [];
    private uint[] _hashes = [];
    private long[] _windows = [];
    private int _used;

    public GroupSlots(KeyColumn[] keys)
    {
        _keys = keys;
        Array.Fill(_buckets, -1);
    }

    /// <summary>Called with the new capacity when slots are added.</summary>
    public Action<int>? Grown { get; set; }

    /// <summary>Groups held.</summary>
    public int Count => _used - _free.Count;

    /// <summary>The window starts that groups belong to, by slot.</summary>
    public ReadOnlySpan<long> Windows => _windows;

    public KeyColumn[] Keys => _keys;

    /// <summary>The hashes of the selected rows' keys.</summary>
    public void Hash(Vector[] keys, Selection rows, uint[] hashes)
    {
        Array.Clear(hashes);
        for (int i = 0; i < keys.Length; i++)
        {
            _keys[i].AddHashes(keys[i], rows, hashes);
        }
    }

    /// <summary>The group's slot; <paramref name="added"/> when it is its first sight.</summary>
    public int FindOrAdd(long window, uint keyHash, Vector[] keys, int row, out bool added)
    {
        uint hash = WithWindow(keyHash, window);
        for (int slot = _buckets[hash & (uint)(_buckets.Length - 1)]; slot >= 0; slot = _next[slot])
        {
            if (_hashes[slot] == hash && _windows[slot] == window && Matches(slot, keys, row))
            {
                added = false;
                return slot;
            }
        }

        added = true;
        int fresh = Take(window, hash);
        for (int i = 0; i < keys.Length; i++)
        {
            _keys[i].Set(fresh, keys[i], row);
        }

        return fresh;
    }

    public void Remove(int slot)
    {
        ref int link = ref _buckets[_hashes[slot] & (uint)(_buckets.Length - 1)];
        while (link != slot)
        {
            link = ref _next[link];
        }

        link = _next[slot];
        foreach (KeyColumn key in _keys)
        {
            key.Clear(slot);
        }

        _free.Push(slot);
    }

    public void Save(BinaryWriter writer, int slot)
    {
        foreach (KeyColumn key in _keys)
        {
            key.Save(writer, slot);
        }
    }

    /// <summary>Adds a saved group. Text hashes differ from run to run, so they are computed anew.</summary>
    public int Load(BinaryReader reader, long window)
    {
        int slot = Take(window, 0, link: false);
        uint hash = 0;
        foreach (KeyColumn key in _keys)
        {
            key.Load(reader, slot);
            hash = key.AddHash(slot, hash);
        }

        Link(slot, WithWindow(hash, window));
        return slot;
    }

    private static uint WithWindow(uint hash, long window)
    {
        ulong mixed = (ulong)window * 0x9E3779B97F4A7C15;
        uint result = hash ^ (uint)(mixed >> 32);
        return result ^ (result >> 16);
    }

    private bool Matches(int slot, Vector[] keys, int row)
    {
        for (int i = 0; i < keys.Length; i++)
        {
            if (!_keys[i].Matches(slot, keys[i], row))
            {
                return false;
            }
        }

        return true;
    }

    private int Take(long window, uint hash, bool link = true)
    {
        if (!_free.TryPop(out int slot))
        {
            slot = _used++;
            if (slot == _next.Length)
            {
                Grow();
            }
        }

        _windows[slot] = window;
        if (link)
        {
            Link(slot, hash);
        }

        return slot;
    }

    private void Link(int slot, uint hash)
    {
        _hashes[slot] = hash;
        ref int head = ref _buckets[hash & (uint)(_buckets.Length - 1)];
        _next[slot] = head;
        head = slot;
    }

    private void Grow()
    {
        int capacity = Math.Max(64, _next.Length * 2);
        var live = new bool[capacity];
        for (int bucket = 0; bucket < _buckets.Length; bucket++)
        {
            for (int slot = _buckets[bucket]; slot >= 0; slot = _next[slot])
            {
                live[slot] = true;
            }
        }

        Array.Resize(ref _next, capacity);
        Array.Resize(ref _hashes, capacity);
        Array.Resize(ref _windows, capacity);
        foreach (KeyColumn key in _keys)
        {
            key.Resize(capacity);
        }

        Grown?.Invoke(capacity);
        _buckets = new int[capacity];
        Array.Fill(_buckets, -1);
        for (int slot = 0; slot < capacity; slot++)
        {
            if (live[slot])
            {
                Link(slot, _hashes[slot]);
            }
        }
    }
}
