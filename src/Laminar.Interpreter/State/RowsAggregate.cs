using Laminar.Interpreter.Expressions;
using Laminar.Interpreter.Vectors;
using Laminar.Sql.Plan;

namespace Laminar.Interpreter.State;

/// <summary>
/// An aggregate that keeps the rows of each group and works its result out by definition when asked. The slowest way and the plainest: what generated
/// code keeps in a few words is checked against it.
/// </summary>
/// <param name="aggregate">The aggregate.</param>
/// <param name="result">The result over at least one row, which are in the order of ORDER BY, or of arrival where there is none; null for NULL.</param>
internal sealed class RowsAggregate(BoundAggregate aggregate, Func<IReadOnlyList<GroupRow>, object?> result) : Aggregate
{
    private readonly BoxedValues[] _types = [.. aggregate.Arguments.Concat(aggregate.OrderBy.Select(o => o.Key)).Select(e => BoxedValues.Of(e.Type))];
    private readonly BoxedValues _result = BoxedValues.Of(aggregate.Type);
    private List<GroupRow>[] _rows = [];

    /// <summary>What it is over no rows.</summary>
    public object? OfNothing { get; init; }

    public override void Update(Vector[] arguments, long[] times, Pairs pairs, int from, int to)
    {
        for (int k = from; k < to; k++)
        {
            int row = pairs.Rows[k];
            object?[] values = [.. _types.Select((t, i) => t.Read(arguments[i], row))];
            if (!values.Take(aggregate.Counted).Contains(null))
            {
                _rows[pairs.Slots[k]].Add(new GroupRow(values, times[row]));
            }
        }
    }

    public override void Results(ReadOnlySpan<int> slots, Vector target, int at, ChunkErrors errors)
    {
        for (int k = 0; k < slots.Length; k++)
        {
            List<GroupRow> rows = _rows[slots[k]];
            object? value;
            try
            {
                value = rows.Count == 0 ? OfNothing : result(aggregate.OrderBy.Count == 0 ? rows : Ordered(rows));
            }
            catch (Exception error) when (error is OverflowException or DivideByZeroException or LaminarException)
            {
                errors.Add(at + k, error);
                value = null;
            }

            if (value is null)
            {
                target.SetNull(at + k);
            }
            else
            {
                _result.Write(target, at + k, value);
            }
        }
    }

    public override void Merge(int slot, int later) => _rows[slot] = [.. _rows[slot], .. _rows[later]];

    public override void Reset(int slot) => _rows[slot] = [];

    public override void Resize(int capacity)
    {
        int known = _rows.Length;
        Array.Resize(ref _rows, capacity);
        for (int slot = known; slot < capacity; slot++)
        {
            _rows[slot] = [];
        }
    }

    public override void Save(BinaryWriter writer, int slot)
    {
        writer.Write(_rows[slot].Count);
        foreach (GroupRow row in _rows[slot])
        {
            writer.Write(row.Time);
            for (int i = 0; i < _types.Length; i++)
            {
                _types[i].Save(writer, row.Values[i]);
            }
        }
    }

    public override void Load(BinaryReader reader, int slot)
    {
        int count = reader.ReadInt32();
        for (int i = 0; i < count; i++)
        {
            long time = reader.ReadInt64();
            _rows[slot].Add(new GroupRow([.. _types.Select(t => t.Load(reader))], time));
        }
    }

    public override Vector NewVector() => _result.NewVector();

    /// <summary>By the keys, then by time; what is equal stays in order of arrival.</summary>
    private List<GroupRow> Ordered(List<GroupRow> rows) => [.. rows.OrderBy(r => r, Comparer<GroupRow>.Create(Compare))];

    private int Compare(GroupRow a, GroupRow b)
    {
        for (int i = 0; i < aggregate.OrderBy.Count; i++)
        {
            int at = aggregate.Arguments.Count + i;
            BoundOrder order = aggregate.OrderBy[i];
            int compared = (a.Values[at], b.Values[at]) switch
            {
                (null, null) => 0,
                (null, _) => order.NullsFirst ? -1 : 1,
                (_, null) => order.NullsFirst ? 1 : -1,
                ({ } x, { } y) => order.Descending ? -_types[at].Compare(x, y) : _types[at].Compare(x, y),
            };
            if (compared != 0)
            {
                return compared;
            }
        }

        return a.Time.CompareTo(b.Time);
    }
}
