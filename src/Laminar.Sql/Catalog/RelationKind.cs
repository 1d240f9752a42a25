namespace Laminar.Sql.Catalog;

public enum RelationKind
{
    /// <summary>A [StreamSource] type or a CREATE SOURCE.</summary>
    Source,

    /// <summary>The output of another query.</summary>
    Query,
}
