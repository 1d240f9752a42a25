using Microsoft.Extensions.Logging;

namespace Laminar.Runtime.Cores;

/// <summary>
/// A thread for one sink, whose writer may wait for a disk or a network: rows come over rings, so that a core only ever sees a full ring. It is
/// not pinned and parks without spinning, because it shares the processors with the cores.
/// </summary>
/// <param name="name">The sink's.</param>
/// <param name="onError">Told when the sink fails; the lane stops then.</param>
/// <param name="logger">Where to log.</param>
internal sealed class Lane(string name, Action<CoreTask, Exception> onError, ILogger logger)
    : TaskThread($"laminar sink {name}", spins: 0, onError, logger);
