using System.ComponentModel;
using Laminar.State;

namespace Laminar.Execution;

/// <summary>
/// The first rows of each partition in an order, of rows that change: a row that goes lets the next one in, so all rows are kept. Of rows that are equal in order those that arrived
/// before are first.
/// </summary>
/// <typeparam name="TIn">The input's row.</typeparam>
/// <typeparam name="TOut">The output's row.</typeparam>
/// <typeparam name="TShape">The query's columns.</typeparam>
/// <typeparam name="TOutput">Where rows go.</typeparam>
/// <param name="layout">Which rows come first.</param>
/// <param name="output">Where rows go.</param>
[EditorBrowsable(EditorBrowsableState.Never)]
public abstract class ChangedTopOperator<TIn, TOut, TShape, TOutput>(TopLayout layout, TOutput output) : ChangeOperator<TIn, TOutput>(layout.QueryName, layout.Fingerprint, output)
    where TIn : struct, IStreamRow<TIn>, IChangelogRow
    where TShape : struct, ITopShape<TIn, TOut>
    where TOutput : struct, IRowOutput<TOut>
{
    private readonly OverPartitions<TIn, Ordered, TShape> _partitions = new();
    private readonly List<Shown> _before = [];
    private readonly List<Shown> _after = [];
    private readonly List<Shown> _gone = [];
    private readonly List<Shown> _come = [];
    private long _arrivals;

    /// <inheritdoc/>
    public override long StateBytes => _partitions.All.Sum(p => p.Rows.Bytes);

    private bool IsNumber => layout.Rank == TopRank.RowNumber;

    /// <inheritdoc/>
    protected sealed override RowKind KindOf(in TIn row) => row.Kind;

    /// <inheritdoc/>
    protected sealed override void Progress(long watermark) => Output.Watermark(watermark);

    /// <inheritdoc/>
    protected sealed override void Insert(in TIn row, int position)
    {
        Ordered partition = _partitions.Find(in row) ?? _partitions.Add(TShape.Hash(in row));
        Show(partition, _before);
        partition.Rows.Add(new Placed(row, _arrivals++));
        Show(partition, _after);
        Tell(-1, -1);
    }

    /// <inheritdoc/>
    protected sealed override void Delete(in TIn row, int position)
    {
        Ordered partition = Find(in row, position, out OrderedRows<Placed, Order>.Place place);
        Show(partition, _before);
        partition.Rows.RemoveAt(place);
        Show(partition, _after);
        Tell(-1, -1);
        if (partition.Rows.Count == 0)
        {
            _partitions.Remove(partition);
        }
    }

    /// <inheritdoc/>
    protected sealed override void Update(in TIn before, in TIn after, int position)
    {
        if (!TShape.IsSamePartition(in before, in after))
        {
            Delete(in before, position);
            Insert(in after, position + 1);
            return;
        }

        Ordered partition = Find(in before, position, out OrderedRows<Placed, Order>.Place place);
        long old = partition.Rows[place].Arrival;
        Show(partition, _before);
        partition.Rows.RemoveAt(place);
        partition.Rows.Add(new Placed(after, _arrivals++));
        Show(partition, _after);
        Tell(old, _arrivals - 1);
    }

    /// <inheritdoc/>
    protected sealed override void Save(StateWriter state)
    {
        base.Save(state);
        state.Write(_arrivals);
        var buffer = new RowBuffer();
        state.Write(_partitions.All.Count());
        foreach (Ordered partition in _partitions.All)
        {
            StateRows.Write<TIn>(state, partition.Rows.All().Select(r => r.Row).ToArray(), buffer);
            foreach (Placed placed in partition.Rows.All())
            {
                state.Write(placed.Arrival);
            }
        }
    }

    /// <inheritdoc/>
    protected sealed override void Load(StateReader state)
    {
        base.Load(state);
        _arrivals = state.Read<long>();
        for (int partitions = state.ReadCount(sizeof(int)); partitions > 0; partitions--)
        {
            TIn[] rows = StateRows.Read<TIn>(state, out int count);
            Ordered partition = _partitions.Add(count == 0 ? throw state.Damaged() : TShape.Hash(in rows[0]));
            for (int i = 0; i < count; i++)
            {
                partition.Rows.Add(new Placed(rows[i], state.Read<long>()));
            }
        }
    }

    private Ordered Find(in TIn row, int position, out OrderedRows<Placed, Order>.Place place)
    {
        if (_partitions.Find(in row) is { } partition)
        {
            OrderedRows<Placed, Order> rows = partition.Rows;
            for (place = rows.FirstFrom(new Placed(row, 0)); rows.Has(place) && TShape.CompareOrder(in rows[place].Row, in row) == 0; place = rows.Next(place))
            {
                if (TShape.IsSame(in rows[place].Row, in row))
                {
                    return partition;
                }
            }
        }

        Position = position;
        throw new LaminarException(MissingRow);
    }

    /// <summary>The rows of a partition that are in the result.</summary>
    private void Show(Ordered partition, List<Shown> shown)
    {
        shown.Clear();
        long rank = 0;
        OrderedRows<Placed, Order> rows = partition.Rows;
        OrderedRows<Placed, Order>.Place last = default;
        OrderedRows<Placed, Order>.Place at = default;
        for (long i = 1; rows.Has(at); i++, last = at, at = rows.Next(at))
        {
            bool isPeer = i > 1 && !IsNumber && TShape.CompareOrder(in rows[last].Row, in rows[at].Row) == 0;
            rank = isPeer ? rank : layout.Rank == TopRank.DenseRank ? rank + 1 : i;
            if (rank > layout.Last)
            {
                break;
            }

            if (rank > layout.Skip)
            {
                shown.Add(new Shown(rows[at].Row, rank, rows[at].Arrival));
            }
        }
    }

    /// <param name="old">The arrival of a row that is updated; -1: none is.</param>
    /// <param name="updated">Its arrival as it is now.</param>
    private void Tell(long old, long updated)
    {
        if (IsNumber && layout.ShowsRank)
        {
            TellByRank();
            return;
        }

        // Those that stay are in one order before and behind.
        _gone.Clear();
        _come.Clear();
        int was = 0;
        foreach (Shown now in _after)
        {
            int same = was;
            while (same < _before.Count && _before[same].Arrival != now.Arrival)
            {
                same++;
            }

            if (same == _before.Count)
            {
                _come.Add(now);
                continue;
            }

            _gone.AddRange(_before.GetRange(was, same - was));
            was = same + 1;
        }

        _gone.AddRange(_before.GetRange(was, _before.Count - was));
        if (_gone.Count == 1 && _come.Count == 1 && (!layout.ShowsRank || _gone[0].Rank == _come[0].Rank))
        {
            TIn left = _gone[0].Row;
            TIn now = _come[0].Row;
            if (TShape.IsSame(in left, in now))
            {
                _gone.Clear();
                _come.Clear();
            }
            else if ((_gone[0].Arrival == old && _come[0].Arrival == updated) || (IsNumber && layout.Last - layout.Skip == 1))
            {
                Emit(_gone[0], RowKind.UpdateBefore);
                Emit(_come[0], RowKind.UpdateAfter);
                _gone.Clear();
                _come.Clear();
            }
        }

        int gone = 0;
        foreach (Shown shown in _before)
        {
            if (gone < _gone.Count && _gone[gone].Arrival == shown.Arrival)
            {
                Emit(_gone[gone++], RowKind.Delete);
            }
            else if (layout.ShowsRank && _after.FindIndex(a => a.Arrival == shown.Arrival) is var now and >= 0 && _after[now].Rank != shown.Rank)
            {
                Emit(shown, RowKind.UpdateBefore);
                Emit(_after[now], RowKind.UpdateAfter);
            }
        }

        foreach (Shown come in _come)
        {
            Emit(come, RowKind.Insert);
        }
    }

    /// <summary>With its place in the result, the row at each place that moves is updated.</summary>
    private void TellByRank()
    {
        for (int i = 0; i < Math.Max(_before.Count, _after.Count); i++)
        {
            if (i >= _before.Count)
            {
                Emit(_after[i], RowKind.Insert);
            }
            else if (i >= _after.Count)
            {
                Emit(_before[i], RowKind.Delete);
            }
            else
            {
                TIn old = _before[i].Row;
                TIn now = _after[i].Row;
                if (!TShape.IsSame(in old, in now))
                {
                    Emit(_before[i], RowKind.UpdateBefore);
                    Emit(_after[i], RowKind.UpdateAfter);
                }
            }
        }
    }

    private void Emit(Shown row, RowKind kind)
    {
        TOut result = TShape.Make(in row.Row, row.Rank, kind);
        RowsOut++;
        Output.Emit(in result, Watermark);
    }

    /// <summary>A row and the number of its arrival.</summary>
    private readonly struct Placed(TIn row, long arrival)
    {
        public readonly TIn Row = row;

        public readonly long Arrival = arrival;
    }

    /// <summary>A row in the result.</summary>
    private readonly struct Shown(TIn row, long rank, long arrival)
    {
        public readonly TIn Row = row;

        public readonly long Rank = rank;

        public readonly long Arrival = arrival;
    }

    /// <summary>The rows of a partition in order.</summary>
    private sealed class Ordered : PartitionEntry<TIn, Ordered>
    {
        public OrderedRows<Placed, Order> Rows { get; } = new();

        public override ref readonly TIn Some => ref Rows[default].Row;

        public override void Clear()
        {
            base.Clear();
            Rows.Clear();
        }
    }

    private readonly struct Order : IRowOrder<Placed>
    {
        public static int Compare(in Placed a, in Placed b) => TShape.CompareOrder(in a.Row, in b.Row);
    }
}
