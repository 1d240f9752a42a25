namespace Laminar;

/// <summary>
/// Counters of one query since it was created. They are part of a snapshot: a restored query counts on from where the snapshot was taken, so
/// that late and error rows of before aren't forgotten. A runtime that recovers counts on from the last committed epoch; rows processed again
/// after it are counted again in place of the first time. Queries without state aren't saved by a runtime: theirs start at 0 with it.
/// </summary>
/// <param name="RowsIn">Rows pushed.</param>
/// <param name="RowsOut">Rows emitted.</param>
/// <param name="LateRows">Rows left out of at least one window because that window had closed.</param>
/// <param name="ErrorRows">Rows that could not be computed with and were skipped by policy.</param>
/// <param name="StateBytes">Bytes of state held now.</param>
public readonly record struct QueryStatistics(long RowsIn, long RowsOut, long LateRows, long ErrorRows, long StateBytes);
