using System.Runtime.CompilerServices;

namespace Laminar.State;

/// <summary>
/// What the panes of a sliding window come to, per key, for functions that can't be undone too: O(1) merges per key and slide, however many panes a
/// window has.
/// </summary>
/// <remarks>
/// Two stacks (Tangwongsan, Hirzel, Schneider, Wu: General incremental sliding-window aggregation, VLDB 2015; Low-latency sliding-window aggregation in
/// worst-case constant time, DEBS 2017), turned where a multiple of the window's length in panes lies (van Herk 1992), so that what is added to what
/// depends on the panes alone and not on when anything was asked. Panes fall into segments as long as a window. Each window is the end of one segment,
/// the front, and the beginning of the next, the back. Panes are added to the total of the back as they close. When the front is used up, the back
/// becomes the front: walking its panes from the last to the first, each entry comes to hold what its key has from there to the segment's end, and knows the next
/// pane that has its key; the total holds what the first one that is left holds. A pane that leaves the window is walked once more, to pass on to the
/// next ones. So keys cost only in panes that have them.
/// </remarks>
/// <typeparam name="TEntry">Key, pane and link.</typeparam>
/// <param name="panes">The panes: those of live windows, whether they have ended or not.</param>
/// <param name="length">Panes of a window.</param>
/// <param name="texts">Text keys of an entry.</param>
internal sealed class SlidingTotals<TEntry>(GroupTable<TEntry> panes, int length, int texts) : IDisposable
    where TEntry : unmanaged, ISlidingEntry<TEntry>
{
    /// <summary>Totals of segments: of the back, and of the front where it has panes.</summary>
    private readonly GroupTable<TEntry> _totals = new(texts);

    /// <summary>Rows of one pane that came when it had been added already.</summary>
    private readonly GroupTable<TEntry> _late = new(texts);

    /// <summary>The panes of the front, by their place in it.</summary>
    private readonly GroupBlock<TEntry>?[] _frontPanes = new GroupBlock<TEntry>?[length];

    private GroupBlock<TEntry>? _front;
    private GroupBlock<TEntry>? _back;

    /// <summary>Of the back.</summary>
    private long _segment = long.MinValue;

    /// <summary>Panes before this have been added.</summary>
    private long _added = long.MinValue;

    /// <summary>Entries of the front hold what comes behind them too.</summary>
    private bool _isTurned;

    public long Bytes => _totals.Bytes + _late.Bytes;

    /// <summary>What is left of the front; null where nothing is.</summary>
    public GroupBlock<TEntry>? Front => _front is { Count: > 0 } ? _front : null;

    /// <summary>The back.</summary>
    public GroupBlock<TEntry>? Back => _back;

    private long FrontStart => (_segment - 1) * length;

    /// <summary>Whether rows of a pane come when it has been added.</summary>
    public bool IsAdded(long pane) => pane < _added;

    /// <summary>Groups for rows of a pane that has been added. They count when <see cref="AddLate"/> is called, before any others of another pane.</summary>
    public GroupBlock<TEntry> OpenLate(long pane) => _late.Open(pane);

    /// <summary>Makes totals those of a window.</summary>
    /// <param name="first">Its first pane.</param>
    /// <param name="last">Its last one.</param>
    public void MoveTo(long first, long last)
    {
        for (int i = panes.PositionOf(_added); i < panes.Count && panes[i].Number <= last; i++)
        {
            EnterSegment(PaneMath.FloorDivide(panes[i].Number, length));
            Add(panes[i]);
        }

        EnterSegment(PaneMath.FloorDivide(last, length));
        _added = last + 1;
        if (_isTurned)
        {
            RemoveBefore(first);
            return;
        }

        while (panes.Count > 0 && panes[0].Number < first)
        {
            panes.RemoveFirst();
        }

        Turn();
    }

    /// <summary>Forgets panes that no window has any more.</summary>
    public void RemoveBefore(long first)
    {
        while (panes.Count > 0 && panes[0].Number < first)
        {
            GroupBlock<TEntry> pane = panes[0];
            if (_front is not null && pane.Number >= FrontStart && pane.Number < FrontStart + length)
            {
                Pass(pane, _front);
                _frontPanes[pane.Number - FrontStart] = null;
            }

            panes.RemoveFirst();
        }

        if (panes.Count == 0)
        {
            Clear();
        }
    }

    /// <summary>Adds rows that came late for their pane: to the pane, and to whatever has it.</summary>
    public void AddLate()
    {
        GroupBlock<TEntry> late = _late[0];
        long number = late.Number;
        GroupBlock<TEntry> pane = panes.Open(number);
        bool isFront = PaneMath.FloorDivide(number, length) < _segment;
        if (isFront)
        {
            _front ??= _totals.Open(_segment - 1);
            _frontPanes[number - FrontStart] = pane;
        }

        for (int slot = 0; slot < late.Count; slot++)
        {
            if (isFront)
            {
                AddLateToFront(late, slot, pane, (int)(number - FrontStart) + 1);
            }
            else
            {
                int inPane = AddTo(pane, late, slot, out _);
                TEntry.LinkOf(ref pane[inPane]).Other = AddToBack(late, slot);
            }
        }

        _late.RemoveFirst();
    }

    public void Save(StateWriter state)
    {
        state.Write(_segment);
        state.Write(_added);
        state.Write(_isTurned);
        _totals.Save(state);
    }

    /// <summary>Behind the panes.</summary>
    public void Load(StateReader state)
    {
        _segment = state.Read<long>();
        _added = state.Read<long>();
        _isTurned = state.Read<bool>();
        _totals.Load(state);
        if (_segment == long.MinValue)
        {
            return;
        }

        _back = _totals.Find(_segment);
        _front = _totals.Find(_segment - 1);
        FindFrontPanes();
    }

    public void Dispose()
    {
        _totals.Dispose();
        _late.Dispose();
    }

    private void Clear()
    {
        while (_totals.Count > 0)
        {
            _totals.RemoveFirst();
        }

        Array.Clear(_frontPanes);
        (_front, _back) = (null, null);
        (_segment, _added) = (long.MinValue, long.MinValue);
        _isTurned = false;
    }

    /// <summary>What was the back is the front, or was passed over.</summary>
    private void EnterSegment(long segment)
    {
        if (segment == _segment)
        {
            return;
        }

        while (_totals.Count > 0 && _totals[0].Number < segment - 1)
        {
            _totals.RemoveFirst();
        }

        _segment = segment;
        _isTurned = false;
        _back = _totals.Open(segment);
        _front = _totals.Find(segment - 1);
        for (int slot = 0; slot < _front?.Count; slot++)
        {
            TEntry.LinkOf(ref _front[slot]) = default;
        }
    }

    private void FindFrontPanes()
    {
        Array.Clear(_frontPanes);
        for (int i = panes.PositionOf(FrontStart); i < panes.Count && panes[i].Number < FrontStart + length; i++)
        {
            _frontPanes[panes[i].Number - FrontStart] = panes[i];
        }
    }

    /// <summary>From the last pane of the front to the first.</summary>
    private void Turn()
    {
        _isTurned = true;
        FindFrontPanes();
        if (_front is not { } front)
        {
            return;
        }

        for (int place = length; place > 0; place--)
        {
            if (_frontPanes[place - 1] is not { } pane)
            {
                continue;
            }

            for (int slot = 0; slot < pane.Count; slot++)
            {
                ref TEntry entry = ref pane[slot];
                ref SlidingLink link = ref TEntry.LinkOf(ref entry);
                ref TEntry total = ref front[link.Other];
                ref SlidingLink head = ref TEntry.LinkOf(ref total);
                if (head.Pane != 0)
                {
                    TEntry.Merge(ref entry, in total);
                }

                (link.Pane, link.Slot) = (head.Pane, head.Slot);
                (head.Pane, head.Slot) = (place, slot);
                TEntry.Take(ref total, in entry);
            }
        }
    }

    /// <summary>The first pane of the front leaves: what is left of its keys is what the next panes hold that have them.</summary>
    private void Pass(GroupBlock<TEntry> pane, GroupBlock<TEntry> front)
    {
        for (int slot = 0; slot < pane.Count; slot++)
        {
            SlidingLink link = TEntry.LinkOf(ref pane[slot]);
            ref TEntry total = ref front[link.Other];
            ref SlidingLink head = ref TEntry.LinkOf(ref total);
            (head.Pane, head.Slot) = (link.Pane, link.Slot);
            if (link.Pane != 0)
            {
                TEntry.Take(ref total, in _frontPanes[link.Pane - 1]![link.Slot]);
            }
        }
    }

    /// <summary>Adds a pane that has ended to the back.</summary>
    private void Add(GroupBlock<TEntry> pane)
    {
        for (int slot = 0; slot < pane.Count; slot++)
        {
            TEntry.LinkOf(ref pane[slot]) = new SlidingLink { Other = AddToBack(pane, slot) };
        }
    }

    /// <returns>The slot.</returns>
    private int AddToBack(GroupBlock<TEntry> from, int slot)
    {
        int found = AddTo(_back!, from, slot, out bool isNew);
        if (isNew)
        {
            int other = _front is null ? -1 : Find(_front, from, slot, out _);
            TEntry.LinkOf(ref _back![found]) = new SlidingLink { Other = other + 1 };
            if (other >= 0)
            {
                TEntry.LinkOf(ref _front![other]).Other = found + 1;
            }
        }

        return found;
    }

    private void AddLateToFront(GroupBlock<TEntry> late, int slot, GroupBlock<TEntry> pane, int place)
    {
        GroupBlock<TEntry> front = _front!;
        int total = Find(front, late, slot, out uint position);
        if (total < 0)
        {
            total = front.Copy(late, slot, position);
            int other = Find(_back!, late, slot, out _);
            TEntry.LinkOf(ref front[total]) = new SlidingLink { Other = other + 1 };
            if (other >= 0)
            {
                TEntry.LinkOf(ref _back![other]).Other = total + 1;
            }
        }

        // Every pane of the key up to the row's own has it now.
        ref SlidingLink way = ref TEntry.LinkOf(ref front[total]);
        while (way.Pane != 0 && way.Pane < place)
        {
            ref TEntry earlier = ref _frontPanes[way.Pane - 1]![way.Slot];
            TEntry.Merge(ref earlier, in late[slot]);
            way = ref TEntry.LinkOf(ref earlier);
        }

        if (way.Pane == place)
        {
            TEntry.Merge(ref pane[way.Slot], in late[slot]);
        }
        else
        {
            Find(pane, late, slot, out position);
            int own = pane.Copy(late, slot, position);
            if (way.Pane != 0)
            {
                TEntry.Merge(ref pane[own], in _frontPanes[way.Pane - 1]![way.Slot]);
            }

            TEntry.LinkOf(ref pane[own]) = new SlidingLink { Pane = way.Pane, Slot = way.Slot, Other = total };
            (way.Pane, way.Slot) = (place, own);
        }

        SlidingLink head = TEntry.LinkOf(ref front[total]);
        TEntry.Take(ref front[total], in _frontPanes[head.Pane - 1]![head.Slot]);
    }

    /// <summary>Adds an entry to the one of its key, or a copy where there is none.</summary>
    private static int AddTo(GroupBlock<TEntry> block, GroupBlock<TEntry> from, int slot, out bool isNew)
    {
        int found = Find(block, from, slot, out uint position);
        isNew = found < 0;
        if (isNew)
        {
            return block.Copy(from, slot, position);
        }

        TEntry.Merge(ref block[found], in from[slot]);
        return found;
    }

    /// <summary>The slot of an entry's key in another block, or -1.</summary>
    /// <param name="position">Of the index, where the search ended.</param>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static int Find(GroupBlock<TEntry> block, GroupBlock<TEntry> from, int slot, out uint position)
    {
        ref TEntry entry = ref from[slot];
        uint hash = TEntry.HashOf(in entry);
        ref uint index = ref block.Index;
        uint mask = block.Mask;
        for (position = hash & mask; ; position = KeyHash.Next(position, hash) & mask)
        {
            int found = (int)Unsafe.Add(ref index, (nuint)position) - 1;
            if (found < 0 || (TEntry.IsSame(in block[found], in entry) && block.HasTexts(found, from, slot)))
            {
                return found;
            }
        }
    }
}
