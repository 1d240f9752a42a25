using Laminar.Sql.Plan;

namespace Laminar.Sql;

/// <summary>
/// One input of a sink. Either a stream of the script or a query of the catalog as it is (<paramref name="Stream"/>; <paramref name="Plan"/> is
/// null), or a query of its own (<paramref name="Plan"/>; <paramref name="Stream"/> is null) that has to be generated under <paramref name="Name"/>.
/// </summary>
/// <param name="Name">A name for the feed that no relation of the script has: the sink's own name, then <c>sink_2</c>, <c>sink_3</c>.</param>
/// <param name="Stream">The SQL name of the stream whose rows go to the sink unchanged.</param>
/// <param name="Sql">The text of the feed's query; spans inside <paramref name="Plan"/> refer to it.</param>
/// <param name="Plan">The checked plan of a query of its own.</param>
public sealed record CompiledFeed(string Name, string? Stream, string Sql, QueryPlan? Plan);
