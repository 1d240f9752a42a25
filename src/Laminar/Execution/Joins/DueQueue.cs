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

    /// <summary>Takes the first out; there must be one.</summary>
    public int Take()
    {
        bool isOrdered = _ordered.TryPeek(out (long Due, long Arrival, int Slot) head);
        bool isOther = _others.TryPeek(out int slot, out (long Due, long Arrival) other);
        if (isOrdered && (!isOther || head.Due < other.Due || (head.Due == other.Due && head.Arrival < other.Arrival)))
        {
            slot = _ordered.Dequeue().Slot;
        }
        else
        {
            _others.Dequeue();
        }

        long first = _ordered.TryPeek(out head) ? head.Due : long.MaxValue;
        First = _others.TryPeek(out _, out other) ? Math.Min(first, other.Due) : first;
        return slot;
    }

    /// <summary>All, as they would be taken.</summary>
    public IEnumerable<int> InOrder() =>
        _ordered.Select(o => (o.Due, o.Arrival, o.Slot)).Concat(_others.UnorderedItems.Select(o => (o.Priority.Due, o.Priority.Arrival, Slot: o.Element))).Order().Select(o => o.Slot);
}
