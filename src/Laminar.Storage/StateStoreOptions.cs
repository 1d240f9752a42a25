using Laminar.Linux;
using Microsoft.Extensions.Logging;

namespace Laminar.Storage;

/// <summary>How a state store is opened.</summary>
public sealed class StateStoreOptions
{
    /// <summary>The folder. Created when it isn't there. Only one process (and one store) may have it open.</summary>
    public required string Directory { get; init; }

    /// <summary>Cores of the runtime, 1 to 1,024; saved with the state.</summary>
    public int Cores { get; init; } = 1;

    /// <summary>Key groups of the runtime; saved with the state.</summary>
    public int KeyGroups { get; init; } = 128;

    /// <summary>Manifests kept, with everything they name. 1 to 1,000.</summary>
    public int ManifestsKept { get; init; } = 3;

    /// <summary>Use io_uring where the kernel has it.</summary>
    public bool UseIoUring { get; init; } = true;

    /// <summary>The state layout of each stateful task, by task name. Tasks with an empty fingerprint keep no state and aren't compared.</summary>
    public IReadOnlyDictionary<string, string> Fingerprints { get; init; } = new Dictionary<string, string>();

    /// <summary>Bytes per WAL segment file, allocated ahead. 4 KiB to 1 GiB. A larger record gets a segment of its own.</summary>
    public long SegmentBytes { get; init; } = 64L << 20;

    /// <summary>Bytes of each of a core's two WAL buffers, 4 KiB to 64 MiB. With both full <c>TryAppend</c> answers false.</summary>
    public int WalBufferBytes { get; init; } = 1 << 20;

    /// <summary>Where the store logs. Null: nowhere.</summary>
    public ILoggerFactory? LoggerFactory { get; init; }

    /// <summary>The disk. Null: the native one for <see cref="Directory"/>. The store disposes it.</summary>
    public IDevice? Device { get; init; }
}
