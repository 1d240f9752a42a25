namespace Laminar.Runtime.Views;

/// <summary>
/// Which slots of a table hold rows of which time, in groups of 1/64 of what is retained: a group is looked at once, when all of it is old. A slot whose row was replaced meanwhile
/// stands in a later group too, and is left alone in the earlier one.
/// </summary>
/// <param name="ordinal">The column of event time.</param>
/// <param name="retained">Kept for so long, in the unit of the event time.</param>
internal sealed class ViewExpiry<TRow>(int ordinal, long retained)
    where TRow : IStreamRow<TRow>
{
    private const int MostIdle = 4096;

    private readonly SortedDictionary<long, List<int>> _groups = [];
    private readonly long _width = Math.Max(1, retained / 64);
    private long _lastGroup = long.MinValue;
    private List<int>? _last;

    /// <summary>Whether a row that comes at a watermark is kept at all.</summary>
    public bool Keeps(in TRow row, long watermark) => GroupOf(in row) > Oldest(watermark);

    /// <summary>Whether a row in the place of another has to be noted anew.</summary>
    public bool Moves(in TRow before, in TRow row) => GroupOf(in before) != GroupOf(in row);

    /// <summary>A slot has a row.</summary>
    public void Note(ViewTable<TRow> table, int slot, in TRow row)
    {
        long group = GroupOf(in row);
        if (group == long.MaxValue)
        {
            return;
        }

        if (_last is null || group != _lastGroup)
        {
            if (!_groups.TryGetValue(group, out _last))
            {
                _groups[group] = _last = [];
            }

            _lastGroup = group;
        }

        // Rows that come and go leave their slots in the list: it is kept in proportion to the table.
        if (_last.Count == _last.Capacity && _last.Count >= MostIdle + (2L * table.Count))
        {
            int[] held = [.. _last.Distinct().Where(s => IsOf(table, s, group))];
            _last.Clear();
            _last.AddRange(held);
        }

        _last.Add(slot);
    }

    /// <summary>The slots of rows that are too old now.</summary>
    public IEnumerable<int> Due(ViewTable<TRow> table, long watermark)
    {
        long oldest = Oldest(watermark);
        while (_groups.Count > 0 && _groups.First() is var (group, slots) && group <= oldest)
        {
            _groups.Remove(group);
            _last = null;
            foreach (int slot in slots)
            {
                if (IsOf(table, slot, group))
                {
                    yield return slot;
                }
            }
        }
    }

    /// <summary>True when <see cref="Due"/> has something.</summary>
    public bool IsDue(long watermark) => _groups.Count > 0 && _groups.First().Key <= Oldest(watermark);

    private bool IsOf(ViewTable<TRow> table, int slot, long group)
    {
        ref readonly ViewSlot<TRow> at = ref table.Current.At(slot);
        return at.Previous != ViewSlot<TRow>.Free && GroupOf(in at.Row) == group;
    }

    /// <summary>The last group all of whose rows are older than what is retained.</summary>
    private long Oldest(long watermark) => watermark <= long.MinValue + retained + _width ? long.MinValue : Floor(watermark == long.MaxValue ? long.MinValue : watermark - retained) - 1;

    private long GroupOf(in TRow row) => TimeColumn.Of(in row, ordinal) is var time && time == long.MaxValue ? long.MaxValue : Floor(time);

    private long Floor(long time) => time == long.MinValue ? long.MinValue + 1 : time >= 0 ? time / _width : ((time + 1) / _width) - 1;
}
