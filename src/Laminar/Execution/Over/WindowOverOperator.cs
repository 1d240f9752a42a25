using System.ComponentModel;
using Laminar.State;

namespace Laminar.Execution;

/// <summary>
/// Functions over partitions, and the first rows in an order, where all rows of a partition have one event time: those of a window. They are kept, of the first
/// ones about twice as many as are wanted, and put in order when the watermark has passed them.
/// </summary>
/// <typeparam name="TIn">The input's row.</typeparam>
/// <typeparam name="TOut">The output's row.</typeparam>
/// <typeparam name="TShape">The query's columns.</typeparam>
/// <typeparam name="TOutput">Where rows go.</typeparam>
/// <typeparam name="TPane">What the aggregates of a frame keep.</typeparam>
/// <param name="layout">What is looked at.</param>
/// <param name="output">Where rows go.</param>
[EditorBrowsable(EditorBrowsableState.Never)]
public abstract class WindowOverOperator<TIn, TOut, TPane, TShape, TOutput>(OverLayout layout, TOutput output) : KeepingOperator<TIn, TOutput>(layout.QueryName, layout.Fingerprint, output)
    where TIn : struct, IStreamRow<TIn>
    where TPane : unmanaged
    where TShape : struct, IOverShape<TIn, TOut, TPane>
    where TOutput : struct, IRowOutput<TOut>
{
    private const int LeastRows = 1024;

    private readonly long _last = layout.Last;
    private readonly OverFrames<TIn, TOut, TPane, TShape> _frames = new(layout);
    private readonly List<Instant> _instants = [];
    private readonly Stack<Instant> _free = [];
    private FrameState<TPane> _state;
    private long _nextDue = long.MaxValue;

    /// <inheritdoc/>
    public override long StateBytes => _instants.Sum(i => (long)i.Count) * System.Runtime.CompilerServices.Unsafe.SizeOf<TIn>();

    /// <inheritdoc/>
    public override void Dispose()
    {
        _frames.Shape.Dispose();
        base.Dispose();
    }

    /// <inheritdoc/>
    protected sealed override bool Take(in TIn row)
    {
        long due = TShape.Due(in row);
        if (due < Watermark)
        {
            return false;
        }

        Instant instant = At(due);
        if (_last < int.MaxValue && instant.IsFull)
        {
            instant.Prune((int)_last);
        }

        if (!instant.IsBeaten(in row))
        {
            instant.Add(in row);
        }

        return true;
    }

    /// <inheritdoc/>
    protected sealed override void Progress(long watermark)
    {
        while (_nextDue < watermark)
        {
            Instant first = _instants[0];
            Emit(first);
            _instants.RemoveAt(0);
            _nextDue = _instants.Count == 0 ? long.MaxValue : _instants[0].Due;
            first.Clear();
            _free.Push(first);
        }

        Output.Watermark(watermark);
    }

    /// <inheritdoc/>
    protected sealed override void Save(StateWriter state)
    {
        base.Save(state);
        var buffer = new RowBuffer();
        state.Write(_instants.Count);
        foreach (Instant instant in _instants)
        {
            state.Write(instant.Due);
            StateRows.Write(state, instant.Rows, buffer);
        }
    }

    /// <inheritdoc/>
    protected sealed override void Load(StateReader state)
    {
        base.Load(state);
        int count = state.ReadCount(sizeof(long));
        for (int i = 0; i < count; i++)
        {
            long due = state.Read<long>();
            _instants.Add(new Instant(due, StateRows.Read<TIn>(state, out int rows), rows));
        }

        _nextDue = count == 0 ? long.MaxValue : _instants[0].Due;
    }

    /// <summary>The rows of a time; most come for the last one.</summary>
    private Instant At(long due)
    {
        int at = _instants.Count;
        while (at > 0 && _instants[at - 1].Due >= due)
        {
            at--;
        }

        if (at < _instants.Count && _instants[at].Due == due)
        {
            return _instants[at];
        }

        Instant added = _free.TryPop(out Instant? free) ? free : new Instant(due, [], 0);
        added.Due = due;
        _instants.Insert(at, added);
        _nextDue = _instants[0].Due;
        return added;
    }

    private void Emit(Instant instant)
    {
        instant.Sort();
        ReadOnlySpan<TIn> rows = instant.Rows;
        for (int start = 0; start < rows.Length;)
        {
            int end = start + 1;
            while (end < rows.Length && TShape.IsSamePartition(in rows[start], in rows[end]))
            {
                end++;
            }

            Emit(rows[start..end], instant.Due);
            start = end;
        }
    }

    private void Emit(ReadOnlySpan<TIn> partition, long due)
    {
        int peers = 0;
        int peersEnd = 0;
        int dense = 0;
        int count = (int)Math.Min(partition.Length, _last);
        _frames.Begin(ref _state);
        for (int i = 0; i < count; i++)
        {
            if (i == peersEnd)
            {
                peers = i;
                dense++;
                for (peersEnd = i + 1; peersEnd < partition.Length && TShape.CompareOrder(in partition[i], in partition[peersEnd]) == 0; peersEnd++)
                {
                }
            }

            if (i >= layout.Skip)
            {
                PutOut(partition, new OverPlace(i, 0, peers, peersEnd, dense), due);
            }
        }

        _frames.End(ref _state);
    }

    private void PutOut(ReadOnlySpan<TIn> partition, in OverPlace place, long due)
    {
        TOut row;
        try
        {
            row = _frames.Make(ref _state, partition, place);
        }
        catch (Exception error) when (TShape.CanFail && IsRowError(error))
        {
            Skip($"{partition[place.Index]} and the rows around it", error);
            return;
        }

        RowsOut++;
        Output.Emit(in row, due);
    }

    /// <summary>The rows of one event time.</summary>
    private sealed class Instant(long due, TIn[] rows, int count)
    {
        private TIn[] _rows = rows;
        private int _fullAt = Math.Max(LeastRows, 2 * count);
        private int _worst = -1;

        public long Due { get; set; } = due;

        public int Count { get; private set; } = count;

        public ReadOnlySpan<TIn> Rows => _rows.AsSpan(0, Count);

        public bool IsFull => Count >= _fullAt;

        /// <summary>So many rows of its partition are before it that it is never among the first.</summary>
        public bool IsBeaten(in TIn row) => _worst >= 0 && TShape.IsSamePartition(in row, in _rows[_worst]) && TShape.Compare(in row, in _rows[_worst]) >= 0;

        public void Add(in TIn row)
        {
            if (Count == _rows.Length)
            {
                System.Array.Resize(ref _rows, Math.Max(16, Count * 2));
            }

            _rows[Count++] = row;
        }

        public void Sort() => RowSorting.Sort<TIn, Order>(_rows.AsSpan(0, Count));

        /// <summary>Leaves the first rows of each partition.</summary>
        public void Prune(int most)
        {
            Sort();
            int kept = 0;
            int inPartition = 0;
            for (int i = 0; i < Count; i++)
            {
                inPartition = kept > 0 && TShape.IsSamePartition(in _rows[kept - 1], in _rows[i]) ? inPartition + 1 : 1;
                if (inPartition <= most)
                {
                    _rows[kept++] = _rows[i];
                }
            }

            System.Array.Clear(_rows, kept, Count - kept);
            Count = kept;
            _fullAt = Math.Max(LeastRows, 2 * kept);
            _worst = inPartition >= most ? kept - 1 : -1;
        }

        public void Clear()
        {
            System.Array.Clear(_rows, 0, Count);
            Count = 0;
            _fullAt = LeastRows;
            _worst = -1;
        }
    }

    private readonly struct Order : IRowOrder<TIn>
    {
        public static int Compare(in TIn a, in TIn b) => TShape.Compare(in a, in b);
    }
}
