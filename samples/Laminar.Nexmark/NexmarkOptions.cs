namespace Laminar.Nexmark;

/// <summary>What a generator makes. The ratios are those of the public generator.</summary>
public sealed record NexmarkOptions
{
    /// <summary>Equal seeds give equal events.</summary>
    public ulong Seed { get; init; } = 42;

    /// <summary>Events of all kinds per second of event time, 1 to 10,000,000.</summary>
    public int EventsPerSecond { get; init; } = 10_000;

    /// <summary>Event time of event 0, UTC.</summary>
    public DateTime Start { get; init; } = new(2025, 1, 1, 0, 0, 0, DateTimeKind.Utc);

    /// <summary>Events come at most this much of event time behind later ones. Default zero: in order.</summary>
    public TimeSpan Disorder { get; init; }

    /// <summary>People who still bid and sell.</summary>
    public int ActivePeople { get; init; } = 1000;

    /// <summary>Auctions open at once.</summary>
    public int InFlightAuctions { get; init; } = 100;

    /// <summary>One auction in this many is not by the hot seller.</summary>
    public int HotSellerRatio { get; init; } = 4;

    /// <summary>One bid in this many is not on the hot auction.</summary>
    public int HotAuctionRatio { get; init; } = 2;

    /// <summary>One bid in this many is not by the hot bidder.</summary>
    public int HotBidderRatio { get; init; } = 4;

    /// <summary>How many generators share the events: each makes 50 of 50 times as many, in turns. Default one.</summary>
    public int Parts { get; init; } = 1;

    /// <summary>Which of them this is, from 0.</summary>
    public int Part { get; init; }
}
