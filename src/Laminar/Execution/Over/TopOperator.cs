using System.ComponentModel;
using System.Runtime.CompilerServices;
using Laminar.State;

namespace Laminar.Execution;

/// <summary>
/// The first rows of each partition in an order, as changes: a row that comes in among them puts another out, which is taken back. Of rows that are equal in order those of a lower
/// source partition are first, then those that arrived before. Rows that aren't among the first are forgotten.
/// </summary>
/// <typeparam name="TIn">The input's row.</typeparam>
/// <typeparam name="TOut">The output's row.</typeparam>
/// <typeparam name="TShape">The query's columns.</typeparam>
/// <typeparam name="TOutput">Where rows go.</typeparam>
/// <param name="layout">Which rows come first.</param>
/// <param name="output">Where rows go.</param>
[EditorBrowsable(EditorBrowsableState.Never)]
public abstract partial class TopOperator<TIn, TOut, TShape, TOutput>(TopLayout layout, TOutput output) : RowOperator<TIn>(layout.QueryName, layout.Fingerprint), IRowsTo<TOutput>
    where TIn : struct, IStreamRow<TIn>
    where TShape : struct, ITopShape<TIn, TOut>
    where TOutput : struct, IRowOutput<TOut>
{
    private readonly OverPartitions<TIn, Top, TShape> _partitions = new();

    // Of a few numbered rows no partition is more than a place in arrays.
    private readonly FirstRowsTable<TIn, TShape>? _few = layout.Rank == TopRank.RowNumber && layout.Last is > 0 and <= FirstRowsTable<TIn, TShape>.Few ? new((int)layout.Last) : null;

    /// <summary>Where rows go; a struct that lives here.</summary>
    public TOutput Output = output;

    /// <inheritdoc/>
    ref TOutput IRowsTo<TOutput>.Output => ref Output;

    /// <inheritdoc/>
    public override long StateBytes => (_few?.Bytes ?? 0) + _partitions.All.Sum(p => (long)p.Rows.Length * (Unsafe.SizeOf<TIn>() + sizeof(int)));

    /// <inheritdoc/>
    protected sealed override void Run(ReadOnlySpan<TIn> rows, int start)
    {
        if (_few is not null)
        {
            TakeFew(_few, rows, [], long.MaxValue, start);
            return;
        }

        for (int i = start; i < rows.Length; i++)
        {
            Take(in rows[i]);
        }
    }

    /// <inheritdoc/>
    protected sealed override void Run(ReadOnlySpan<TIn> rows, ReadOnlySpan<long> watermarks, long ceiling, int start)
    {
        if (_few is not null)
        {
            TakeFew(_few, rows, watermarks, ceiling, start);
        }
        else
        {
            for (int i = start; i < rows.Length; i++)
            {
                Watermark = Math.Max(Watermark, Math.Min(watermarks[i], ceiling));
                Take(in rows[i]);
            }
        }

        Output.Watermark(Watermark);
    }

    private void Take(in TIn row)
    {
        Top top = _partitions.Find(in row) ?? _partitions.Add(TShape.Hash(in row));
        int place = top.PlaceOf(in row, Partition);
        if (layout.Rank != TopRank.RowNumber)
        {
            TakeRanked(top, in row, place);
        }
        else if (place < layout.Last)
        {
            TakeNumbered(top, in row, place);
        }
    }

    /// <inheritdoc/>
    protected sealed override void Progress(long watermark) => Output.Watermark(watermark);

    /// <inheritdoc/>
    protected sealed override void Save(StateWriter state)
    {
        base.Save(state);
        var buffer = new RowBuffer();
        state.Write(_few?.Count ?? _partitions.All.Count());
        for (int number = 0; number < (_few?.Count ?? 0); number++)
        {
            int count = _few!.CountOf(number);
            StateRows.Write<TIn>(state, _few.RowsOf(number)[..count], buffer);
            foreach (int source in _few.SourcesOf(number)[..count])
            {
                state.Write(source);
            }
        }

        foreach (Top top in _partitions.All)
        {
            StateRows.Write<TIn>(state, top.Rows.AsSpan(0, top.Count), buffer);
            for (int i = 0; i < top.Count; i++)
            {
                state.Write(top.Sources[i]);
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
            if (_few is not null)
            {
                LoadFew(_few, rows.AsSpan(0, count is > 0 && count <= layout.Last ? count : throw state.Damaged()), state);
                continue;
            }

            Top top = _partitions.Add(count == 0 ? throw state.Damaged() : TShape.Hash(in rows[0]));
            for (int i = 0; i < count; i++)
            {
                top.Insert(i, in rows[i], state.Read<int>());
            }
        }
    }

    private void TakeNumbered(Top top, in TIn row, int place)
    {
        int count = top.Count;
        bool isFull = count == layout.Last;
        TIn gone = isFull ? top.Rows[count - 1] : default;
        if (isFull)
        {
            top.RemoveLast();
        }

        top.Insert(place, in row, Partition);
        Tell(top.Rows.AsSpan(0, top.Count), place, count, isFull, in gone);
    }

    /// <summary>Says what a row that came in among the numbered ones changes.</summary>
    /// <param name="rows">As they are now.</param>
    /// <param name="place">Where it is.</param>
    /// <param name="count">How many there were.</param>
    /// <param name="isFull">One had to go.</param>
    /// <param name="gone">That one.</param>
    private void Tell(ReadOnlySpan<TIn> rows, int place, int count, bool isFull, in TIn gone)
    {
        int skip = (int)layout.Skip;
        if (layout.ShowsRank)
        {
            for (int rank = Math.Max(place, skip); rank < rows.Length; rank++)
            {
                if (rank < count)
                {
                    Replace(in (rank + 1 < rows.Length ? ref rows[rank + 1] : ref gone), in rows[rank], rank + 1L);
                }
                else
                {
                    Emit(in rows[rank], rank + 1L, RowKind.Insert);
                }
            }

            return;
        }

        // The row that comes to be seen is the new one, or the one that it moves behind those left out.
        int seen = Math.Max(place, skip);
        if (seen >= rows.Length)
        {
            return;
        }

        if (!isFull)
        {
            Emit(in rows[seen], seen + 1L, RowKind.Insert);
        }
        else if (layout.Last - skip == 1)
        {
            Replace(in gone, in rows[seen], seen + 1L);
        }
        else if (!TShape.IsSame(in gone, in rows[seen]))
        {
            Emit(in gone, count, RowKind.Delete);
            Emit(in rows[seen], seen + 1L, RowKind.Insert);
        }
    }

    private void TakeRanked(Top top, in TIn row, int place)
    {
        bool isPeer = place > 0 && TShape.CompareOrder(in top.Rows[place - 1], in row) == 0;
        long rank = top.RankAt(place, in row, isPeer, layout.Rank);
        if (rank > layout.Last)
        {
            return;
        }

        int behind = place;
        while (behind < top.Count && TShape.CompareOrder(in top.Rows[behind], in row) == 0)
        {
            behind++;
        }

        // Those that come after it: of RANK each moves by one, of DENSE_RANK only where its place is a new one.
        bool moves = layout.Rank == TopRank.Rank || (!isPeer && behind == place);
        int kept = behind;
        for (int i = behind; i < top.Count && moves; i++)
        {
            long old = top.RankAt(i, in top.Rows[i], i > 0 && TShape.CompareOrder(in top.Rows[i - 1], in top.Rows[i]) == 0, layout.Rank);
            if (old + 1 > layout.Last)
            {
                Emit(in top.Rows[i], old, RowKind.Delete);
                continue;
            }

            if (layout.ShowsRank)
            {
                Emit(in top.Rows[i], old, RowKind.UpdateBefore);
                Emit(in top.Rows[i], old + 1, RowKind.UpdateAfter);
            }

            kept = i + 1;
        }

        while (moves && top.Count > kept)
        {
            top.RemoveLast();
        }

        top.Insert(place, in row, Partition);
        Emit(in row, rank, RowKind.Insert);
    }

    private void Replace(in TIn before, in TIn after, long rank)
    {
        if (!TShape.IsSame(in before, in after))
        {
            Emit(in before, rank, RowKind.UpdateBefore);
            Emit(in after, rank, RowKind.UpdateAfter);
        }
    }

    private void Emit(in TIn row, long rank, RowKind kind)
    {
        TOut result = TShape.Make(in row, rank, kind);
        RowsOut++;
        Output.Emit(in result, Watermark);
    }

    /// <summary>The first rows of a partition.</summary>
    private sealed class Top : PartitionEntry<TIn, Top>
    {
        public TIn[] Rows { get; private set; } = new TIn[2];

        /// <summary>The source partition of each.</summary>
        public int[] Sources { get; private set; } = new int[2];

        public int Count { get; private set; }

        public override ref readonly TIn Some => ref Rows[0];

        /// <summary>Behind all that are before a row or equal to it, of lower source partitions or the same.</summary>
        public int PlaceOf(in TIn row, int source)
        {
            int low = 0;
            int high = Count;
            while (low < high)
            {
                int middle = (low + high) / 2;
                int order = TShape.CompareOrder(in Rows[middle], in row);
                if (order < 0 || (order == 0 && Sources[middle] <= source))
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

        /// <summary>The rank of a row at a place.</summary>
        public long RankAt(int place, in TIn row, bool isPeer, TopRank rank)
        {
            if (rank == TopRank.Rank)
            {
                while (isPeer)
                {
                    place--;
                    isPeer = place > 0 && TShape.CompareOrder(in Rows[place - 1], in row) == 0;
                }

                return place + 1L;
            }

            long dense = isPeer ? 0 : 1;
            for (int i = 0; i < place; i++)
            {
                dense += i == 0 || TShape.CompareOrder(in Rows[i - 1], in Rows[i]) != 0 ? 1 : 0;
            }

            return dense;
        }

        public void Insert(int place, in TIn row, int source)
        {
            if (Count == Rows.Length)
            {
                TIn[] rows = Rows;
                int[] sources = Sources;
                System.Array.Resize(ref rows, Count * 2);
                System.Array.Resize(ref sources, Count * 2);
                Rows = rows;
                Sources = sources;
            }

            System.Array.Copy(Rows, place, Rows, place + 1, Count - place);
            System.Array.Copy(Sources, place, Sources, place + 1, Count - place);
            Rows[place] = row;
            Sources[place] = source;
            Count++;
        }

        public void RemoveLast() => Rows[--Count] = default;
    }
}
