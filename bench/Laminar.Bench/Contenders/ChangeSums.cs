using Laminar.Bench.Queries;

namespace Laminar.Bench.Contenders;

// Struct sinks of results that change: what comes counts once, what goes is taken off threefold, so that a missing step shows.

public struct CountedListingsSum : ISink<CountedListings.Row>
{
    private long _rows, _sum;

    public readonly Outcome Outcome => new(_rows, _sum);

    public void Emit(in CountedListings.Row row)
    {
        _rows++;
        _sum += Changes.Sign(row.Kind) * (row.Auction + row.Bids + row.Seller);
    }
}

public struct CountedAuctionsSum : ISink<CountedAuctions.Row>
{
    private long _rows, _sum;

    public readonly Outcome Outcome => new(_rows, _sum);

    public void Emit(in CountedAuctions.Row row)
    {
        _rows++;
        _sum += Changes.Sign(row.Kind) * (row.Auction + row.Bids + (row.Seller ?? 0));
    }
}

public struct LastBidsSum : ISink<LastBids.Row>
{
    private long _rows, _sum;

    public readonly Outcome Outcome => new(_rows, _sum);

    public void Emit(in LastBids.Row row)
    {
        _rows++;
        _sum += Changes.Sign(row.Kind) * (row.Auction + row.Bidder + row.Price + row.Ts.Ticks);
    }
}

public struct BestBidsSum : ISink<BestBids.Row>
{
    private long _rows, _sum;

    public readonly Outcome Outcome => new(_rows, _sum);

    public void Emit(in BestBids.Row row)
    {
        _rows++;
        _sum += Changes.Sign(row.Kind) * (row.Auction + row.Bidder + row.Price);
    }
}

/// <summary>What a change weighs in a sum.</summary>
public static class Changes
{
    public static long Sign(RowKind kind) => kind is RowKind.Insert or RowKind.UpdateAfter ? 1 : -3;
}
