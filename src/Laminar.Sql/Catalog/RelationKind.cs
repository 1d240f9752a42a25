namespace Laminar.Sql.Catalog;

public enum RelationKind
{
    /// <summary>A [StreamSource] type or a CREATE SOURCE.</summary>
    Source,

    /// <summary>The output of another query.</summary>
    Query,

    /// <summary>The one row without columns that a SELECT without FROM, VALUES and UNNEST by itself are computed from. Nobody can name it.</summary>
    OneRow,

    /// <summary>A [ReferenceTable] type or a CREATE TABLE: rows by their primary key, which rows of streams are joined with as they come.</summary>
    Table,
}
