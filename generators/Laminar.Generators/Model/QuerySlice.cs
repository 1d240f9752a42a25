namespace Laminar.Generators.Model;

/// <summary>One query and all that its code depends on: an edit elsewhere leaves the slice equal, so nothing is generated again.</summary>
/// <param name="Query">The query, with its text.</param>
/// <param name="Reads">The relations that its FROM names and that exist.</param>
public sealed record QuerySlice(QueryModel Query, EquatableArray<RelationModel> Reads)
{
    /// <summary>Of the functions in C# those that the query calls.</summary>
    public FunctionSet Functions { get; init; } = FunctionSet.Empty;
}
