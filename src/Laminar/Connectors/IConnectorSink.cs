using System.Buffers;
using Microsoft.Extensions.Logging;

namespace Laminar;

/// <summary>A sink that a connector writes to. Use <see cref="IAppendSink{TRow}"/> or <see cref="IChangelogSink{TRow}"/>.</summary>
/// <typeparam name="TRow">The row it encodes.</typeparam>
public interface IConnectorSink<TRow>
{
    /// <summary>For logs and errors: <c>file out.jsonl</c>.</summary>
    string Description { get; }

    /// <summary>False where a row may come twice after a crash (stdout).</summary>
    bool IsExactlyOnce { get; }

    /// <summary>Opens the sink. One writer per runtime; called on the sink's own thread.</summary>
    ISinkWriter<TRow> Open(SinkContext context);
}

/// <summary>A sink for rows that are only ever added.</summary>
public interface IAppendSink<TRow> : IConnectorSink<TRow>
    where TRow : IStreamRow<TRow>, IAppendRow;

/// <summary>A sink that understands row kinds.</summary>
public interface IChangelogSink<TRow> : IConnectorSink<TRow>
    where TRow : IStreamRow<TRow>, IChangelogRow;

/// <summary>
/// Writes one sink in epochs: rows, then <see cref="Prepare"/> (durable, not visible), then, when the manifest that names the epoch is
/// durable, <see cref="Commit"/> (visible). All are called in order on one thread that serves this writer alone, so each may wait for a disk or
/// a network: meanwhile at most <see cref="LaminarOptions.RingRows"/> rows queue up for each instance of each query that feeds it, and then these
/// queries wait. Rows of the next epoch may be written before the one before is committed; prepare and commit are idempotent.
/// <see cref="IDisposable.Dispose"/> ends it as it is: what isn't prepared is given up, what is prepared is finished by the next start. What a
/// call throws stops the runtime, with the sink's name.
/// </summary>
public interface ISinkWriter<TRow> : IDisposable
{
    /// <summary>Called once after open: finishes what the manifest names and throws away the rest.</summary>
    /// <param name="committed">The last epoch a manifest names, or 0; its token may have been prepared but not yet committed.</param>
    /// <param name="token">What <see cref="Prepare"/> wrote for it; empty when there was none.</param>
    void Recover(long committed, ReadOnlySpan<byte> token);

    /// <summary>Takes rows of the open epoch. The span is reused afterwards.</summary>
    void Write(ReadOnlySpan<TRow> rows);

    /// <summary>Makes the open epoch's rows durable but not visible, and opens the next epoch.</summary>
    /// <param name="epoch">The epoch that ends, above every one before.</param>
    /// <param name="token">Takes what <see cref="Commit"/> and <see cref="Recover"/> need, 64 KiB at most.</param>
    void Prepare(long epoch, IBufferWriter<byte> token);

    /// <summary>Makes a prepared epoch visible.</summary>
    void Commit(long epoch, ReadOnlySpan<byte> token);
}

/// <summary>What a sink gets from whoever runs it.</summary>
/// <param name="Name">The sink's or query's SQL name.</param>
/// <param name="Logger">Where to log.</param>
public sealed record SinkContext(string Name, ILogger Logger)
{
    /// <summary>
    /// Cancelled when the runtime has failed or is being disposed: nobody waits for the call under way any more, so that one which waits for
    /// a network had better give up. A stop in good order doesn't cancel it.
    /// </summary>
    public CancellationToken Stopping { get; init; }
}
