using Microsoft.Extensions.Logging;

namespace Laminar.Runtime.Graph;

/// <summary>How often rows of a source reach a sink when the process is killed and started again: said at the start, for each pair.</summary>
internal static class Guarantees
{
    /// <param name="part">The sink, as errors name it.</param>
    /// <param name="isExactlyOnce">The sink shows each epoch once.</param>
    /// <param name="sources">Whose rows it gets, through whatever queries.</param>
    /// <param name="isDurable">There is a data directory.</param>
    /// <param name="logger">Where to say it.</param>
    public static void Tell(string part, bool isExactlyOnce, IEnumerable<ISourceNode> sources, bool isDurable, ILogger logger)
    {
        foreach (ISourceNode source in sources.Where(s => !s.IsConstant).Distinct().OrderBy(s => s.Name, StringComparer.Ordinal))
        {
            if (!isDurable)
            {
                logger.LogInformation(
                    "{Sink} gets rows of {Source} once in this run. Nothing outlives it: without LaminarOptions.DataDirectory a crash forgets what was read and what was shown.",
                    part,
                    source.Name);
            }
            else if (!isExactlyOnce)
            {
                logger.LogWarning(
                    "{Sink} gets rows of {Source} at least once: it may see rows twice after a crash, since it can't take back what it has shown.", part, source.Name);
            }
            else if (source.IsReplayable)
            {
                logger.LogInformation(
                    "{Sink} gets rows of {Source} exactly once: after a crash the source is read again from the last epoch.", part, source.Name);
            }
            else
            {
                logger.LogInformation(
                    "{Sink} gets rows of {Source} exactly once as soon as they are durable: the source can't be read again, so its rows are logged, and a crash loses those that aren't yet.",
                    part,
                    source.Name);
            }
        }
    }
}
