namespace Laminar.Storage.Tests.Simulation;

/// <summary>What the store must hold, kept beside it.</summary>
internal sealed class StoreModel(int cores)
{
    public List<CoreModel> Cores { get; } = Enumerable.Range(0, cores).Select(_ => new CoreModel()).ToList();

    /// <summary>Epochs whose commit was begun and not refused, newest last; the first is the empty one.</summary>
    public List<EpochModel> Epochs { get; } = [new EpochModel(0, Enumerable.Repeat(0L, cores).ToArray())];

    /// <summary>The newest epoch that was reported committed.</summary>
    public long Committed { get; set; }

    /// <summary>The highest epoch that was used for anything that may be on disk.</summary>
    public long HighestDurableEpoch { get; set; }
}

/// <summary>One core's log.</summary>
internal sealed class CoreModel
{
    /// <summary>Payload by sequence - 1; <c>|n</c> for the barrier of epoch n and <c>#</c> for the mark of a good end.</summary>
    public List<string> Records { get; } = [];

    /// <summary>Records reported durable.</summary>
    public long Durable { get; set; }

    /// <summary>Stands for the operators' state: depends on every record before the barrier.</summary>
    public string StateAt(long sequence) => string.Join(',', Records.Take((int)sequence).Select(r => r.Length > 8 ? r[..8] : r));
}

/// <summary>One epoch.</summary>
/// <param name="Epoch">Its number.</param>
/// <param name="Barriers">The sequence of the barrier mark by core; 0 for the empty epoch.</param>
internal sealed record EpochModel(long Epoch, long[] Barriers);
