using System.ComponentModel;
using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace Laminar.State;

/// <summary>
/// The groups of one block of panes (where windows share nothing: of one window): fixed-size entries side by side in unmanaged memory, in
/// order of first sight, and an open-addressing index of their slots (double hashing, at most half full). Closing a window walks its entries
/// from first to last and forgets them all at once, so nothing is ever taken out of the index alone.
/// </summary>
/// <remarks>
/// Lookups are written out by generated code with <see cref="BeforeEntries"/>, <see cref="Index"/> and <see cref="Mask"/> in locals, which
/// must be reloaded after <see cref="Add(uint)"/>. Not thread-safe.
/// </remarks>
/// <typeparam name="TEntry">Key and panes.</typeparam>
[EditorBrowsable(EditorBrowsableState.Never)]
public sealed unsafe class GroupBlock<TEntry>
    where TEntry : unmanaged, IGroupEntry<TEntry>
{
    private const int MinimumSlots = 4;

    /// <summary>Slots are ints, and half of the index stays empty.</summary>
    private const int MaximumSlots = 1 << 30;

    private readonly int _textsPerEntry;
    private readonly TextBuffer? _bytes;
    private TEntry* _entries;
    private uint* _index;
    private string?[] _texts;
    private int _capacity;

    /// <param name="texts">Text keys of an entry.</param>
    internal GroupBlock(int texts)
    {
        _textsPerEntry = texts;
        _bytes = texts > 0 ? new TextBuffer() : null;
        _texts = new string?[texts * MinimumSlots];
        Resize(MinimumSlots);
    }

    /// <summary>floor(pane / panes per block).</summary>
    public long Number { get; internal set; }

    /// <summary>Entries: they lie in the slots from 0 on.</summary>
    public int Count { get; private set; }

    /// <summary>Index positions minus one; a power of two minus one.</summary>
    public uint Mask { get; private set; }

    /// <summary>Slot -1: what the index holds are numbers from 1 on. Moves when the block grows.</summary>
    public ref TEntry BeforeEntries => ref *(_entries - 1);

    /// <summary>Position 0 of the index: slot + 1, or 0 where empty. Moves when the block grows.</summary>
    public ref uint Index => ref *_index;

    /// <summary>The first of the text keys, as the references that rows brought, entry by entry. Moves when the block grows.</summary>
    public ref string? Texts => ref MemoryMarshal.GetArrayDataReference(_texts);

    /// <summary>Text keys as bytes; only where there are text keys.</summary>
    public TextBuffer TextBytes => _bytes!;

    /// <summary>Bytes of unmanaged memory held.</summary>
    internal long Bytes => ((long)_capacity * sizeof(TEntry)) + ((Mask + 1L) * sizeof(uint)) + (_bytes?.Bytes ?? 0);

    /// <summary>The entry in a slot.</summary>
    public ref TEntry this[int slot] => ref _entries[slot];

    /// <summary>A new zeroed entry for a key that the block doesn't have yet; the caller writes its key next.</summary>
    /// <returns>The slot.</returns>
    public int Add(uint hash) => Add(hash, EmptyPosition(hash));

    /// <summary><see cref="Add(uint)"/> where the probe for the key has ended already.</summary>
    /// <param name="hash">Of the key.</param>
    /// <param name="position">The empty position of the index that the probe ended at.</param>
    /// <returns>The slot.</returns>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public int Add(uint hash, uint position)
    {
        int slot = Count;
        if (slot == _capacity)
        {
            Grow();
            position = EmptyPosition(hash);
        }

        _entries[slot] = default;
        Count = slot + 1;
        _index[position] = (uint)slot + 1;
        return slot;
    }

    /// <summary>Adds a copy of an entry, of this block or another; the copies of one key are found in the order of their slots.</summary>
    /// <returns>The slot.</returns>
    internal int Copy(GroupBlock<TEntry> from, int slot) => Copy(from, slot, EmptyPosition(TEntry.HashOf(in from[slot])));

    /// <summary><see cref="Copy(GroupBlock{TEntry}, int)"/> where a search has ended already.</summary>
    /// <param name="from">Where the entry is.</param>
    /// <param name="slot">Its slot.</param>
    /// <param name="position">The empty position of the index that the search ended at.</param>
    /// <returns>The slot.</returns>
    internal int Copy(GroupBlock<TEntry> from, int slot, uint position)
    {
        int fresh = Add(TEntry.HashOf(in from[slot]), position);
        _entries[fresh] = from[slot];
        for (int text = 0; text < _textsPerEntry; text++)
        {
            string? kept = from._texts[(slot * _textsPerEntry) + text];
            TEntry.SetText(ref _entries[fresh], text, _bytes!.Add(kept));
            _texts[(fresh * _textsPerEntry) + text] = kept;
        }

        return fresh;
    }

    /// <summary>Whether the text keys of an entry are those of another one, of this block or another.</summary>
    internal bool HasTexts(int slot, GroupBlock<TEntry> other, int otherSlot)
    {
        for (int text = 0; text < _textsPerEntry; text++)
        {
            if (!string.Equals(_texts[(slot * _textsPerEntry) + text], other._texts[(otherSlot * _textsPerEntry) + text]))
            {
                return false;
            }
        }

        return true;
    }

    /// <summary>Forgets all entries and keeps the room.</summary>
    internal void Clear()
    {
        if ((uint)Count > Mask >> 5)
        {
            NativeMemory.Clear(_index, ((nuint)Mask + 1) * sizeof(uint));
        }
        else
        {
            // Last in, first out: what an entry was probed past is still there when it is looked for.
            for (int slot = Count - 1; slot >= 0; slot--)
            {
                uint hash = TEntry.HashOf(in _entries[slot]);
                uint position = hash & Mask;
                while (_index[position] != (uint)slot + 1)
                {
                    position = KeyHash.Next(position, hash) & Mask;
                }

                _index[position] = 0;
            }
        }

        Array.Clear(_texts, 0, Count * _textsPerEntry);
        _bytes?.Clear();
        Count = 0;
    }

    internal void Save(StateWriter state)
    {
        state.Write(Number);
        state.Write(Count);
        state.Raw(_entries, (long)Count * sizeof(TEntry));
        _bytes?.Save(state);
    }

    /// <summary>Into an empty block. The index and the references of texts were never saved: they are made from the entries.</summary>
    internal void Load(StateReader state)
    {
        Number = state.Read<long>();
        int count = state.ReadCount(sizeof(TEntry));
        if (count > _capacity)
        {
            Resize((int)BitOperations.RoundUpToPowerOf2((uint)count));
        }

        state.Raw(_entries, (long)count * sizeof(TEntry));
        Count = count;
        FillIndex();
        if (_bytes is null)
        {
            return;
        }

        _bytes.Load(state);
        for (int slot = 0; slot < count; slot++)
        {
            for (int text = 0; text < _textsPerEntry; text++)
            {
                TextHandle handle = TEntry.TextOf(in _entries[slot], text);
                _bytes.Check(handle, state);
                _texts[(slot * _textsPerEntry) + text] = _bytes.Get(handle);
            }
        }
    }

    /// <summary>Gives the memory back: the table calls it once.</summary>
    internal void Free()
    {
        NativeMemory.AlignedFree(_entries);
        NativeMemory.AlignedFree(_index);
        _bytes?.Free();
        _entries = null;
        _index = null;
    }

    private uint EmptyPosition(uint hash)
    {
        uint position = hash & Mask;
        while (_index[position] != 0)
        {
            position = KeyHash.Next(position, hash) & Mask;
        }

        return position;
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private void Grow()
    {
        if (_capacity == MaximumSlots)
        {
            throw new StateLimitException($"A window holds more than {MaximumSlots:N0} groups on one core. Use shorter windows or fewer keys.");
        }

        Resize(_capacity * 2);
        FillIndex();
    }

    private void Resize(int capacity)
    {
        // What is given back is given back last: when memory runs out on the way, the block is as it was.
        Array.Resize(ref _texts, capacity * _textsPerEntry);
        nuint positions = (nuint)capacity * 2;
        var index = (uint*)NativeMemory.AlignedAlloc(positions * sizeof(uint), 64);
        try
        {
            _entries = (TEntry*)NativeMemory.AlignedRealloc(_entries, (nuint)capacity * (nuint)sizeof(TEntry), 64);
        }
        catch (OutOfMemoryException)
        {
            NativeMemory.AlignedFree(index);
            throw;
        }

        NativeMemory.Clear(index, positions * sizeof(uint));
        NativeMemory.AlignedFree(_index);
        _index = index;
        Mask = (uint)positions - 1;
        _capacity = capacity;
    }

    private void FillIndex()
    {
        for (int slot = 0; slot < Count; slot++)
        {
            _index[EmptyPosition(TEntry.HashOf(in _entries[slot]))] = (uint)slot + 1;
        }
    }
}
