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

    /// <summary>Pushes rows in slices.</summary>
    public static async Task PushAsync<TRow>(SourceHandle<TRow> source, TRow[] rows, int slice, int partition = 0)
        where TRow : ISourceRow<TRow>
    {
        for (int i = 0; i < rows.Length; i += slice)
        {
            await source.PushAsync(rows.AsMemory(i, Math.Min(slice, rows.Length - i)), partition);
        }
    }

    /// <summary>The part of the rows that goes into a partition, in turns.</summary>
    public static Task PushAsync<TRow>(SourceHandle<TRow> source, TRow[] rows, int slice, int partition, int partitions)
        where TRow : ISourceRow<TRow> => PushAsync(source, [.. rows.Where((_, i) => i % partitions == partition)], slice, partition);
}
