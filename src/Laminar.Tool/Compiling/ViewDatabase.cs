using Apache.Arrow;
using Laminar.Tool.Inference;

namespace Laminar.Tool.Compiling;

/// <summary>The rows of views that have been computed elsewhere, to be asked by SELECT.</summary>
internal static class ViewDatabase
{
    /// <param name="views">The rows by name; one batch at least, for the columns.</param>
    public static async Task<LaminarDatabase> OpenAsync(IReadOnlyDictionary<string, IReadOnlyList<RecordBatch>> views)
    {
        LaminarDatabase db = LaminarDatabase.Open();
        foreach ((string name, IReadOnlyList<RecordBatch> batches) in views)
        {
            string source = TableFile.Quoted("rows of " + name);
            string columns = string.Join(", ", batches[0].Schema.FieldsList.Select(f => $"{TableFile.Quoted(f.Name)} {TableFile.Sql(f.DataType, f.Name)}"));
            await db.ExecuteAsync($"CREATE SOURCE {source} ({columns}); CREATE MATERIALIZED VIEW {TableFile.Quoted(name)} WITH (max_rows = 1000000000) AS SELECT * FROM {source}");
            foreach (RecordBatch batch in batches)
            {
                db.Source("rows of " + name).Push(batch);
            }
        }

        return db;
    }
}
