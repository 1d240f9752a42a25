using Laminar.Nexmark;
using NexmarkQueries.Inputs;
using NUnit.Framework;

namespace Laminar.Nexmark.Tests;

/// <summary>All queries at once in a runtime, against DuckDB over the same events.</summary>
public sealed class NexmarkCoresTests
{
    [Test]
    public async Task The_results_are_those_of_the_batch([Values(1, 2, 3)] int cores, [Values] bool disordered)
    {
        Events events = Events.Of(disordered);
        await using var laminar = LaminarRuntime.Create(new LaminarOptions { Cores = cores, RingRows = 4096 });
        laminar.AddSource(new EventSource<Person>(EventKinds.Persons, events.Options, Events.Total, partitions: 1));
        laminar.AddSource(new EventSource<Auction>(EventKinds.Auctions, events.Options, Events.Total, partitions: 1));
        laminar.AddSource(new EventSource<Bid>(EventKinds.Bids, events.Options, Events.Total, partitions: 1));
        laminar.AddTable(new SideInputs());
        SourceHandle<ArrivedBid> arrivals = laminar.AddSource<ArrivedBid>();
        Func<Task<string[]>>[] readers = [.. Cases.All.Select(query => query.In(laminar))];
        await laminar.StartAsync();

        Task<string[]>[] results = [.. readers.Select(read => Task.Run(read))];
        for (int i = 0; i < events.ArrivedBids.Length; i += 1000)
        {
            await arrivals.PushAsync(events.ArrivedBids.AsMemory(i, Math.Min(1000, events.ArrivedBids.Length - i)));
        }

        arrivals.Complete();
        Assert.Multiple(async () =>
        {
            for (int i = 0; i < results.Length; i++)
            {
                Assert.That(await results[i], Is.EqualTo(Batch.Of(disordered).Rows(Cases.All[i].BatchText)).AsCollection, Cases.All[i].Name);
            }
        });
    }
}
