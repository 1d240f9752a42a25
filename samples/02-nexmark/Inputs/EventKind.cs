using Laminar;
using Laminar.Nexmark;

namespace NexmarkQueries.Inputs;

/// <summary>What a source has to know of a kind of event.</summary>
/// <typeparam name="TRow">Its row.</typeparam>
/// <param name="Fill">Fills rows with the next events that arrive before an instant; answers how many.</param>
/// <param name="Position">How far the generator has come with this kind.</param>
/// <param name="Seek">Goes on from a position.</param>
public sealed record EventKind<TRow>(EventKind<TRow>.FillRows Fill, Func<NexmarkGenerator, long> Position, Action<NexmarkGenerator, long> Seek)
    where TRow : ISourceRow<TRow>
{
    public delegate int FillRows(NexmarkGenerator generator, Span<TRow> rows, DateTime before);
}

/// <summary>The kinds.</summary>
public static class EventKinds
{
    public static EventKind<Person> Persons { get; } = new((g, rows, before) => g.Fill(rows, before), g => g.PersonPosition, (g, at) => g.PersonPosition = at);

    public static EventKind<Auction> Auctions { get; } = new((g, rows, before) => g.Fill(rows, before), g => g.AuctionPosition, (g, at) => g.AuctionPosition = at);

    public static EventKind<Bid> Bids { get; } = new((g, rows, before) => g.Fill(rows, before), g => g.BidPosition, (g, at) => g.BidPosition = at);
}
