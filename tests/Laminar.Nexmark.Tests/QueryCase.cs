using System.Buffers;

namespace Laminar.Nexmark.Tests;

/// <summary>A query, how to run it, and what DuckDB is asked instead.</summary>
public abstract class QueryCase(string name, string batch)
{
    public string Name { get; } = name;

    /// <summary>The same as one batch: the public text, as far as DuckDB's dialect lets it be.</summary>
    public string BatchText { get; } = batch;

    /// <summary>What is left when all events have gone through the query alone.</summary>
    /// <param name="events">The events.</param>
    /// <param name="saveEvery">Slices after which it is saved, and another one restored from that; 0: never.</param>
    public abstract string[] Alone(Events events, int saveEvery = 0);

    /// <summary>Adds it to a runtime; once that has started, the answer reads to the end and says what is left.</summary>
    public abstract Func<Task<string[]>> In(ILaminarRuntime laminar);

    public override string ToString() => Name;
}

/// <inheritdoc/>
public sealed class QueryCase<TRow>(
    string name,
    string batch,
    Func<Action<TRow>, IStreamQuery<TRow>> create,
    Func<ReadOnlySequence<byte>, Action<TRow>, IStreamQuery<TRow>> restore,
    Func<ILaminarRuntime, QueryHandle<TRow>> addTo) : QueryCase(name, batch)
    where TRow : IStreamRow<TRow>
{
    public override string[] Alone(Events events, int saveEvery = 0)
    {
        var result = new Result<TRow>();
        IStreamQuery<TRow> query = create(result.Add);
        foreach (int slice in Driver.AllSlices)
        {
            Driver.PushSlice(query, events, slice);
            if (saveEvery > 0 && (slice + 1) % saveEvery == 0)
            {
                var saved = new ArrayBufferWriter<byte>();
                query.Snapshot(saved);
                query.Dispose();
                query = restore(new ReadOnlySequence<byte>(saved.WrittenMemory), result.Add);
            }
        }

        query.Complete();
        long late = query.Statistics.LateRows;
        query.Dispose();
        return late == 0 ? result.Left() : throw new InvalidOperationException($"{late} rows are late.");
    }

    public override Func<Task<string[]>> In(ILaminarRuntime laminar)
    {
        QueryHandle<TRow> query = addTo(laminar);
        return async () =>
        {
            var result = new Result<TRow>();
            await foreach (TRow row in query.ReadAllAsync())
            {
                result.Add(row);
            }

            long late = query.Statistics.LateRows;
            return late == 0 ? result.Left() : throw new InvalidOperationException($"{late} rows are late.");
        };
    }
}
