using System.Buffers;
using System.ComponentModel;
using Apache.Arrow;
using Laminar.State;

namespace Laminar.Execution;

/// <summary>
/// A query over several that emit equal rows: UNION ALL. Rows go through in the order in which they are emitted; time goes as far as the slowest has come.
/// </summary>
/// <typeparam name="TBetween">Their row.</typeparam>
[EditorBrowsable(EditorBrowsableState.Never)]
public sealed class UnionPipeline<TBetween> : QueryPipeline
{
    private readonly PipelineInlet[] _inlets;
    private readonly QueryOperator<TBetween> _last;

    /// <param name="parts">The queries.</param>
    /// <param name="last">What reads them.</param>
    public UnionPipeline(UnionPart<TBetween>[] parts, QueryOperator<TBetween> last)
        : this(System.Array.ConvertAll(parts, part => new RowInlet<TBetween>(part.Pipeline, part.Output, last.Process)), last)
    {
    }

    /// <param name="inlets">What brings the rows, of one kind or several, into <paramref name="last"/>.</param>
    /// <param name="last">What reads them.</param>
    internal UnionPipeline(PipelineInlet[] inlets, QueryOperator<TBetween> last)
    {
        _inlets = inlets;
        _last = last;
    }

    internal override object Last => _last;

    internal override bool HasConstants => _inlets.Any(p => p.Pipeline.HasConstants);

    internal override bool IsConstant => _inlets.All(p => p.Pipeline.IsConstant);

    public override long RowsIn => _inlets.Sum(p => p.Pipeline.RowsIn);

    public override long RowsOut => _last.RowsOut;

    public override long LateRows => _inlets.Sum(p => p.Pipeline.LateRows) + _last.LateRows;

    public override long ErrorRows => _inlets.Sum(p => p.Pipeline.ErrorRows) + _last.ErrorRows;

    public override long StateBytes => _inlets.Sum(p => p.Pipeline.StateBytes) + _last.StateBytes;

    public override Func<StreamRowException, bool>? OnError
    {
        set
        {
            System.Array.ForEach(_inlets, p => p.Pipeline.OnError = value);
            _last.OnError = value;
        }
    }

    public override TimeProvider Clock
    {
        set
        {
            System.Array.ForEach(_inlets, p => p.Pipeline.Clock = value);
            _last.Clock = value;
        }
    }

    public override PipelineEntry<TSource>? Entry<TSource>()
    {
        (PipelineEntry<TSource> Entry, int Part)[] entries = [.. _inlets.Select((p, i) => (Entry: p.Pipeline.Entry<TSource>()!, i)).Where(e => e.Entry is not null)];
        return entries.Length == 0 ? null : new UnionEntry<TSource>(entries, this);
    }

    public override void AdvanceProcessingTime(long now)
    {
        for (int i = 0; i < _inlets.Length; i++)
        {
            _inlets[i].Pipeline.AdvanceProcessingTime(now);
            HandOn(i);
        }

        _last.AdvanceProcessingTime(now);
    }

    public override void Complete()
    {
        for (int i = 0; i < _inlets.Length; i++)
        {
            _inlets[i].Pipeline.Complete();
            HandOn(i);
        }

        _last.Complete();
    }

    internal override void Open(ReferenceTables tables)
    {
        System.Array.ForEach(_inlets, p => p.Pipeline.Open(tables));
        _last.Open(tables);
    }

    internal override void Begin()
    {
        for (int i = 0; i < _inlets.Length; i++)
        {
            _inlets[i].Pipeline.Begin();
            HandOn(i);
        }

        if (IsConstant)
        {
            _last.Complete();
        }
    }

    public override void Save(IBufferWriter<byte> writer)
    {
        foreach (PipelineInlet part in _inlets)
        {
            part.Pipeline.Save(writer);
            Span<byte> watermark = writer.GetSpan(sizeof(long));
            System.Buffers.Binary.BinaryPrimitives.WriteInt64LittleEndian(watermark, part.Watermark);
            writer.Advance(sizeof(long));
        }

        SnapshotParts.Write(writer, _last);
    }

    public override void Load(ref ReadOnlySequence<byte> snapshot)
    {
        foreach (PipelineInlet part in _inlets)
        {
            part.Pipeline.Load(ref snapshot);
            part.Advance(SnapshotParts.TakeNumber(ref snapshot));
        }

        _last.Restore(SnapshotParts.Take(ref snapshot));
    }

    public override void Dispose()
    {
        System.Array.ForEach(_inlets, p => p.Pipeline.Dispose());
        _last.Dispose();
        base.Dispose();
    }

    private void HandOn(int part)
    {
        long others = long.MaxValue;
        for (int i = 0; i < _inlets.Length; i++)
        {
            others = i == part ? others : Math.Min(others, _inlets[i].Watermark);
        }

        _inlets[part].HandOn(others);
        long watermark = Math.Min(others, _inlets[part].Watermark);
        if (watermark > long.MinValue && watermark < long.MaxValue)
        {
            _last.AdvanceWatermark(watermark);
        }
    }

    private sealed class UnionEntry<TSource>((PipelineEntry<TSource> Entry, int Part)[] entries, UnionPipeline<TBetween> pipeline) : PipelineEntry<TSource>
    {
        // Where several parts read the source, each row goes through all of them before the next: what comes out mustn't depend on how rows are cut into calls.
        private readonly int _sliceRows = entries.Length == 1 ? ChainedPipeline<TBetween>.SliceRows : 1;

        public override void Process(ReadOnlySpan<TSource> rows)
        {
            while (rows.Length > 0)
            {
                int slice = Math.Min(rows.Length, _sliceRows);
                foreach ((PipelineEntry<TSource> entry, int part) in entries)
                {
                    try
                    {
                        entry.Process(rows[..slice]);
                    }
                    finally
                    {
                        pipeline.HandOn(part);
                    }
                }

                rows = rows[slice..];
            }
        }

        public override void Process(RecordBatch batch)
        {
            if (entries.Length == 1)
            {
                All(batch);
                return;
            }

            for (int row = 0; row < batch.Length; row++)
            {
                // The slice shares the batch's memory: it isn't disposed.
                All(batch.Slice(row, 1));
            }
        }

        public override void AdvanceWatermark(long watermark)
        {
            foreach ((PipelineEntry<TSource> entry, int part) in entries)
            {
                try
                {
                    entry.AdvanceWatermark(watermark);
                }
                finally
                {
                    pipeline.HandOn(part);
                }
            }
        }

        private void All(RecordBatch batch)
        {
            foreach ((PipelineEntry<TSource> entry, int part) in entries)
            {
                try
                {
                    entry.Process(batch);
                }
                finally
                {
                    pipeline.HandOn(part);
                }
            }
        }
    }
}

/// <summary>One of the queries of a UNION ALL.</summary>
/// <param name="Pipeline">From its base sources to its rows.</param>
/// <param name="Output">What it writes into.</param>
/// <typeparam name="TRow">Its row.</typeparam>
[EditorBrowsable(EditorBrowsableState.Never)]
public sealed record UnionPart<TRow>(QueryPipeline Pipeline, RowCollector<TRow> Output);
