namespace Laminar.Storage;

/// <summary>Where one core's log ends, as recovery found it.</summary>
/// <param name="Segments">The segments with records behind the recovered barrier, ascending.</param>
/// <param name="LastSequence">The last record.</param>
/// <param name="HighestEpoch">The highest epoch that a barrier mark names, or 0.</param>
/// <param name="NextSegment">The number of the next segment.</param>
internal sealed record WalTail(IReadOnlyList<long> Segments, long LastSequence, long HighestEpoch, long NextSegment);
