using System.ComponentModel;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using Laminar.State;

namespace Laminar.Execution;

/// <summary>
/// Functions over partitions of rows that change. All rows of a partition are kept in order, those of one place as they came; a step works the partition out anew, and what is
/// different then is told: a step costs as much as the partition is long.
/// </summary>
/// <typeparam name="TIn">The input's row.</typeparam>
/// <typeparam name="TOut">The output's row.</typeparam>
/// <typeparam name="TPane">What the aggregates of a frame keep.</typeparam>
/// <typeparam name="TShape">The query's columns.</typeparam>
/// <typeparam name="TOutput">Where rows go.</typeparam>
/// <param name="layout">What is looked at.</param>
/// <param name="output">Where rows go.</param>
[EditorBrowsable(EditorBrowsableState.Never)]
public abstract class ChangedOverOperator<TIn, TOut, TPane, TShape, TOutput>(OverLayout layout, TOutput output)
    : ChangeOperator<TIn, TOutput>(layout.QueryName, layout.Fingerprint, output)
    where TIn : struct, IStreamRow<TIn>, IChangelogRow
    where TPane : unmanaged
    where TShape : struct, IChangedOverShape<TIn, TOut, TPane>
    where TOutput : struct, IRowOutput<TOut>
{
    private readonly OverPartitions<TIn, Kept, TShape> _partitions = new();
    private readonly OverFrames<TIn, TOut, TPane, TShape> _frames = new(layout);
    private FrameState<TPane> _state;

    /// <inheritdoc/>
    public override long StateBytes => _partitions.All.Sum(p => (long)p.Rows.Count * (Unsafe.SizeOf<TIn>() + Unsafe.SizeOf<Shown>()));

    /// <inheritdoc/>
    public override void Dispose()
    {
        _frames.Shape.Dispose();
        base.Dispose();
    }

    /// <inheritdoc/>
    protected sealed override RowKind KindOf(in TIn row) => row.Kind;

    /// <inheritdoc/>
    protected sealed override void Progress(long watermark) => Output.Watermark(watermark);

    /// <inheritdoc/>
    protected sealed override void Insert(in TIn row, int position)
    {
        Kept partition = _partitions.Find(in row) ?? _partitions.Add(TShape.Hash(in row));
        partition.Add(in row, default);
        Tell(partition);
    }

    /// <inheritdoc/>
    protected sealed override void Delete(in TIn row, int position)
    {
        Kept partition = Find(in row, position, out int at);
        Shown gone = partition.Take(at);
        if (gone.IsThere)
        {
            Emit(in gone.Result, RowKind.Delete);
        }

        Tell(partition);
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

        Kept partition = Find(in before, position, out int at);
        Shown shown = partition.Take(at);
        partition.Add(in after, shown);
        Tell(partition);
    }

    /// <inheritdoc/>
    protected sealed override void Save(StateWriter state)
    {
        base.Save(state);
        var buffer = new RowBuffer();
        state.Write(_partitions.All.Count());
        foreach (Kept partition in _partitions.All)
        {
            StateRows.Write<TIn>(state, CollectionsMarshal.AsSpan(partition.Rows), buffer);
            foreach (Shown shown in partition.Results)
            {
                state.Write((byte)(shown.IsThere ? 1 : 0));
            }
        }
    }

    /// <inheritdoc/>
    protected sealed override void Load(StateReader state)
    {
        base.Load(state);
        for (int partitions = state.ReadCount(sizeof(int)); partitions > 0; partitions--)
        {
            TIn[] rows = StateRows.Read<TIn>(state, out int count);
            if (count == 0)
            {
                throw state.Damaged();
            }

            Kept partition = _partitions.Add(TShape.Hash(in rows[0]));
            for (int i = 0; i < count; i++)
            {
                bool isThere = state.Read<byte>() != 0;
                partition.Rows.Add(rows[i]);
                partition.Results.Add(new Shown { IsThere = isThere, HasFailed = !isThere });
            }

            WorkOut(partition, static (_, _, _) => { });
        }
    }

    private Kept Find(in TIn row, int position, out int at)
    {
        if (_partitions.Find(in row) is { } partition && partition.Find(in row) is var found and >= 0)
        {
            at = found;
            return partition;
        }

        Position = position;
        throw new LaminarException(MissingRow);
    }

    /// <summary>Works a partition out, and tells what is different.</summary>
    private void Tell(Kept partition) => WorkOut(partition, static (op, was, now) =>
    {
        if (was.IsThere && now.IsThere)
        {
            if (!TShape.IsSame(in was.Result, in now.Result))
            {
                op.Emit(in was.Result, RowKind.UpdateBefore);
                op.Emit(in now.Result, RowKind.UpdateAfter);
            }
        }
        else if (was.IsThere || now.IsThere)
        {
            op.Emit(was.IsThere ? was.Result : now.Result, was.IsThere ? RowKind.Delete : RowKind.Insert);
        }
    });

    private void WorkOut(Kept partition, Action<ChangedOverOperator<TIn, TOut, TPane, TShape, TOutput>, Shown, Shown> tell)
    {
        ReadOnlySpan<TIn> rows = CollectionsMarshal.AsSpan(partition.Rows);
        Span<Shown> results = CollectionsMarshal.AsSpan(partition.Results);
        int peers = 0;
        int peersEnd = 0;
        int dense = 0;
        _frames.Begin(ref _state);
        for (int i = 0; i < rows.Length; i++)
        {
            if (i == peersEnd)
            {
                peers = i;
                dense++;
                for (peersEnd = i + 1; peersEnd < rows.Length && TShape.CompareOrder(in rows[i], in rows[peersEnd]) == 0; peersEnd++)
                {
                }
            }

            Shown was = results[i];
            results[i] = Make(rows, new OverPlace(i, 0, peers, peersEnd, dense), in was);
            tell(this, was, results[i]);
        }

        _frames.End(ref _state);
    }

    private Shown Make(ReadOnlySpan<TIn> rows, in OverPlace place, in Shown was)
    {
        try
        {
            return new Shown { Result = _frames.Make(ref _state, rows, place), IsThere = true };
        }
        catch (Exception error) when (TShape.CanFail && IsRowError(error))
        {
            // Counted once, as long as it fails.
            if (!was.HasFailed)
            {
                Skip($"{rows[place.Index]} and the rows around it", error);
            }

            return new Shown { HasFailed = true };
        }
    }

    private void Emit(in TOut row, RowKind kind)
    {
        TOut result = TShape.As(in row, kind);
        RowsOut++;
        Output.Emit(in result, Watermark);
    }

    /// <summary>What has been told of a row.</summary>
    private struct Shown
    {
        public TOut Result;

        /// <summary>False: it hasn't, or can't be computed.</summary>
        public bool IsThere;

        public bool HasFailed;
    }

    /// <summary>The rows of a partition in order, each with what was made of it.</summary>
    private sealed class Kept : PartitionEntry<TIn, Kept>
    {
        public List<TIn> Rows { get; } = [];

        public List<Shown> Results { get; } = [];

        public override ref readonly TIn Some => ref CollectionsMarshal.AsSpan(Rows)[0];

        /// <summary>A row behind those of its place.</summary>
        public void Add(in TIn row, in Shown shown)
        {
            int at = Behind(in row);
            Rows.Insert(at, row);
            Results.Insert(at, shown);
        }

        public Shown Take(int at)
        {
            Shown shown = Results[at];
            Rows.RemoveAt(at);
            Results.RemoveAt(at);
            return shown;
        }

        /// <summary>Where a row is that is equal; -1: nowhere.</summary>
        public int Find(in TIn row)
        {
            ReadOnlySpan<TIn> rows = CollectionsMarshal.AsSpan(Rows);
            for (int at = Behind(in row) - 1; at >= 0 && TShape.CompareOrder(in rows[at], in row) == 0; at--)
            {
                if (TShape.IsSameRow(in rows[at], in row))
                {
                    return at;
                }
            }

            return -1;
        }

        public override void Clear()
        {
            base.Clear();
            Rows.Clear();
            Results.Clear();
        }

        /// <summary>Behind all rows that are before one, or of its place.</summary>
        private int Behind(in TIn row)
        {
            ReadOnlySpan<TIn> rows = CollectionsMarshal.AsSpan(Rows);
            int low = 0;
            for (int high = rows.Length; low < high;)
            {
                int middle = (low + high) / 2;
                if (TShape.CompareOrder(in rows[middle], in row) <= 0)
                {
                    low = middle + 1;
                }
                else
                {
                    high = middle;
                }
            }

            return low;
        }
    }
}
