namespace Laminar.EndToEnd.Tests;

/// <summary>What a running query puts out.</summary>
internal static class Rows
{
    /// <summary>All of it, once the query has ended.</summary>
    public static async Task<List<TRow>> Of<TRow>(QueryHandle<TRow> query)
        where TRow : IStreamRow<TRow>
    {
        var rows = new List<TRow>();
        await foreach (TRow row in query.ReadAllAsync())
        {
            rows.Add(row);
        }

        return rows;
    }
}
