using System.Buffers;
using System.ComponentModel;
using Apache.Arrow;

namespace Laminar.Execution;

/// <summary>Everything from the rows of base sources to those of a query: what the query reads is run in here, on the caller's thread.</summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public abstract class QueryPipeline : IDisposable
{
    /// <summary>The operator that emits the last query's rows.</summary>
    internal abstract object Last { get; }

    /// <summary>Some of the rows at the bottom are made of constants (<see cref="OneRow"/>).</summary>
    internal virtual bool HasConstants => false;

    /// <summary>All of them are: behind <see cref="Begin"/> the query is complete.</summary>
    internal virtual bool IsConstant => false;

    /// <summary>Rows taken; one that several parts of a UNION ALL read counts for each.</summary>
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

    /// <summary>See <see cref="EvaluationContext.Clock"/>.</summary>
    public abstract TimeProvider Clock { set; }

    /// <summary>See <see cref="Operator{TIn}.Open"/>; of all queries in here.</summary>
    internal abstract void Open(ReferenceTables tables);

    /// <summary>Where the rows of a base source go in; null for a type that isn't one. To be asked for once.</summary>
    public abstract PipelineEntry<TSource>? Entry<TSource>();

    /// <summary>See <see cref="Operator{TIn}.AdvanceProcessingTime"/>; of all queries in here.</summary>
    public abstract void AdvanceProcessingTime(long now);

    /// <summary>Brings what is made of constants to its end. Once, before all else that brings rows or time.</summary>
    internal virtual void Begin()
    {
    }

    /// <summary>The end of every source.</summary>
    public abstract void Complete();

    /// <summary>Appends the snapshots of all queries in here, from the sources on.</summary>
    public abstract void Save(IBufferWriter<byte> writer);

    /// <summary>Takes them off the front.</summary>
    public abstract void Load(ref ReadOnlySequence<byte> snapshot);

    public virtual void Dispose() => GC.SuppressFinalize(this);
}

/// <summary>Where the rows of one base source go into a <see cref="QueryPipeline"/>. What they cause has left the last query when a call returns.</summary>
/// <typeparam name="TSource">The base source's row.</typeparam>
[EditorBrowsable(EditorBrowsableState.Never)]
public abstract class PipelineEntry<TSource>
{
    public abstract void Process(ReadOnlySpan<TSource> rows);

    public abstract void Process(RecordBatch batch);

    public abstract void AdvanceWatermark(long watermark);
}
