using System.Buffers;
using System.ComponentModel;
using Apache.Arrow;
using Laminar.State;

namespace Laminar.Execution;

/// <summary>Everything from a base source's rows to those of a query: what the query reads is run in here, on the caller's thread.</summary>
/// <typeparam name="TSource">The base source's row.</typeparam>
[EditorBrowsable(EditorBrowsableState.Never)]
public abstract class QueryPipeline<TSource> : IDisposable
{
    /// <summary>Rows taken.</summary>
    public abstract long RowsIn { get; }

    /// <summary>Rows emitted by the last query.</summary>
    public abstract long RowsOut { get; }

    /// <summary>Rows left out of windows, over all queries in here.</summary>
    public abstract long LateRows { get; }

    /// <summary>Rows skipped, over all queries in here.</summary>
    public abstract long ErrorRows { get; }

    /// <summary>Bytes of state held.</summary>
    public abstract long StateBytes { get; }

    /// <summary>See <see cref="Operator{TIn}.OnError"/>.</summary>
    public abstract Func<StreamRowException, bool>? OnError { set; }

    /// <summary>See <see cref="Operator{TIn}.Clock"/>.</summary>
    public abstract TimeProvider Clock { set; }

    public abstract void Process(ReadOnlySpan<TSource> rows);

    public abstract void Process(RecordBatch batch);

    public abstract void AdvanceWatermark(long watermark);

    public abstract void Complete();

    /// <summary>Appends the snapshots of all queries in here, from the source on.</summary>
    public abstract void Save(IBufferWriter<byte> writer);

    /// <summary>Takes them off the front.</summary>
    public abstract void Load(ref ReadOnlySequence<byte> snapshot);

    public virtual void Dispose() => GC.SuppressFinalize(this);
}

/// <summary>A query over a source.</summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public sealed class SourcePipeline<TSource>(QueryOperator<TSource> only) : QueryPipeline<TSource>
{
    public override long RowsIn => only.RowsIn;

    public override long RowsOut => only.RowsOut;

    public override long LateRows => only.LateRows;

    public override long ErrorRows => only.ErrorRows;

    public override long StateBytes => only.StateBytes;

    public override Func<StreamRowException, bool>? OnError
    {
        set => only.OnError = value;
    }

    public override TimeProvider Clock
    {
        set => only.Clock = value;
    }

    public override void Process(ReadOnlySpan<TSource> rows) => only.Process(rows);

    public override void Process(RecordBatch batch) => only.Process(batch);

    public override void AdvanceWatermark(long watermark) => only.AdvanceWatermark(watermark);

    public override void Complete() => only.Complete();

    public override void Save(IBufferWriter<byte> writer) => SnapshotParts.Write(writer, only);

    public override void Load(ref ReadOnlySequence<byte> snapshot) => only.Restore(SnapshotParts.Take(ref snapshot));

    public override void Dispose()
    {
        only.Dispose();
        base.Dispose();
    }
}

/// <summary>A query over a query: what the lower one emits goes through the upper one, each row with the watermark before it.</summary>
/// <typeparam name="TSource">The base source's row.</typeparam>
/// <typeparam name="TBetween">The lower query's row.</typeparam>
[EditorBrowsable(EditorBrowsableState.Never)]
public sealed class ChainedPipeline<TSource, TBetween>(QueryPipeline<TSource> upstream, RowCollector<TBetween> between, QueryOperator<TBetween> last)
    : QueryPipeline<TSource>
{
    /// <summary>Rows that go through at a time: they stay in the cache between the queries.</summary>
    private const int SliceRows = 1024;

    public override long RowsIn => upstream.RowsIn;

    public override long RowsOut => last.RowsOut;

    public override long LateRows => upstream.LateRows + last.LateRows;

    public override long ErrorRows => upstream.ErrorRows + last.ErrorRows;

    public override long StateBytes => upstream.StateBytes + last.StateBytes;

    public override Func<StreamRowException, bool>? OnError
    {
        set
        {
            upstream.OnError = value;
            last.OnError = value;
        }
    }

    public override TimeProvider Clock
    {
        set
        {
            upstream.Clock = value;
            last.Clock = value;
        }
    }

    public override void Process(ReadOnlySpan<TSource> rows)
    {
        while (rows.Length > 0)
        {
            int slice = Math.Min(rows.Length, SliceRows);
            try
            {
                upstream.Process(rows[..slice]);
            }
            finally
            {
                HandOn();
            }

            rows = rows[slice..];
        }
    }

    public override void Process(RecordBatch batch)
    {
        try
        {
            upstream.Process(batch);
        }
        finally
        {
            HandOn();
        }
    }

    public override void AdvanceWatermark(long watermark)
    {
        try
        {
            upstream.AdvanceWatermark(watermark);
        }
        finally
        {
            HandOn();
        }
    }

    public override void Complete()
    {
        upstream.Complete();
        HandOn();
        last.Complete();
    }

    public override void Save(IBufferWriter<byte> writer)
    {
        upstream.Save(writer);
        SnapshotParts.Write(writer, last);
    }

    public override void Load(ref ReadOnlySequence<byte> snapshot)
    {
        upstream.Load(ref snapshot);
        last.Restore(SnapshotParts.Take(ref snapshot));
    }

    public override void Dispose()
    {
        upstream.Dispose();
        last.Dispose();
        base.Dispose();
    }

    private void HandOn()
    {
        if (between.Count > 0)
        {
            try
            {
                last.Process(between.Rows, between.Watermarks, long.MaxValue);
            }
            finally
            {
                between.Clear();
            }
        }

        if (between.Watermark > long.MinValue && between.Watermark < long.MaxValue)
        {
            last.AdvanceWatermark(between.Watermark);
        }
    }
}
