using Laminar.Interpreter.Database.Catalog;
using Laminar.Sql.Catalog;

namespace Laminar.Interpreter.Database.Statements;

/// <summary>The catalog as a SELECT with an end sees it: rows that are all there, none of which is late, and each time of which can be event time.</summary>
/// <param name="catalog">What there is.</param>
/// <param name="changes">Its rows may go again, though none does: joins by any condition are joins of such rows.</param>
internal sealed class BatchCatalog(DatabaseCatalog catalog, bool changes = false) : ICatalog
{
    public IEnumerable<Relation> Relations => catalog.Relations.Select(AsRows);

    public ClrFunctions Functions => catalog.Functions;

    public Relation? Find(string name) => catalog.Find(name) is { } relation ? AsRows(relation) : null;

    private Relation AsRows(Relation relation)
    {
        RelationColumn[] columns = [.. relation.Columns.Select(c => c with { EventTimeLag = c.Type.IsTimestamp || c.EventTimeLag is not null ? 0 : null })];
        int time = System.Array.FindIndex(columns, c => c.EventTimeLag is not null);
        return new Relation(relation.Name, RelationKind.Source, relation.ClrType, columns)
        {
            Watermark = time < 0 ? null : new WatermarkDeclaration(time, 0),
            IsUpdating = changes,
            Computed = relation.Computed,
            BaseSources = relation.BaseSources,
        };
    }
}
