using Laminar.Runtime.Cores;

namespace Laminar.Runtime.Life;

/// <summary>What the running parts tell the runtime. From any of their threads.</summary>
internal interface IRunEvents
{
    /// <summary>Cancelled when the run ends without a word: it has failed, or is being disposed.</summary>
    CancellationToken Stopping { get; }

    /// <summary>A task threw; its thread ends.</summary>
    void TaskFailed(CoreTask task, Exception error);

    /// <summary>A checkpoint could not be taken.</summary>
    void CheckpointFailed(Exception error);

    /// <summary>A source partition has no more rows.</summary>
    void PartitionEnded();

    /// <summary>A reader of committed rows waits for a commit.</summary>
    void CheckpointWanted();
}
