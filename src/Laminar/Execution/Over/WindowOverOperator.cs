using System.ComponentModel;
using System.Runtime.CompilerServices;
using Laminar.State;

namespace Laminar.Execution;

/// <summary>
/// Functions over partitions, and the first rows in an order, where all rows of a partition have one event time: those of a window. They are kept, of a few first ones just
/// those, of more about twice as many as are wanted, and put in order partition by partition when the watermark has passed them. Partitions come in the order of their first rows.
/// </summary>
/// <typeparam name="TIn">The input's row.</typeparam>
/// <typeparam name="TOut">The output's row.</typeparam>
/// <typeparam name="TShape">The query's columns.</typeparam>
/// <typeparam name="TOutput">Where rows go.</typeparam>
/// <typeparam name="TPane">What the aggregates of a frame keep.</typeparam>
/// <param name="layout">What is looked at.</param>
/// <param name="output">Where rows go.</param>
[EditorBrowsable(EditorBrowsableState.Never)]
public abstract class WindowOverOperator<TIn, TOut, TPane, TShape, TOutput>(OverLayout layout, TOutput output) : RowOperator<TIn>(layout.QueryName, layout.Fingerprint), IRowsTo<TOutput>
    where TIn : struct, IStreamRow<TIn>
    where TPane : unmanaged
    where TShape : struct, IOverShape<TIn, TOut, TPane>
    where TOutput : struct, IRowOutput<TOut>
{
    private readonly int _last = (int)Math.Min(layout.Last, int.MaxValue);
    private readonly OverFrames<TIn, TOut, TPane, TShape> _frames = new(layout);
    private readonly List<WindowRows<TIn, TShape, Order>> _instants = [];
    private readonly Stack<WindowRows<TIn, TShape, Order>> _free = [];
    private FrameState<TPane> _state;
    private long _nextDue = long.MaxValue;

    /// <summary>Where rows go; a struct that lives here.</summary>
    public TOutput Output = output;

    /// <inheritdoc/>
    ref TOutput IRowsTo<TOutput>.Output => ref Output;

    /// <inheritdoc/>
    public override long StateBytes => _instants.Sum(i => i.Bytes);

    /// <inheritdoc/>
    public override void Dispose()
    {
        _frames.Shape.Dispose();
        base.Dispose();
    }

    /// <inheritdoc/>
    protected sealed override void Run(ReadOnlySpan<TIn> rows, int start)
    {
        WindowRows<TIn, TShape, Order>? last = null;
        for (int i = start; i < rows.Length; i++)
        {
            Take(in rows[i], i, ref last);
        }
    }

    /// <inheritdoc/>
    protected sealed override void Run(ReadOnlySpan<TIn> rows, ReadOnlySpan<long> watermarks, long ceiling, int start)
    {
        WindowRows<TIn, TShape, Order>? last = null;
        for (int i = start; i < rows.Length; i++)
        {
            long before = Math.Min(watermarks[i], ceiling);
            if (before > Watermark)
            {
                Watermark = before;
                if (_nextDue < before)
                {
                    PutOut(before);
                    last = null;
                }
            }

            Take(in rows[i], i, ref last);
        }

        Output.Watermark(Watermark);
    }

    /// <inheritdoc/>
    protected sealed override void Progress(long watermark)
    {
        PutOut(watermark);
        Output.Watermark(watermark);
    }

    /// <inheritdoc/>
    protected sealed override void Save(StateWriter state)
    {
        base.Save(state);
        var buffer = new RowBuffer();
        state.Write(_instants.Count);
        foreach (WindowRows<TIn, TShape, Order> instant in _instants)
        {
            state.Write(instant.Due);
            StateRows.Write<TIn>(state, instant.All(), buffer);
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
            var instant = new WindowRows<TIn, TShape, Order>(_last) { Due = due };
            foreach (ref readonly TIn row in StateRows.Read<TIn>(state, out int rows).AsSpan(0, rows))
            {
                instant.Add(in row);
            }

            _instants.Add(instant);
        }

        _nextDue = count == 0 ? long.MaxValue : _instants[0].Due;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private void Take(in TIn row, int position, ref WindowRows<TIn, TShape, Order>? last)
    {
        long due = TShape.Due(in row);
        if (last is null || last.Due != due)
        {
            if (due < Watermark)
            {
                LateRows++;
                MarkLate(position);
                return;
            }

            last = At(due);
        }

        last.Add(in row);
    }

    /// <summary>The rows of a time; most come for the last one.</summary>
    [MethodImpl(MethodImplOptions.NoInlining)]
    private WindowRows<TIn, TShape, Order> At(long due)
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

        WindowRows<TIn, TShape, Order> added = _free.TryPop(out WindowRows<TIn, TShape, Order>? free) ? free : new WindowRows<TIn, TShape, Order>(_last);
        added.Due = due;
        _instants.Insert(at, added);
        _nextDue = _instants[0].Due;
        return added;
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private void PutOut(long watermark)
    {
        while (_nextDue < watermark)
        {
            WindowRows<TIn, TShape, Order> first = _instants[0];
            first.Close();
            for (int i = 0; i < first.Partitions; i++)
            {
                Emit(first.Sorted(i), first.Due);
            }

            _instants.RemoveAt(0);
            _nextDue = _instants.Count == 0 ? long.MaxValue : _instants[0].Due;
            first.Clear();
            _free.Push(first);
        }
    }

    private void Emit(ReadOnlySpan<TIn> partition, long due)
    {
        int peers = 0;
        int peersEnd = 0;
        int dense = 0;
        int count = Math.Min(partition.Length, _last);
        _frames.Begin(ref _state);
        for (int i = 0; i < count; i++)
        {
            if (i == peersEnd)
            {
                // Without functions that ask, each row is taken to be by itself.
                peers = i;
                dense++;
                for (peersEnd = i + 1; layout.HasPeers && peersEnd < partition.Length && TShape.CompareOrder(in partition[i], in partition[peersEnd]) == 0; peersEnd++)
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

    private readonly struct Order : IRowOrder<TIn>
    {
        // Of one partition: what it is told by needn't be looked at.
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public static int Compare(in TIn a, in TIn b) => TShape.CompareOrder(in a, in b) is var order && order != 0 ? order : Rest(in a, in b);

        [MethodImpl(MethodImplOptions.NoInlining)]
        private static int Rest(in TIn a, in TIn b) => TShape.Compare(in a, in b);
    }
}
