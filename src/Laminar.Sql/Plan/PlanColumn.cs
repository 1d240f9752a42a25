using Laminar.Sql.Types;

namespace Laminar.Sql.Plan;

/// <summary>One column of the row that a plan node hands up.</summary>
public sealed record PlanColumn(string Name, SqlType Type, bool Nullable)
{
    /// <summary>See <see cref="Catalog.RelationColumn.EventTimeLag"/>.</summary>
    public long? EventTimeLag { get; init; }
}
