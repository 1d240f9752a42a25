using Laminar.Runtime.Cores;
using Laminar.Runtime.Epochs;
using Laminar.Runtime.Errors;
using Laminar.Runtime.Flow;
using Laminar.Storage;

namespace Laminar.Runtime.Sources;

/// <summary>What every source partition's task is made with.</summary>
internal sealed record SourceSetup<TRow>
{
    public required string Name { get; init; }

    public required int Partition { get; init; }

    /// <summary>Its place in <see cref="Epoch.Sources"/>.</summary>
    public required int Index { get; init; }

    public required Core Core { get; init; }

    public required Output<TRow> Output { get; init; }

    public required SourceErrors Errors { get; init; }

    public required PartitionClock Clock { get; init; }

    /// <summary>How it keeps in step with the sources that its rows meet; null: it doesn't.</summary>
    public DriftMember? Drift { get; init; }

    /// <summary>Null: never idle.</summary>
    public IdleTimer? Idle { get; init; }

    /// <summary>Null when rows aren't logged: they can be read again, or nothing is kept.</summary>
    public WalWriter? Wal { get; init; }

    /// <summary>Told once, when the end has been sent.</summary>
    public required Action OnEnd { get; init; }

    /// <summary>The recovered place, or null.</summary>
    public SourcePosition? Recovered { get; init; }

    /// <summary>What the WAL holds behind it.</summary>
    public IReadOnlyList<ReplayRecord> Replay { get; init; } = [];
}
