namespace Laminar.Storage;

/// <summary>
/// One core's write-ahead log. Appending copies into memory and never waits for the disk; at most one write is under way, and what comes
/// meanwhile goes with the next (group commit). Serves several threads. After a disk error everything throws <see cref="StorageException"/>.
/// </summary>
public sealed class WalWriter
{
    /// <summary>Payload of a record at most: 64 MiB.</summary>
    public const int MaxPayloadBytes = 64 << 20;

    internal WalWriter()
    {
    }

    /// <summary>The core.</summary>
    public int Core { get; }

    /// <summary>The last record appended; 0 for none.</summary>
    public long LastSequence { get; }

    /// <summary>The last record that is durable.</summary>
    public long DurableSequence { get; }

    /// <summary>Why the log has failed, or null.</summary>
    public StorageException? Failure { get; }

    /// <summary>
    /// Called when <see cref="DurableSequence"/> has moved, room has come free, or the log has failed; on the device's thread, so only wake
    /// somebody. Set before the first append.
    /// </summary>
    public Action? Progress { get; set; }

    /// <summary>Logs rows of a source partition.</summary>
    /// <param name="source">The partition.</param>
    /// <param name="firstRow">The number of the first row in it, from 0.</param>
    /// <param name="rowCount">Rows.</param>
    /// <param name="payload">The rows, encoded; at most <see cref="MaxPayloadBytes"/>. Copied.</param>
    /// <param name="sequence">The record's number.</param>
    /// <returns>False when the buffers are full: come again after <see cref="Progress"/>.</returns>
    public bool TryAppendRows(WalSource source, long firstRow, int rowCount, ReadOnlySpan<byte> payload, out long sequence) =>
        throw new LaminarException("");

    /// <summary>Logs explicit progress of a source partition.</summary>
    public bool TryAppendWatermark(WalSource source, long firstRow, long watermark, out long sequence) => throw new LaminarException("");

    /// <summary>Logs the end of a source partition.</summary>
    public bool TryAppendEnd(WalSource source, long firstRow, out long sequence) => throw new LaminarException("");

    /// <summary>Logs the barrier of an epoch; what follows belongs to the next.</summary>
    /// <param name="epoch">Above every barrier before.</param>
    /// <param name="payload">Anything that the runtime wants back on replay.</param>
    /// <param name="position">For <see cref="EpochCommit.Wal"/>.</param>
    public bool TryAppendBarrier(long epoch, ReadOnlySpan<byte> payload, out WalPosition position) => throw new LaminarException("");

    /// <summary>Completes when the record, and all before it, are durable.</summary>
    public ValueTask WaitDurableAsync(long sequence, CancellationToken cancellationToken = default) => throw new LaminarException("");
}
