using Laminar.Sql.Catalog;

namespace Laminar.Interpreter.Database.Catalog;

/// <summary>
/// What CREATE TABLE says of a table in memory. It is a source that INSERT INTO pushes into and a materialized view of all of its rows: so queries over it begin with
/// the rows that it has and go on with those that come, and it is saved, logged and brought back as the others are.
/// </summary>
/// <param name="Source">The name of the source, which nobody else uses.</param>
/// <param name="Columns">The columns.</param>
/// <param name="Key">Ordinals of the primary key; none: rows may be equal.</param>
internal sealed record TableDefinition(string Source, IReadOnlyList<RelationColumn> Columns, IReadOnlyList<int> Key)
{
    /// <summary>The name of the source of a table: not one that is written without quotes.</summary>
    public static string SourceOf(string table) => "rows of " + table;
}
