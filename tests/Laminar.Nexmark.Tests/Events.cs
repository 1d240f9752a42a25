using Laminar.Nexmark;
using NexmarkQueries.Inputs;

namespace Laminar.Nexmark.Tests;

/// <summary>The events of a test, in order of arrival: 110,000 of all kinds, a thousand a second of event time, so that windows of ten seconds come and go.</summary>
public sealed class Events
{
    public const int Total = 110_000;
    public const int Rate = 1000;

    /// <summary>In order, over midnight.</summary>
    public static readonly Lazy<Events> InOrder = new(() => new Events(TimeSpan.Zero, new DateTime(2024, 12, 31, 23, 59, 0, DateTimeKind.Utc)));

    /// <summary>Up to two seconds late, which the watermark of four seconds allows; over eight in the morning.</summary>
    public static readonly Lazy<Events> Disordered = new(() => new Events(TimeSpan.FromSeconds(2), new DateTime(2025, 1, 1, 7, 59, 0, DateTimeKind.Utc)));

    private Events(TimeSpan disorder, DateTime start)
    {
        Options = new NexmarkOptions { EventsPerSecond = Rate, Disorder = disorder, Start = start };
        var generator = new NexmarkGenerator(Options);
        DateTime end = Options.Start.AddSeconds(Total / (double)Rate);
        Persons = new Person[Total / 50];
        Auctions = new Auction[Total / 50 * 3];
        Bids = new Bid[Total / 50 * 46];
        if (generator.Fill(Persons, end) + generator.Fill(Auctions, end) + generator.Fill(Bids, end) != Total)
        {
            throw new InvalidOperationException("The generator made other numbers of events.");
        }

        // A clock under control: 500 bids a second, whatever their event time is.
        ArrivedBids = [.. Bids.Select((bid, i) => new ArrivedBid(bid.Auction, bid.Bidder, bid.Price, Options.Start.AddMilliseconds(2 * i)))];
        SideInput = new SideInputs().Rows;
    }

    public NexmarkOptions Options { get; }

    public Person[] Persons { get; }

    public Auction[] Auctions { get; }

    public Bid[] Bids { get; }

    public ArrivedBid[] ArrivedBids { get; }

    public SideInput[] SideInput { get; }

    public static Events Of(bool disordered) => (disordered ? Disordered : InOrder).Value;
}
