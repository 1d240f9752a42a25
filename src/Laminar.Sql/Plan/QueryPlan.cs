using System.Collections.Generic;
using Laminar.Sql.Catalog;

namespace Laminar.Sql.Plan;

/// <summary>A whole query, ready to be generated or interpreted.</summary>
/// <param name="Root">The topmost node; its columns are the output.</param>
/// <param name="Input">The relation that is scanned.</param>
/// <param name="IsUpdating">Whether output rows carry a RowKind.</param>
public sealed record QueryPlan(PlanNode Root, Relation Input, bool IsUpdating)
{
    public IReadOnlyList<PlanColumn> Columns => Root.Columns;
}
