using System.Buffers;
using System.ComponentModel;
using Apache.Arrow;
using Laminar.State;

namespace Laminar.Execution;

/// <summary>A query over a source.</summary>
/// <typeparam name="TSource">The base source's row.</typeparam>
[EditorBrowsable(EditorBrowsableState.Never)]
public sealed class SourcePipeline<TSource>(QueryOperator<TSource> only) : QueryPipeline
{
    internal override object Last => only;

    internal override bool HasConstants => IsConstant;

    internal override bool IsConstant => typeof(TSource) == typeof(OneRow);

    public override long RowsIn => IsConstant ? 0 : only.RowsIn;

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

    public override PipelineEntry<T>? Entry<T>() => new OnlyEntry(only) as PipelineEntry<T>;

    public override void AdvanceProcessingTime(long now) => only.AdvanceProcessingTime(now);

    public override void Complete() => only.Complete();

    internal override void Open(ReferenceTables tables) => only.Open(tables);

    internal override void Begin()
    {
        if (IsConstant)
        {
            only.Process([default!]);
            only.Complete();
        }
    }

    public override void Save(IBufferWriter<byte> writer) => SnapshotParts.Write(writer, only);

    public override void Load(ref ReadOnlySequence<byte> snapshot) => only.Restore(SnapshotParts.Take(ref snapshot));

    public override void Dispose()
    {
        only.Dispose();
        base.Dispose();
    }

    private sealed class OnlyEntry(QueryOperator<TSource> only) : PipelineEntry<TSource>
    {
        public override void Process(ReadOnlySpan<TSource> rows) => only.Process(rows);

        public override void Process(RecordBatch batch) => only.Process(batch);

        public override void AdvanceWatermark(long watermark) => only.AdvanceWatermark(watermark);
    }
}
