using System.Buffers;
using System.Buffers.Binary;
using Apache.Arrow;
using Laminar.State;

namespace Laminar.Execution;

/// <summary>A query some of whose rows are made of constants: those go through, to their end, before anything else that the query is given, and once.</summary>
internal sealed class ConstantRowsPipeline(QueryPipeline inner) : QueryPipeline
{
    private bool _hasBegun;

    public override long RowsIn => inner.RowsIn;

    public override long RowsOut => inner.RowsOut;

    public override long LateRows => inner.LateRows;

    public override long ErrorRows => inner.ErrorRows;

    public override long StateBytes => inner.StateBytes;

    public override Func<StreamRowException, bool>? OnError
    {
        set => inner.OnError = value;
    }

    public override TimeProvider Clock
    {
        set => inner.Clock = value;
    }

    internal override object Last => inner.Last;

    internal override bool HasConstants => true;

    internal override bool IsConstant => inner.IsConstant;

    public override PipelineEntry<TSource>? Entry<TSource>() => inner.Entry<TSource>() is { } entry ? new BegunEntry<TSource>(entry, this) : null;

    public override void AdvanceProcessingTime(long now)
    {
        Begin();
        inner.AdvanceProcessingTime(now);
    }

    public override void Complete()
    {
        Begin();
        inner.Complete();
    }

    public override void Save(IBufferWriter<byte> writer)
    {
        BinaryPrimitives.WriteInt64LittleEndian(writer.GetSpan(sizeof(long)), _hasBegun ? 1 : 0);
        writer.Advance(sizeof(long));
        inner.Save(writer);
    }

    public override void Load(ref ReadOnlySequence<byte> snapshot)
    {
        _hasBegun = SnapshotParts.TakeNumber(ref snapshot) != 0;
        inner.Load(ref snapshot);
    }

    public override void Dispose()
    {
        inner.Dispose();
        base.Dispose();
    }

    internal override void Open(ReferenceTables tables) => inner.Open(tables);

    internal override void Begin()
    {
        if (!_hasBegun)
        {
            _hasBegun = true;
            inner.Begin();
        }
    }

    private sealed class BegunEntry<TSource>(PipelineEntry<TSource> entry, ConstantRowsPipeline pipeline) : PipelineEntry<TSource>
    {
        public override void Process(ReadOnlySpan<TSource> rows)
        {
            pipeline.Begin();
            entry.Process(rows);
        }

        public override void Process(RecordBatch batch)
        {
            pipeline.Begin();
            entry.Process(batch);
        }

        public override void AdvanceWatermark(long watermark)
        {
            pipeline.Begin();
            entry.AdvanceWatermark(watermark);
        }
    }
}
