namespace Laminar.Storage;

/// <summary>A place in one core's WAL, between two records.</summary>
/// <param name="Core">The core.</param>
/// <param name="Segment">The segment file's number, from 1; 0 when nothing was written yet.</param>
/// <param name="Offset">The byte in it.</param>
/// <param name="Sequence">The last record before this place; 0 when there is none.</param>
public readonly record struct WalPosition(int Core, long Segment, long Offset, long Sequence);
