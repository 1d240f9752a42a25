using System.Buffers;
using System.ComponentModel;
using Apache.Arrow;
using Laminar.State;

namespace Laminar.Execution;

/// <summary>A query over a query: what the lower one emits goes through the upper one, each row with the watermark before it.</summary>
/// <typeparam name="TBetween">The lower query's row.</typeparam>
[EditorBrowsable(EditorBrowsableState.Never)]
public sealed class ChainedPipeline<TBetween>(QueryPipeline upstream, RowCollector<TBetween> between, QueryOperator<TBetween> last) : QueryPipeline
{
    /// <summary>Rows that go through at a time: they stay in the cache between the queries.</summary>
    internal const int SliceRows = 1024;

    internal override object Last => last;

    internal override bool HasConstants => upstream.HasConstants;

    internal override bool IsConstant => upstream.IsConstant;

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

    public override PipelineEntry<TSource>? Entry<TSource>() => upstream.Entry<TSource>() is { } entry ? new ChainedEntry<TSource>(entry, this) : null;

    public override void AdvanceProcessingTime(long now)
    {
        upstream.AdvanceProcessingTime(now);
        HandOn();
        last.AdvanceProcessingTime(now);
    }

    public override void Complete()
    {
        upstream.Complete();
        HandOn();
        last.Complete();
    }

    internal override void Open(ReferenceTables tables)
    {
        upstream.Open(tables);
        last.Open(tables);
    }

    internal override void Begin()
    {
        upstream.Begin();
        HandOn();
        if (IsConstant)
        {
            last.Complete();
        }
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

    private sealed class ChainedEntry<TSource>(PipelineEntry<TSource> entry, ChainedPipeline<TBetween> pipeline) : PipelineEntry<TSource>
    {
        public override void Process(ReadOnlySpan<TSource> rows)
        {
            while (rows.Length > 0)
            {
                int slice = Math.Min(rows.Length, SliceRows);
                try
                {
                    entry.Process(rows[..slice]);
                }
                finally
                {
                    pipeline.HandOn();
                }

                rows = rows[slice..];
            }
        }

        public override void Process(RecordBatch batch)
        {
            try
            {
                entry.Process(batch);
            }
            finally
            {
                pipeline.HandOn();
            }
        }

        public override void AdvanceWatermark(long watermark)
        {
            try
            {
                entry.AdvanceWatermark(watermark);
            }
            finally
            {
                pipeline.HandOn();
            }
        }
    }
}
