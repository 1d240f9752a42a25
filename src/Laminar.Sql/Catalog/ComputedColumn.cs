using Laminar.Sql.Binding;

namespace Laminar.Sql.Catalog;

/// <summary>A column that is computed from others of the same row: <c>note VARCHAR AS 'x' || symbol</c>.</summary>
/// <param name="Position">Its place among all columns as declared, from 0.</param>
/// <param name="Name">The SQL name.</param>
/// <param name="Expression">Over the columns that the rows have, and behind those the computed ones in their order.</param>
public sealed record ComputedColumn(int Position, string Name, BoundExpression Expression)
{
    /// <summary>0 where the watermark was declared on it; null: what its expression says.</summary>
    public long? EventTimeLag { get; init; }
}
