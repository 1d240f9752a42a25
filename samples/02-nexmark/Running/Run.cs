using System.Diagnostics;
using Laminar;
using Laminar.Nexmark;
using NexmarkQueries.Inputs;

namespace NexmarkQueries.Running;

/// <summary>Runs queries to the end of the events.</summary>
public static class Run
{
    /// <summary>Some of the queries in one runtime; shows how far it is on stderr.</summary>
    /// <returns>What each has counted, and the seconds from the start to the last result.</returns>
    public static async Task<(IReadOnlyList<(string Name, QueryStatistics Counted)> Queries, double Seconds)> AllOfAsync(IReadOnlyList<NexmarkQuery> queries, Settings settings)
    {
        await using var laminar = LaminarRuntime.Create(new LaminarOptions
        {
            Cores = settings.Cores,
            DataDirectory = settings.State,
            CheckpointInterval = TimeSpan.FromSeconds(0.1),
        });
        AddSources(laminar, queries.Aggregate(Reads.None, (reads, query) => reads | query.Reads), settings);
        (string Name, NexmarkQuery.Running Query)[] running = [.. queries.Select(query => (query.Name, query.AddTo(laminar, settings.PathOf(query))))];
        var clock = Stopwatch.StartNew();
        await laminar.StartAsync();
        Console.WriteLine($"{string.Join(' ', queries.Select(q => q.Name))}: {settings.Events:N0} events, {settings.Generated.EventsPerSecond:N0} per second, on {settings.Cores} core(s)");
        Task done = laminar.WaitForCompletionAsync();
        while (await Task.WhenAny(done, Task.Delay(500)) != done)
        {
            Console.Error.WriteLine($"  ... {laminar.Metrics.Sources.Sum(source => source.RowsIn):N0} rows read");
        }

        await done;
        return ([.. running.Select(r => (r.Name, r.Query.Statistics()))], clock.Elapsed.TotalSeconds);
    }

    private static void AddSources(LaminarRuntime laminar, Reads reads, Settings settings)
    {
        var bids = new EventSource<Bid>(EventKinds.Bids, settings.Generated, settings.Events, settings.Cores);
        if (reads.HasFlag(Reads.Persons))
        {
            laminar.AddSource(new EventSource<Person>(EventKinds.Persons, settings.Generated, settings.Events, settings.Cores));
        }

        if (reads.HasFlag(Reads.Auctions))
        {
            laminar.AddSource(new EventSource<Auction>(EventKinds.Auctions, settings.Generated, settings.Events, settings.Cores));
        }

        if (reads.HasFlag(Reads.Bids))
        {
            laminar.AddSource(bids);
        }

        if (reads.HasFlag(Reads.ArrivedBids))
        {
            laminar.AddSource(new ArrivalSource(bids, laminar.Options.TimeProvider));
        }

        if (reads.HasFlag(Reads.SideInput))
        {
            laminar.AddTable(new SideInputs());
        }
    }
}
