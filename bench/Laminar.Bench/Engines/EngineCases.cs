using Fraud.Queries;
using Laminar.Bench.Queries;
using NexmarkQueries.Inputs;
using NexmarkQueries.Queries;

namespace Laminar.Bench.Engines;

/// <summary>Every query of the harness: Nexmark's, those of the fraud sample, and the performance page's.</summary>
/// <param name="inputs">What they read.</param>
public sealed class EngineCases(EngineInputs inputs)
{
    private const string Nexmark = "Nexmark";
    private const string Fraud = "fraud";
    private const string Page = "page";

    /// <summary>The interpreter compares each row with all that are kept, or computes a group anew from all of its rows: there it is the oracle.</summary>
    private const int Oracle = 100;

    /// <summary>A join of rows that change works out at each of them what every row of the other side has met.</summary>
    private const int SlowOracle = 1000;

    /// <summary>In the order of the table.</summary>
    public IReadOnlyList<EngineEntry> All =>
    [
        EngineEntry.Appends<Q0.Row>("q0", Nexmark, Q0.Info, Q0.Create, Q0.Create, inputs.Bids),
        EngineEntry.Appends<Q1.Row>("q1", Nexmark, Q1.Info, Q1.Create, Q1.Create, inputs.Bids),
        EngineEntry.Appends<Q2.Row>("q2", Nexmark, Q2.Info, Q2.Create, Q2.Create, inputs.Bids),
        EngineEntry.Appends<Q3.Row>("q3", Nexmark, Q3.Info, Q3.Create, Q3.Create, () => inputs.AuctionsAndPersons() with { Interpreter = Oracle }),
        EngineEntry.Changes<Q4.Row>("q4", Nexmark, Q4.Info, Q4.Create, Q4.Create, () => inputs.AuctionsAndBids() with { Reads = [OpenBids.Info], Interpreter = Oracle }),
        EngineEntry.Appends<Q5.Row>("q5", Nexmark, Q5.Info, Q5.Create, Q5.Create, inputs.Bids),
        EngineEntry.Appends<Q6.Row>("q6", Nexmark, Q6.Info, Q6.Create, Q6.Create, () => inputs.AuctionsAndBids() with { Reads = [OpenBids.Info], Interpreter = Oracle }),
        EngineEntry.Appends<Q7.Row>("q7", Nexmark, Q7.Info, Q7.Create, Q7.Create, () => inputs.Bids() with { Interpreter = Oracle }),
        EngineEntry.Appends<Q8.Row>("q8", Nexmark, Q8.Info, Q8.Create, Q8.Create, () => inputs.AuctionsAndPersons() with { Interpreter = Oracle }),
        EngineEntry.Changes<Q9.Row>("q9", Nexmark, Q9.Info, Q9.Create, Q9.Create, () => inputs.AuctionsAndBids() with { Interpreter = Oracle }),
        EngineEntry.Appends<Q10.Row>("q10", Nexmark, Q10.Info, Q10.Create, Q10.Create, inputs.Bids),
        EngineEntry.Appends<Q11.Row>("q11", Nexmark, Q11.Info, Q11.Create, Q11.Create, inputs.Bids),
        EngineEntry.Appends<Q12.Row>("q12", Nexmark, Q12.Info, Q12.Create, Q12.Create, inputs.ArrivedBids),
        EngineEntry.Appends<Q13.Row>("q13", Nexmark, Q13.Info, Q13.Create, Q13.Create, () => inputs.Bids() with { Table = new EngineTable<SideInput>(new SideInputs().Rows) }),
        EngineEntry.Appends<Q14.Row>("q14", Nexmark, Q14.Info, Q14.Create, Q14.Create, inputs.Bids),
        EngineEntry.Changes<Q15.Row>("q15", Nexmark, Q15.Info, Q15.Create, Q15.Create, inputs.Bids),
        EngineEntry.Changes<Q16.Row>("q16", Nexmark, Q16.Info, Q16.Create, Q16.Create, inputs.Bids),
        EngineEntry.Changes<Q17.Row>("q17", Nexmark, Q17.Info, Q17.Create, Q17.Create, inputs.Bids),
        EngineEntry.Changes<Q18.Row>("q18", Nexmark, Q18.Info, Q18.Create, Q18.Create, inputs.Bids),
        EngineEntry.Changes<Q19.Row>("q19", Nexmark, Q19.Info, Q19.Create, Q19.Create, inputs.Bids),
        EngineEntry.Appends<Q20.Row>("q20", Nexmark, Q20.Info, Q20.Create, Q20.Create, () => inputs.AuctionsAndBids() with { Interpreter = Oracle }),
        EngineEntry.Appends<Q21.Row>("q21", Nexmark, Q21.Info, Q21.Create, Q21.Create, inputs.Bids),
        EngineEntry.Appends<Q22.Row>("q22", Nexmark, Q22.Info, Q22.Create, Q22.Create, inputs.Bids),

        EngineEntry.Appends<VolBaseline.Row>("volume baseline", Fraud, VolBaseline.Info, VolBaseline.Create, VolBaseline.Create, inputs.Trades),
        EngineEntry.Appends<OhlcVol.Row>("candles", Fraud, OhlcVol.Info, OhlcVol.Create, OhlcVol.Create, inputs.Trades),
        EngineEntry.Appends<RapidFire.Row>("rapid fire", Fraud, RapidFire.Info, RapidFire.Create, RapidFire.Create, inputs.Trades),
        EngineEntry.Appends<WashScore.Row>("wash score", Fraud, WashScore.Info, WashScore.Create, WashScore.Create, inputs.Trades),
        EngineEntry.Appends<SuspiciousMatch.Row>("suspicious match", Fraud, SuspiciousMatch.Info, SuspiciousMatch.Create, SuspiciousMatch.Create, () => inputs.TradesAndOrders() with { Interpreter = Oracle }),
        EngineEntry.Appends<AsofMatch.Row>("ASOF match", Fraud, AsofMatch.Info, AsofMatch.Create, AsofMatch.Create, () => inputs.TradesAndOrders() with { Interpreter = Oracle }),

        EngineEntry.Appends<PassThrough.Row>("pass-through", Page, PassThrough.Info, PassThrough.Create, PassThrough.Create, inputs.PlainBids),
        EngineEntry.Appends<Projection.Row>("projection", Page, Projection.Info, Projection.Create, Projection.Create, inputs.PlainBids),
        EngineEntry.Appends<Filter.Row>("filter", Page, Filter.Info, Filter.Create, Filter.Create, inputs.PlainBids),
        EngineEntry.Appends<TumbleByAuction.Row>("tumble", Page, TumbleByAuction.Info, TumbleByAuction.Create, TumbleByAuction.Create, inputs.PlainBids),
        EngineEntry.Appends<TumbleOutOfOrder.Row>("tumble, 2 s disorder", Page, TumbleOutOfOrder.Info, TumbleOutOfOrder.Create, TumbleOutOfOrder.Create, inputs.LateBids),
        EngineEntry.Appends<TumbleByChannel.Row>("tumble by text", Page, TumbleByChannel.Info, TumbleByChannel.Create, TumbleByChannel.Create, inputs.TextBids),
        EngineEntry.Appends<HopByAuction.Row>("hop", Page, HopByAuction.Info, HopByAuction.Create, HopByAuction.Create, inputs.PlainBids),
        EngineEntry.Appends<HopTenfold.Row>("hop 10 s / 1 s", Page, HopTenfold.Info, HopTenfold.Create, HopTenfold.Create, inputs.PlainBids),
        EngineEntry.Appends<GlobalMax.Row>("global max", Page, GlobalMax.Info, GlobalMax.Create, GlobalMax.Create, inputs.PlainBids),
        EngineEntry.Appends<SessionByBidder.Row>("session", Page, SessionByBidder.Info, SessionByBidder.Create, SessionByBidder.Create, inputs.PlainBids),
        EngineEntry.Appends<CumulateByAuction.Row>("cumulate", Page, CumulateByAuction.Info, CumulateByAuction.Create, CumulateByAuction.Create, inputs.PlainBids),
        EngineEntry.Appends<DistinctBidders.Row>("distinct", Page, DistinctBidders.Info, DistinctBidders.Create, DistinctBidders.Create, inputs.PlainBids),
        EngineEntry.Appends<MedianPrice.Row>("median", Page, MedianPrice.Info, MedianPrice.Create, MedianPrice.Create, inputs.PlainBids),
        EngineEntry.Appends<TopThree.Row>("top 3", Page, TopThree.Info, TopThree.Create, TopThree.Create, inputs.PlainBids),
        EngineEntry.Appends<BusiestTen.Row>("busiest 10", Page, BusiestTen.Info, BusiestTen.Create, BusiestTen.Create, inputs.PlainBids),
        EngineEntry.Appends<Ranks.Row>("rank", Page, Ranks.Info, Ranks.Create, Ranks.Create, inputs.PlainBids),
        EngineEntry.Appends<EarlyBids.Row>("interval join", Page, EarlyBids.Info, EarlyBids.Create, EarlyBids.Create, () => inputs.PlainBidsAndListings() with { Interpreter = Oracle }),
        EngineEntry.Appends<NewSellers.Row>("window join", Page, NewSellers.Info, NewSellers.Create, NewSellers.Create, () => inputs.PeopleAndListings() with { Interpreter = Oracle }),
        EngineEntry.Appends<LastListing.Row>("ASOF join", Page, LastListing.Info, LastListing.Create, LastListing.Create, () => inputs.PlainBidsAndListings() with { Interpreter = Oracle }),
        EngineEntry.Appends<ListingAsOf.Row>("temporal join", Page, ListingAsOf.Info, ListingAsOf.Create, ListingAsOf.Create, () => inputs.PlainBidsAndListings() with { Interpreter = Oracle }),
        EngineEntry.Changes<CountedListings.Row>("updating join", Page, CountedListings.Info, CountedListings.Create, CountedListings.Create, () => inputs.PlainBidsAndListings() with { Interpreter = SlowOracle }),
        EngineEntry.Changes<CountedAuctions.Row>("updating left join", Page, CountedAuctions.Info, CountedAuctions.Create, CountedAuctions.Create, () => inputs.PlainBidsAndListings() with { Interpreter = SlowOracle }),
        EngineEntry.Changes<LastBids.Row>("keep last", Page, LastBids.Info, LastBids.Create, LastBids.Create, inputs.PlainBids),
        EngineEntry.Changes<BestBids.Row>("first 3 of a stream", Page, BestBids.Info, BestBids.Create, BestBids.Create, inputs.PlainBids),
    ];
}
