using Laminar.Nexmark;
using NexmarkQueries.Inputs;

namespace Laminar.Nexmark.Tests;

/// <summary>Puts events into queries, each source as far as its event time goes, in slices.</summary>
internal static class Driver
{
    private const int Slices = 200;

    /// <summary>Pushes the share of a slice's rows of every source that the query reads.</summary>
    public static void PushSlice(object query, Events events, int slice)
    {
        if (slice == 0 && query is ITableInput<SideInput> table)
        {
            table.Load(events.SideInput);
        }

        Push(query, events.Persons, slice);
        Push(query, events.Auctions, slice);
        Push(query, events.Bids, slice);
        Push(query, events.ArrivedBids, slice);
    }

    /// <summary>All slices.</summary>
    public static IEnumerable<int> AllSlices => Enumerable.Range(0, Slices);

    private static void Push<TRow>(object query, TRow[] rows, int slice) =>
        Push(query, rows, (int)((long)rows.Length * slice / Slices), (int)((long)rows.Length * (slice + 1) / Slices));

    private static void Push<TRow>(object query, TRow[] rows, int first, int end)
    {
        if (query is IStreamInput<TRow> input)
        {
            input.Push(rows.AsSpan(first..end));
        }
    }
}
