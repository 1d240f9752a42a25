using Microsoft.Extensions.Logging;

namespace Laminar;

/// <summary>How a runtime runs. Every limit has a default and says what happens at it.</summary>
public sealed class LaminarOptions
{
    /// <summary>Cores (pinned threads) to run on, 1 to 1,024. Default 1. More than the machine has is allowed, for tests.</summary>
    public int Cores { get; set; } = 1;

    /// <summary>Where WAL, snapshots and manifests live. Null: nothing is kept, and nothing survives a crash.</summary>
    public string? DataDirectory { get; set; }

    /// <summary>Time between checkpoints. Default 10 s. <see cref="TimeSpan.Zero"/>: only on <c>CheckpointAsync</c> and stop. At most 30 days.</summary>
    public TimeSpan CheckpointInterval { get; set; } = TimeSpan.FromSeconds(10);

    /// <summary>Open epochs at most; a further checkpoint waits. 1 to 64, default 2.</summary>
    public int MaxEpochsInFlight { get; set; } = 2;

    /// <summary>Manifests (with their snapshots) kept, 1 to 1,000. Default 3.</summary>
    public int ManifestsKept { get; set; } = 3;

    /// <summary>Rows per ring between two cores; a full ring is backpressure. A power of two. Default 65,536.</summary>
    public int RingRows { get; set; } = 65_536;

    /// <summary>Rows an unread query handle keeps before it backpressures, with a log line. Default 65,536.</summary>
    public int ReadBufferRows { get; set; } = 65_536;

    /// <summary>Key groups that keys are divided into for placement; saved with the state and never changed afterwards. Default 128.</summary>
    public int KeyGroups { get; set; } = 128;

    /// <summary>Pin each core's thread to a processor. Default true; ignored with a log line where the system refuses.</summary>
    public bool PinThreads { get; set; } = true;

    /// <summary>Use io_uring for the WAL where the kernel has it; otherwise positional writes and fdatasync. Default true.</summary>
    public bool UseIoUring { get; set; } = true;

    /// <summary>Values for <c>${NAME}</c> in pipelines; looked up here first, then in the environment.</summary>
    public IDictionary<string, string> Variables { get; } = new Dictionary<string, string>(StringComparer.Ordinal);

    /// <summary>Where the runtime logs. Null: nowhere.</summary>
    public ILoggerFactory? LoggerFactory { get; set; }

    /// <summary>Time for idle timeouts and checkpoint intervals. Default the system's.</summary>
    public TimeProvider TimeProvider { get; set; } = TimeProvider.System;
}
