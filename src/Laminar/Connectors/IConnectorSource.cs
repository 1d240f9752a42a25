using System.Buffers;
using Microsoft.Extensions.Logging;

namespace Laminar;

/// <summary>A source that a connector reads from outside. It knows nothing of the runtime.</summary>
/// <typeparam name="TRow">The row it decodes to.</typeparam>
public interface IConnectorSource<TRow>
    where TRow : ISourceRow<TRow>
{
    /// <summary>For logs and errors: <c>file cars.jsonl</c>.</summary>
    string Description { get; }

    /// <summary>True when a partition can be read again from a saved position, so that its rows need no WAL.</summary>
    bool IsReplayable { get; }

    /// <summary>Partitions; each is read on one core.</summary>
    int Partitions { get; }

    /// <summary>Opens a partition at a position that its reader once saved; empty means the beginning.</summary>
    IPartitionReader<TRow> Open(int partition, ReadOnlyMemory<byte> position, SourceContext context);
}

/// <summary>Reads one partition. Called on one core's thread only; never blocks for long.</summary>
public interface IPartitionReader<TRow> : IDisposable
{
    /// <summary>Decodes up to <c>rows.Length</c> rows.</summary>
    /// <param name="rows">Filled from the front.</param>
    /// <param name="count">Rows filled; may be positive with any status.</param>
    ReadStatus Read(Span<TRow> rows, out int count);

    /// <summary>Writes the position behind the last row handed out; 64 KiB at most.</summary>
    void SavePosition(IBufferWriter<byte> writer);

    /// <summary>Called when an epoch is durable: everything up to the position saved for it may be acknowledged.</summary>
    void Acknowledge(long epoch)
    {
    }
}

/// <summary>What <see cref="IPartitionReader{TRow}.Read"/> found.</summary>
public enum ReadStatus
{
    /// <summary>There may be more at once.</summary>
    More,

    /// <summary>Nothing more now; ask again when <see cref="SourceContext.Wake"/> was called, or later.</summary>
    Idle,

    /// <summary>The partition has ended.</summary>
    End,
}

/// <summary>What a source partition gets from whoever runs it.</summary>
/// <param name="Name">The source's SQL name.</param>
/// <param name="OnError">What happens to rows that can't be decoded.</param>
/// <param name="DeadLetter">Takes a dead row: place, reason, raw bytes. Null unless the policy is <see cref="ErrorPolicy.DeadLetter"/>.</param>
/// <param name="CountError">Adds to the source's error counter.</param>
/// <param name="Wake">Call from another thread when new data has come.</param>
/// <param name="Logger">Where to log.</param>
public sealed record SourceContext(
    string Name,
    ErrorPolicy OnError,
    Action<DeadRow>? DeadLetter,
    Action<long> CountError,
    Action Wake,
    ILogger Logger);

/// <summary>A row that could not be decoded.</summary>
/// <param name="Place">File, line and column, or topic, partition and offset.</param>
/// <param name="Reason">What was wrong.</param>
/// <param name="Raw">The row's bytes, cut at 64 KiB.</param>
public readonly record struct DeadRow(string Place, string Reason, ReadOnlyMemory<byte> Raw);
