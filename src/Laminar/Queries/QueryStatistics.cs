namespace Laminar;

/// <summary>Counters of one query instance since it was created or restored.</summary>
/// <param name="RowsIn">Rows pushed.</param>
/// <param name="RowsOut">Rows emitted.</param>
/// <param name="LateRows">Rows left out of at least one window because that window had closed.</param>
/// <param name="ErrorRows">Rows that could not be computed with and were skipped by policy.</param>
/// <param name="StateBytes">Bytes of state held now.</param>
public readonly record struct QueryStatistics(long RowsIn, long RowsOut, long LateRows, long ErrorRows, long StateBytes);
