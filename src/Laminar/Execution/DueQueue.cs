using System.ComponentModel;

namespace Laminar.Execution;

/// <summary>
/// What falls due at a time, the earliest first, of one time in the order of arrival. What comes in order costs a place at the end of a ring; the rest a place in a heap.
/// </summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public sealed class DueQueue
{
    private readonly PriorityQueue<int, (long Due, long Arrival)> _others = new();
    private readonly Queue<(long Due, long Arrival, int Slot)> _ordered = new();
    private long _last = long.MinValue;
    private long _arrived;

    /// <summary>When the first falls due; the end of time when there is none.</summary>
    public long First { get; private set; } = long.MaxValue;

    /// <summary>How many there are.</summary>
    public int Count => _ordered.Count + _others.Count;

    public void Add(long due, int slot)
    {
        long arrival = _arrived++;
        if (due >= _last)
        {
            _last = due;
            _ordered.Enqueue((due, arrival, slot));
        }
        else
        {
            _others.Enqueue(slot, (due, arrival));
        }

        First = Math.Min(First, due);
    }

    /// <summary>The first; there must be one.</summary>
    public int Peek() => IsOrderedFirst(out int slot) ? _ordered.Peek().Slot : slot;

    /// <summary>Takes the first out; there must be one.</summary>
    public int Take()
    {
        if (IsOrderedFirst(out int slot))
        {
            slot = _ordered.Dequeue().Slot;
        }
        else
        {
            _others.Dequeue();
        }

        long first = _ordered.TryPeek(out (long Due, long Arrival, int Slot) head) ? head.Due : long.MaxValue;
        First = _others.TryPeek(out _, out (long Due, long Arrival) other) ? Math.Min(first, other.Due) : first;
        return slot;
    }

    private bool IsOrderedFirst(out int otherSlot)
    {
        bool isOrdered = _ordered.TryPeek(out (long Due, long Arrival, int Slot) head);
        bool isOther = _others.TryPeek(out otherSlot, out (long Due, long Arrival) other);
        return isOrdered && (!isOther || head.Due < other.Due || (head.Due == other.Due && head.Arrival < other.Arrival));
    }

    /// <summary>All, as they would be taken.</summary>
    public IEnumerable<int> InOrder() => All().Select(waiting => waiting.Slot);

    /// <summary>All, as they would be taken, and when.</summary>
    public IEnumerable<(long Due, int Slot)> All() => _ordered.Select(o => (o.Due, o.Arrival, o.Slot))
        .Concat(_others.UnorderedItems.Select(o => (o.Priority.Due, o.Priority.Arrival, Slot: o.Element))).Order().Select(o => (o.Due, o.Slot));
}
