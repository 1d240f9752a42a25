using Laminar.Interpreter.Database.Catalog;
using Laminar.Sql.Catalog;

namespace Laminar.Interpreter.Database.Statements;

/// <summary>The catalog as a SELECT with an end sees it: rows that are all there, none of which is late, and each time of which can be event time.</summary>
internal sealed class BatchCatalog(DatabaseCatalog catalog) : ICatalog
{
    public IEnumerable<Relation> Relations => catalog.Relations.Select(AsRows);

    public ClrFunctions Functions => catalog.Functions;

    public Relation? Find(string name) => catalog.Find(name) is { } relation ? AsRows(relation) : null;

    private static Relation AsRows(Relation relation)
    {
        RelationColumn[] columns = [.. relation.Columns.Select(c => c with { EventTimeLag = c.Type.IsTimestamp || c.EventTimeLag is not null ? 0 : null })];
        int time = System.Array.FindIndex(columns, c => c.EventTimeLag is not null);
        return new Relation(relation.Name, RelationKind.Source, relation.ClrType, columns)
        {
            Watermark = time < 0 ? null : new WatermarkDeclaration(time, 0),
            Computed = relation.Computed,
            BaseSources = relation.BaseSources,
        };
    }
}
