using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using Laminar.State;

namespace Laminar.Execution;

/// <summary>Rows that wait for the watermark to pass them, taken out time by time.</summary>
/// <typeparam name="TRow">The row.</typeparam>
/// <typeparam name="TOrder">The order of rows at one time.</typeparam>
internal sealed class WaitingRows<TRow, TOrder>
    where TRow : struct, IStreamRow<TRow>
    where TOrder : struct, IComparer<TRow>
{
    private readonly DueQueue _due = new();
    private readonly List<int> _taken = [];
    private Slot[] _slots = new Slot[256];
    private int[] _free = new int[256];
    private Comparison<int>? _order;
    private int _freeCount;
    private int _used;

    /// <summary>The time of the first; the end of time when there is none.</summary>
    public long First => _due.First;

    public long Bytes => (long)_slots.Length * Unsafe.SizeOf<Slot>();

    public ref readonly TRow this[int slot] => ref _slots[slot].Row;

    public void Add(in TRow row, long due, int partition)
    {
        int slot = _freeCount > 0 ? _free[--_freeCount] : _used++;
        if (slot == _slots.Length)
        {
            System.Array.Resize(ref _slots, slot * 2);
        }

        _slots[slot] = new Slot { Row = row, Partition = partition };
        _due.Add(due, slot);
    }

    /// <summary>The rows of the first time: in an order, then by source partition, then as they arrived. They lie here until <see cref="Release"/>.</summary>
    public ReadOnlySpan<int> Take(long due)
    {
        bool isInOrder = true;
        while (_due.First == due && _due.Count > 0)
        {
            int slot = _due.Take();
            _slots[slot].Arrival = _taken.Count;
            isInOrder = isInOrder && (_taken.Count == 0 || Compare(_taken[^1], slot) < 0);
            _taken.Add(slot);
        }

        Span<int> taken = CollectionsMarshal.AsSpan(_taken);
        if (!isInOrder)
        {
            taken.Sort(_order ??= Compare);
        }

        return taken;
    }

    /// <summary>Forgets what <see cref="Take"/> gave.</summary>
    public void Release()
    {
        if (_freeCount + _taken.Count > _free.Length)
        {
            System.Array.Resize(ref _free, Math.Max(_freeCount + _taken.Count, _free.Length * 2));
        }

        foreach (int slot in _taken)
        {
            _slots[slot] = default;
            _free[_freeCount++] = slot;
        }

        _taken.Clear();
    }

    public void Save(StateWriter state, RowBuffer buffer)
    {
        (long Due, int Slot)[] all = [.. _due.All()];
        StateRows.Write<TRow>(state, all.Select(w => _slots[w.Slot].Row).ToArray(), buffer);
        foreach ((long due, int slot) in all)
        {
            state.Write(due);
            state.Write(_slots[slot].Partition);
        }
    }

    public void Load(StateReader state)
    {
        TRow[] rows = StateRows.Read<TRow>(state, out int count);
        for (int i = 0; i < count; i++)
        {
            long due = state.Read<long>();
            Add(in rows[i], due, state.Read<int>());
        }
    }

    private int Compare(int x, int y)
    {
        ref Slot a = ref _slots[x];
        ref Slot b = ref _slots[y];
        int order = default(TOrder).Compare(a.Row, b.Row);
        order = order != 0 ? order : a.Partition.CompareTo(b.Partition);
        return order != 0 ? order : a.Arrival.CompareTo(b.Arrival);
    }

    private struct Slot
    {
        public TRow Row;

        public int Partition;

        public int Arrival;
    }
}
