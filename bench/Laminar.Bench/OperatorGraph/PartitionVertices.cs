using Laminar.Sql.Plan;
using Laminar.Sql.Types;

namespace Laminar.Bench.OperatorGraph;

/// <summary>The order of rows inside partitions.</summary>
public sealed class RowOrder
{
    private readonly (int Ordinal, int Sign, bool NullsFirst, Comparison<Datum> Compare)[] _keys;

    /// <param name="node">Whose order.</param>
    /// <param name="ofAll">Rows of one order in that of their other columns.</param>
    public RowOrder(OverNode node, bool ofAll)
    {
        IReadOnlyList<PlanColumn> columns = node.Input.Columns;
        IEnumerable<OverOrder> keys = node.OrderBy;
        if (ofAll)
        {
            keys = keys.Concat(Enumerable.Range(0, columns.Count).Where(o => !node.PartitionBy.Contains(o) && node.OrderBy.All(k => k.Ordinal != o)).Select(o => new OverOrder(o, false, false)));
        }

        _keys = [.. keys.Select(k => (k.Ordinal, k.Descending ? -1 : 1, k.NullsFirst, Expressions.Order(columns[k.Ordinal].Type)))];
    }

    public int Compare(Datum[] a, Datum[] b)
    {
        foreach ((int ordinal, int sign, bool nullsFirst, Comparison<Datum> compare) in _keys)
        {
            Datum x = a[ordinal];
            Datum y = b[ordinal];
            int order = x.IsNull || y.IsNull ? (x.IsNull == y.IsNull ? 0 : x.IsNull == nullsFirst ? -1 : 1) : sign * compare(x, y);
            if (order != 0)
            {
                return order;
            }
        }

        return 0;
    }
}

/// <summary>What partitions have in common: their key, and what functions are computed.</summary>
public abstract class PartitionsVertex(OverNode node) : Vertex
{
    protected DatumKey KeyOf(Datum[] row) => new([.. node.PartitionBy.Select(o => row[o])]);

    protected int Width => node.Input.Columns.Count;

    protected static NotSupportedException Unknown(OverNode node) => new($"The operator graph has no {string.Join(", ", node.Functions.Select(f => f.Name))} of {node.Release}.");
}

/// <summary>Rows of windows, kept until their window has closed, then put in order.</summary>
public sealed class WindowRowsVertex : PartitionsVertex
{
    private readonly OverNode _node;
    private readonly RowOrder _order;
    private readonly RowOrder _peers;
    private readonly long _lag;
    private readonly SortedDictionary<long, Dictionary<DatumKey, List<Datum[]>>> _open = [];

    /// <exception cref="NotSupportedException">Other functions than places.</exception>
    public WindowRowsVertex(OverNode node)
        : base(node)
    {
        _node = node;
        _order = new RowOrder(node, ofAll: true);
        _peers = new RowOrder(node, ofAll: false);
        _lag = node.Input.Columns[node.Time].EventTimeLag ?? 0;
        if (node.Functions.Any(f => f.Name is not ("ROW_NUMBER" or "RANK")))
        {
            throw Unknown(node);
        }
    }

    public override void OnRow(Datum[] row, RowKind kind)
    {
        long due = row[_node.Time].Number + _lag;
        if (!_open.TryGetValue(due, out Dictionary<DatumKey, List<Datum[]>>? partitions))
        {
            _open.Add(due, partitions = []);
        }

        DatumKey key = KeyOf(row);
        if (!partitions.TryGetValue(key, out List<Datum[]>? rows))
        {
            partitions.Add(key, rows = []);
        }

        rows.Add(row);
    }

    public override void OnWatermark(long watermark)
    {
        while (_open.Count > 0 && _open.First() is var (due, partitions) && due < watermark)
        {
            _open.Remove(due);
            foreach (List<Datum[]> rows in partitions.Values)
            {
                Emit(rows);
            }
        }

        Next.OnWatermark(watermark);
    }

    private void Emit(List<Datum[]> rows)
    {
        rows.Sort(_order.Compare);
        long end = Math.Min(rows.Count, _node.Take == long.MaxValue ? rows.Count : _node.Skip + _node.Take);
        long rank = 1;
        for (int i = 0; i < end; i++)
        {
            rank = i > 0 && _peers.Compare(rows[i - 1], rows[i]) == 0 ? rank : i + 1;
            if (i >= _node.Skip)
            {
                Next.OnRow([.. rows[i], .. _node.Functions.Select(f => Datum.Of(f.Name == "RANK" ? rank : i + 1L))], RowKind.Insert);
            }
        }
    }
}

/// <summary>Aggregates over the rows before each one of its partition, in the order of time.</summary>
public sealed class RowsBeforeVertex : PartitionsVertex
{
    private readonly OverNode _node;
    private readonly GraphAggregate[] _aggregates;
    private readonly int _before;
    private readonly long _lag;
    private readonly PriorityQueue<Datum[], (long Time, long Arrival)> _waiting = new();
    private readonly Dictionary<DatumKey, List<Datum[]>> _partitions = [];
    private long _arrivals;

    /// <exception cref="NotSupportedException">Other frames than ROWS ... PRECEDING up to the row.</exception>
    public RowsBeforeVertex(OverNode node)
        : base(node)
    {
        _node = node;
        _lag = node.Input.Columns[node.Time].EventTimeLag ?? 0;
        if (node.Functions.Any(f => f.Aggregate is null) || node.Frame is not { Unit: FrameUnit.Rows, From: <= 0 and { } from, To: 0 } || node.OrderBy.Any(o => o.Ordinal != node.Time))
        {
            throw Unknown(node);
        }

        _before = (int)-from;
        _aggregates = [.. node.Functions.Select(f => new GraphAggregate(f.Aggregate!))];
    }

    public override void OnRow(Datum[] row, RowKind kind) => _waiting.Enqueue(row, (row[_node.Time].Number + _lag, _arrivals++));

    public override void OnWatermark(long watermark)
    {
        while (_waiting.TryPeek(out Datum[]? row, out (long Time, long Arrival) at) && at.Time < watermark)
        {
            _waiting.Dequeue();
            DatumKey key = KeyOf(row);
            if (!_partitions.TryGetValue(key, out List<Datum[]>? rows))
            {
                _partitions.Add(key, rows = []);
            }

            rows.Add(row);
            if (rows.Count > _before + 1)
            {
                rows.RemoveAt(0);
            }

            Accumulator[] over = Array.ConvertAll(_aggregates, a => a.NewAccumulator());
            foreach (Datum[] other in rows)
            {
                for (int i = 0; i < over.Length; i++)
                {
                    _aggregates[i].Add(over[i], other, other[_node.Time].Number);
                }
            }

            Next.OnRow([.. row, .. over.Select(a => a.Result())], RowKind.Insert);
        }

        Next.OnWatermark(watermark);
    }
}

/// <summary>The first rows of each partition in an order, as changes.</summary>
public sealed class FirstRowsVertex : PartitionsVertex
{
    private readonly RowOrder _order;
    private readonly long _take;
    private readonly bool _showsNumber;
    private readonly Dictionary<DatumKey, List<Datum[]>> _partitions = [];

    /// <param name="node">The node.</param>
    /// <param name="showsNumber">Whether anything above reads the number.</param>
    /// <exception cref="NotSupportedException">Ranks, OFFSET.</exception>
    public FirstRowsVertex(OverNode node, bool showsNumber)
        : base(node)
    {
        _order = new RowOrder(node, ofAll: false);
        _take = node.Take;
        _showsNumber = showsNumber;
        if (node.Functions is not [{ Name: "ROW_NUMBER" }] || node.Skip > 0)
        {
            throw Unknown(node);
        }
    }

    public override void OnRow(Datum[] row, RowKind kind)
    {
        if (kind is RowKind.UpdateBefore or RowKind.Delete)
        {
            throw new NotSupportedException("The operator graph has no first rows of rows that go.");
        }

        DatumKey key = KeyOf(row);
        if (!_partitions.TryGetValue(key, out List<Datum[]>? rows))
        {
            _partitions.Add(key, rows = []);
        }

        int place = rows.Count;
        while (place > 0 && _order.Compare(row, rows[place - 1]) < 0)
        {
            place--;
        }

        if (place >= _take)
        {
            return;
        }

        rows.Insert(place, row);
        Datum[]? dropped = rows.Count > _take ? rows[^1] : null;
        if (dropped is not null)
        {
            rows.RemoveAt(rows.Count - 1);
        }

        if (!_showsNumber)
        {
            if (dropped is not null)
            {
                Put(dropped, 0, _take == 1 ? RowKind.UpdateBefore : RowKind.Delete);
            }

            Put(row, 0, dropped is not null && _take == 1 ? RowKind.UpdateAfter : RowKind.Insert);
            return;
        }

        // All behind the row move by one.
        for (int i = place; i < rows.Count; i++)
        {
            Datum[]? was = i + 1 < rows.Count ? rows[i + 1] : dropped;
            if (was is null)
            {
                Put(rows[i], i, RowKind.Insert);
            }
            else
            {
                Put(was, i, RowKind.UpdateBefore);
                Put(rows[i], i, RowKind.UpdateAfter);
            }
        }
    }

    private void Put(Datum[] row, int place, RowKind kind) => Next.OnRow([.. row, Datum.Of(place + 1L)], kind);
}
