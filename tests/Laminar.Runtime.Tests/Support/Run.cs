namespace Laminar.Runtime.Tests.Support;

/// <summary>Common steps of the tests.</summary>
public static class Run
{
    /// <summary>Options for tests: no pinning (cores outnumber processors), checkpoints only when asked for.</summary>
    public static LaminarOptions Options(int cores = 1, int ringRows = 65_536, int readBufferRows = 65_536) => new()
    {
        Cores = cores,
        RingRows = ringRows,
        ReadBufferRows = readBufferRows,
        PinThreads = false,
        CheckpointInterval = TimeSpan.Zero,
    };

    public static async Task<List<T>> ToListAsync<T>(this IAsyncEnumerable<T> rows)
    {
        var list = new List<T>();
        await foreach (T row in rows)
        {
            list.Add(row);
        }

        return list;
    }

    /// <summary>Pushes rows dealt to the partitions in turn, in chunks of odd sizes, and completes the source.</summary>
    public static async Task PushAllAsync(SourceHandle<Event> source, Event[] rows)
    {
        int[] chunks = [1, 7, 100, 3000];
        for (int at = 0, i = 0; at < rows.Length; i++)
        {
            int count = Math.Min(chunks[i % chunks.Length], rows.Length - at);
            await source.PushAsync(rows.AsMemory(at, count), i % source.Partitions);
            at += count;
        }

        source.Complete();
    }
}
