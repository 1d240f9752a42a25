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
/// <param name="queryName">For messages.</param>
/// <param name="fingerprint">Of the state's layout.</param>
/// <param name="skip">Rows of each partition that are left out.</param>
/// <param name="take">Rows of each partition behind those that are put out.</param>
/// <param name="output">Where rows go.</param>
[EditorBrowsable(EditorBrowsableState.Never)]
public abstract class WindowOverOperator<TIn, TOut, TShape, TOutput>(string queryName, string fingerprint, long skip, long take, TOutput output) : RowOperator<TIn>(queryName, fingerprint), IRowsTo<TOutput>
    where TIn : struct, IStreamRow<TIn>
    where TShape : struct, IOverShape<TIn, TOut>
    where TOutput : struct, IRowOutput<TOut>
{
    private const int LeastRows = 1024;

    private readonly long _last = take > long.MaxValue - skip ? long.MaxValue : skip + take;
    private readonly List<Instant> _instants = [];
    private readonly Stack<Instant> _free = [];
    private long _nextDue = long.MaxValue;

    /// <summary>Where rows go; a struct that lives here.</summary>
    public TOutput Output = output;

    /// <inheritdoc/>
    ref TOutput IRowsTo<TOutput>.Output => ref Output;

    /// <inheritdoc/>
    public override long StateBytes => _instants.Sum(i => (long)i.Count) * System.Runtime.CompilerServices.Unsafe.SizeOf<TIn>();

    /// <inheritdoc/>
    protected sealed override void Run(ReadOnlySpan<TIn> rows, int start)
    {
        for (int i = start; i < rows.Length; i++)
        {
            Keep(in rows[i], i);
        }
    }

    /// <inheritdoc/>
    protected sealed override void Run(ReadOnlySpan<TIn> rows, ReadOnlySpan<long> watermarks, long ceiling, int start)
    {
        for (int i = start; i < rows.Length; i++)
        {
            long before = Math.Min(watermarks[i], ceiling);
            if (before > Watermark)
            {
                Advance(before);
            }

            Keep(in rows[i], i);
        }
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

    private void Keep(in TIn row, int position)
    {
        long due = TShape.Due(in row);
        if (due < Watermark)
        {
            LateRows++;
            MarkLate(position);
            return;
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

            if (i >= skip)
            {
                TOut row = TShape.Make(partition, new OverPlace(i, peers, peersEnd, dense));
                RowsOut++;
                Output.Emit(in row, due);
            }
        }
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
