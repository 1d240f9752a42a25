using Microsoft.Extensions.Logging;

namespace Laminar.Runtime.Cores;

/// <summary>A thread that sources and queries run on; pinned to a processor where the options ask for it. Its tasks never wait for anything outside.</summary>
/// <param name="index">Zero-based.</param>
/// <param name="pin">Runs first on the core's thread and pins it; or null.</param>
/// <param name="onError">Told when a task throws; the core stops then.</param>
/// <param name="logger">Where to log.</param>
internal sealed class Core(int index, Action? pin, Action<CoreTask, Exception> onError, ILogger logger)
    : TaskThread($"laminar core {index}", spins: 64, onError, logger)
{
    public int Index => index;

    protected override void OnStart() => pin?.Invoke();
}
