using Apache.Arrow;

namespace Laminar;

/// <summary>An in-process source of a running runtime. Serves several threads.</summary>
/// <typeparam name="TRow">The source's row.</typeparam>
public abstract class SourceHandle<TRow>
    where TRow : ISourceRow<TRow>
{
    /// <summary>Partitions of this source.</summary>
    public abstract int Partitions { get; }

    /// <summary>Rows durable before this start, per partition 0: after a crash the producer resumes behind them.</summary>
    public long DurableRows => GetDurableRows(0);

    /// <summary>Rows durable before this start in one partition.</summary>
    public abstract long GetDurableRows(int partition);

    /// <summary>Copies the rows in, waiting while the source is full. The memory may be reused when it completes.</summary>
    public abstract ValueTask PushAsync(ReadOnlyMemory<TRow> rows, int partition, CancellationToken cancellationToken = default);

    /// <inheritdoc cref="PushAsync(ReadOnlyMemory{TRow}, int, CancellationToken)"/>
    public ValueTask PushAsync(ReadOnlyMemory<TRow> rows, CancellationToken cancellationToken = default) => PushAsync(rows, 0, cancellationToken);

    /// <summary>One row.</summary>
    public abstract ValueTask PushAsync(TRow row, CancellationToken cancellationToken = default);

    /// <summary>
    /// An Arrow batch, columns matched by name. Rows that can't be decoded follow the source's <see cref="SourceOptions.OnError"/> one by one;
    /// where that is to fail, none of the batch's rows is taken.
    /// </summary>
    /// <exception cref="LaminarException">A column is missing or of a type that doesn't fit, or a row can't be decoded and the policy is to fail.</exception>
    public abstract ValueTask PushAsync(RecordBatch batch, CancellationToken cancellationToken = default);

    /// <summary>False when there is no room for all the rows; then none was taken.</summary>
    public abstract bool TryPush(ReadOnlySpan<TRow> rows, int partition = 0);

    /// <summary>States that no more rows before this instant will come, on every partition.</summary>
    public abstract void AdvanceWatermark(DateTime watermark);

    /// <summary>For BIGINT event time, in milliseconds.</summary>
    public abstract void AdvanceWatermark(long watermark);

    /// <summary>Completes when everything pushed so far is durable (without a data directory: processed).</summary>
    public abstract Task FlushAsync(CancellationToken cancellationToken = default);

    /// <summary>End of this source. When every source has ended, every window closes.</summary>
    public abstract void Complete();
}
