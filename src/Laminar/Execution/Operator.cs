using System.Buffers;
using System.ComponentModel;

namespace Laminar.Execution;

/// <summary>
/// One instance of a generated pipeline: it consumes rows of one input and keeps flat state. Not thread-safe; one core owns it.
/// Time is in the input's <see cref="EventTimeUnit"/>. Rows are processed in order and results never depend on how they were cut into calls.
/// </summary>
/// <typeparam name="TIn">The input's row.</typeparam>
[EditorBrowsable(EditorBrowsableState.Never)]
public abstract class Operator<TIn> : EvaluationContext, IDisposable
{
    /// <summary>Rows processed.</summary>
    public long RowsIn { get; protected set; }

    /// <summary>Rows that failed and were skipped by <see cref="OnError"/>.</summary>
    public long ErrorRows { get; protected set; }

    /// <summary>Where rows go that are counted in <see cref="EvaluationContext.LateRows"/>, of a query with LATE DATA TO; null: they are counted only.</summary>
    public LateOutput<TIn>? Late { get; set; }

    /// <summary>Bytes of state held.</summary>
    public virtual long StateBytes => 0;

    /// <summary>
    /// Asked when a row fails: true to count and skip it, false to throw <see cref="StreamRowException"/> and fault the operator.
    /// Null (the default) means false.
    /// </summary>
    public Func<StreamRowException, bool>? OnError { get; set; }

    /// <summary>
    /// What the query says about errors that no single row of a source has made: in results of groups, and in rows of other queries. Null: <see cref="OnError"/> is
    /// asked about those too.
    /// </summary>
    public virtual QueryErrors? Errors => null;

    /// <summary>Takes what <see cref="Errors"/> says goes to a dead-letter file, and answers true when it has; null: <see cref="OnError"/> does.</summary>
    public Func<StreamRowException, bool>? DeadLetter { get; set; }

    /// <summary>Takes the reference tables that rows are joined with. Once, before the first row; only queries that join some look at them.</summary>
    /// <exception cref="LaminarException">One that the query joins isn't there.</exception>
    public virtual void Open(ReferenceTables tables)
    {
    }

    /// <summary>Rows straight from one source partition: the watermark follows the source's declaration, row by row.</summary>
    public abstract void Process(ReadOnlySpan<TIn> rows);

    /// <summary>
    /// Rows that carry the watermark before each of them (an exchange, an upstream query, several partitions).
    /// </summary>
    /// <param name="rows">The rows.</param>
    /// <param name="watermarks">As long as <paramref name="rows"/>; never falls.</param>
    /// <param name="ceiling">The minimum of the other inputs' watermarks: what counts is the lesser of this and the row's.</param>
    public abstract void Process(ReadOnlySpan<TIn> rows, ReadOnlySpan<long> watermarks, long ceiling);

    /// <summary>Explicit progress; never moves back.</summary>
    public abstract void AdvanceWatermark(long watermark);

    /// <summary>Whether results wait for the wall clock, as those of EMIT EVERY ... PROCESSING TIME do.</summary>
    public virtual bool FollowsClock => false;

    /// <summary>The reading of the wall clock at which what waits for it is due, in ticks UTC; <see cref="long.MaxValue"/>: nothing waits.</summary>
    public virtual long NextTick => long.MaxValue;

    /// <summary>What the wall clock says, in ticks UTC: what waits for a moment that has passed since the last call is emitted. Nothing once completed.</summary>
    public virtual void AdvanceProcessingTime(long now)
    {
    }

    /// <summary>End of input: every window closes. <see cref="AdvanceWatermark"/> to the end of time, and no row may follow.</summary>
    public abstract void Complete();

    /// <summary>Writes the whole state, the watermark included.</summary>
    public abstract void Snapshot(IBufferWriter<byte> writer);

    /// <summary>Loads what <see cref="Snapshot"/> wrote, into a fresh operator.</summary>
    /// <exception cref="SnapshotException">Damaged or of another query.</exception>
    public abstract void Restore(ReadOnlySequence<byte> snapshot);

    public virtual void Dispose() => GC.SuppressFinalize(this);
}
