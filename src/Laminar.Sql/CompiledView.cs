namespace Laminar.Sql;

/// <summary>What CREATE MATERIALIZED VIEW says about the rows that are kept.</summary>
/// <param name="RetainForTicks"><c>retain_for</c>: how long behind their event time, in ticks of 100 ns; 0: for ever.</param>
/// <param name="MaxRows"><c>max_rows</c>: how many at most before the runtime stops; 0: as many as a runtime allows where nothing is said.</param>
public sealed record CompiledView(long RetainForTicks, int MaxRows);
