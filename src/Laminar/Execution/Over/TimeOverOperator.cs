using System.ComponentModel;
using Laminar.State;

namespace Laminar.Execution;

/// <summary>
/// Functions over partitions in the order of event time. A row waits until the watermark has passed it, so that no row before it is missing; of rows at one time those come first
/// that the order says, then those of a lower source partition, then those that arrived before. It is put out when the rows behind it are there that it looks at, which holds back the
/// time of what comes out.
/// </summary>
/// <typeparam name="TIn">The input's row.</typeparam>
/// <typeparam name="TOut">The output's row.</typeparam>
/// <typeparam name="TPane">What the aggregates of a frame keep.</typeparam>
/// <typeparam name="TShape">The query's columns.</typeparam>
/// <typeparam name="TOutput">Where rows go.</typeparam>
/// <param name="layout">What is looked at.</param>
/// <param name="output">Where rows go.</param>
[EditorBrowsable(EditorBrowsableState.Never)]
public abstract class TimeOverOperator<TIn, TOut, TPane, TShape, TOutput>(OverLayout layout, TOutput output) : KeepingOperator<TIn, TOutput>(layout.QueryName, layout.Fingerprint, output)
    where TIn : struct, IStreamRow<TIn>
    where TPane : unmanaged
    where TShape : struct, IOverShape<TIn, TOut, TPane>
    where TOutput : struct, IRowOutput<TOut>
{
    private readonly OverFrames<TIn, TOut, TPane, TShape> _frames = new(layout);
    private readonly WaitingRows<TIn, Tie> _waiting = new();
    private readonly OverPartitions<TIn, OverPartition<TIn, TPane>, TShape> _partitions = new();
    private readonly List<OverPartition<TIn, TPane>> _touched = [];

    /// <summary>Rows that are in their partitions and wait for rows behind them, by their partition.</summary>
    private readonly DueQueue _held = new();

    /// <summary>Partitions by when they are forgotten, should no row come.</summary>
    private readonly DueQueue _idle = new();

    private long _outWatermark = long.MinValue;

    /// <inheritdoc/>
    public override long StateBytes => _waiting.Bytes + _partitions.All.Sum(p => p.Bytes) + _frames.Shape.Bytes;

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

        _waiting.Add(in row, due, Partition);
        return true;
    }

    /// <inheritdoc/>
    protected sealed override void Progress(long watermark)
    {
        while (Math.Min(_waiting.First, _idle.First) is var due && due < watermark)
        {
            // What is forgotten at a time was there for the rows of that time.
            if (_waiting.First == due)
            {
                Place(due);
            }
            else
            {
                Forget(due);
            }
        }

        Settle(watermark);
        if (layout.LooksAhead)
        {
            _outWatermark = Math.Max(_outWatermark, Math.Min(watermark, _held.First));
            Output.Watermark(_outWatermark);
        }
        else
        {
            Output.Watermark(watermark);
        }
    }

    /// <inheritdoc/>
    protected sealed override void Save(StateWriter state)
    {
        base.Save(state);
        state.Write(_outWatermark);
        var buffer = new RowBuffer();
        _waiting.Save(state, buffer);
        _frames.Shape.Save(state);
        OverPartition<TIn, TPane>[] all = [.. _partitions.All];
        state.Write(all.Length);
        foreach (OverPartition<TIn, TPane> partition in all)
        {
            state.Write(partition.Before);
            state.Write(partition.NextToPutOut);
            state.Write(partition.Peers);
            state.Write(partition.PeersEnd);
            state.Write(partition.DenseRank);
            state.Write(partition.LastDue);
            partition.Frames.Save(state);
            StateRows.Write(state, partition.Rows, buffer);
        }

        // In the order in which they will be put out.
        Unhold();
        var settled = all.ToDictionary(p => p.Number, p => p.Settled);
        int[] held = [.. _held.InOrder().Where(number => settled[number]++ >= _partitions[number].NextToPutOut).Select(number => System.Array.FindIndex(all, p => p.Number == number))];
        state.Write(held.Length);
        foreach (int partition in held)
        {
            state.Write(partition);
        }
    }

    /// <inheritdoc/>
    protected sealed override void Load(StateReader state)
    {
        base.Load(state);
        _outWatermark = state.Read<long>();
        _waiting.Load(state);
        _frames.Shape.Load(state);
        for (int count = state.ReadCount(sizeof(long)); count > 0; count--)
        {
            long before = state.Read<long>();
            long next = state.Read<long>();
            long peers = state.Read<long>();
            long peersEnd = state.Read<long>();
            long dense = state.Read<long>();
            long lastDue = state.Read<long>();
            FrameState<TPane> frames = default;
            frames.Load(state);
            TIn[] rows = StateRows.Read<TIn>(state, out int kept);
            if (kept == 0)
            {
                throw state.Damaged();
            }

            OverPartition<TIn, TPane> partition = _partitions.Add(TShape.Hash(in rows[0]));
            partition.Restore(rows.AsSpan(0, kept), before);
            partition.NextToPutOut = next;
            partition.Settled = next;
            partition.Peers = peers;
            partition.PeersEnd = peersEnd;
            partition.DenseRank = dense;
            partition.LastDue = lastDue;
            partition.Frames = frames;
            _frames.Restore(ref partition.Frames, partition.Rows, before);
            Watch(partition);
        }

        OverPartition<TIn, TPane>[] all = [.. _partitions.All];
        var held = new int[all.Length];
        for (int count = state.ReadCount(sizeof(int)); count > 0; count--)
        {
            int number = state.Read<int>();
            OverPartition<TIn, TPane> partition = (uint)number < (uint)all.Length ? all[number] : throw state.Damaged();
            int index = (int)(partition.NextToPutOut - partition.Before) + held[number]++;
            _held.Add(TShape.Due(in (index < partition.Count ? ref partition.Rows[index] : ref partition.Last)), partition.Number);
        }
    }

    /// <summary>Brings the rows of a time to their partitions, and puts out what can be.</summary>
    private void Place(long due)
    {
        foreach (int slot in _waiting.Take(due))
        {
            ref readonly TIn row = ref _waiting[slot];
            OverPartition<TIn, TPane> partition = _partitions.Find(in row) ?? Begin(in row);
            if (partition.End < layout.Last)
            {
                partition.Add(in row);
                partition.LastDue = due;
                if (layout.LooksAhead)
                {
                    _held.Add(due, partition.Number);
                }

                if (!partition.IsTouched)
                {
                    partition.IsTouched = true;
                    _touched.Add(partition);
                }
            }
            else
            {
                partition.LastDue = due;
            }
        }

        _waiting.Release();
        foreach (OverPartition<TIn, TPane> partition in _touched)
        {
            partition.IsTouched = false;
            PutOut(partition, due, isLast: false);
        }

        _touched.Clear();
    }

    private OverPartition<TIn, TPane> Begin(in TIn row)
    {
        OverPartition<TIn, TPane> partition = _partitions.Add(TShape.Hash(in row));
        _frames.Begin(ref partition.Frames);
        partition.LastDue = TShape.Due(in row);
        Watch(partition);
        return partition;
    }

    private void Watch(OverPartition<TIn, TPane> partition)
    {
        if (layout.Forget < long.MaxValue)
        {
            _idle.Add(PaneMath.AddSaturated(partition.LastDue, layout.Forget), partition.Number);
        }
    }

    private void Forget(long due)
    {
        OverPartition<TIn, TPane> partition = _partitions[_idle.Take()];
        if (PaneMath.AddSaturated(partition.LastDue, layout.Forget) > due)
        {
            Watch(partition);
            return;
        }

        // Time is past this, so that all of it is complete; what others have to put out before it comes first.
        Settle(due + 1);
        _frames.End(ref partition.Frames);
        _partitions.Remove(partition);
    }

    /// <summary>Puts out what waits for no more than time.</summary>
    private void Settle(long watermark)
    {
        if (!layout.LooksAhead)
        {
            return;
        }

        for (Unhold(); _held.Count > 0; Unhold())
        {
            OverPartition<TIn, TPane> partition = _partitions[_held.Peek()];
            long next = partition.NextToPutOut;
            PutOut(partition, watermark, isLast: watermark == long.MaxValue, most: 1);
            if (partition.NextToPutOut == next)
            {
                return;
            }
        }
    }

    /// <summary>Forgets who no longer waits.</summary>
    private void Unhold()
    {
        while (_held.Count > 0 && _partitions[_held.Peek()] is var partition && partition.Settled < partition.NextToPutOut)
        {
            _held.Take();
            partition.Settled++;
        }
    }

    /// <param name="partition">The partition.</param>
    /// <param name="time">How far time has come.</param>
    /// <param name="isLast">No row follows.</param>
    /// <param name="most">Of how many rows at most.</param>
    private void PutOut(OverPartition<TIn, TPane> partition, long time, bool isLast, int most = int.MaxValue)
    {
        ReadOnlySpan<TIn> rows = partition.Rows;
        for (; most > 0 && partition.NextToPutOut < partition.End; most--, partition.NextToPutOut++)
        {
            int index = (int)(partition.NextToPutOut - partition.Before);
            if (layout.LooksAhead && !isLast && !IsComplete(rows, index, time))
            {
                break;
            }

            if (partition.NextToPutOut == partition.PeersEnd)
            {
                int end = index + 1;
                while (end < rows.Length && TShape.CompareOrder(in rows[index], in rows[end]) == 0)
                {
                    end++;
                }

                partition.Peers = partition.NextToPutOut;
                partition.PeersEnd = partition.Before + end;
                partition.DenseRank++;
            }

            if (partition.NextToPutOut >= layout.Skip)
            {
                Emit(partition, rows, index, time);
            }
        }

        long kept = partition.NextToPutOut - Math.Max(0, layout.RowsBack);
        if (layout.RowsBack == OverLayout.Any)
        {
            kept = partition.Before + TShape.Behind(rows[..(int)(partition.NextToPutOut - partition.Before)]);
        }

        if (layout.HasFrame)
        {
            kept = Math.Min(kept, layout.From is null ? partition.Frames.To : partition.Frames.From);
        }

        partition.Drop(kept);
    }

    private bool IsComplete(ReadOnlySpan<TIn> rows, int index, long time) =>
        (layout.RowsAhead == OverLayout.Any ? TShape.HasAhead(rows, index) : rows.Length - index > layout.RowsAhead)
        && (layout.TimeAhead == 0 || PaneMath.AddSaturated(TShape.Due(in rows[index]), layout.TimeAhead) < time);

    private void Emit(OverPartition<TIn, TPane> partition, ReadOnlySpan<TIn> rows, int index, long time)
    {
        // Peers begin among the rows at hand only where those that are looked back at do.
        var place = new OverPlace(index, partition.Before, (int)(partition.Peers - partition.Before), (int)(partition.PeersEnd - partition.Before), partition.DenseRank);
        TOut row;
        try
        {
            row = _frames.Make(ref partition.Frames, rows, place);
        }
        catch (Exception error) when (TShape.CanFail && IsRowError(error))
        {
            Skip($"{rows[index]} and the rows around it", error);
            return;
        }

        RowsOut++;
        Output.Emit(in row, layout.LooksAhead ? _outWatermark : time);
    }

    /// <summary>The order of rows at one time, as far as neither source partition nor arrival says it.</summary>
    private readonly struct Tie : IComparer<TIn>
    {
        public int Compare(TIn a, TIn b) => TShape.CompareOrder(in a, in b);
    }
}
