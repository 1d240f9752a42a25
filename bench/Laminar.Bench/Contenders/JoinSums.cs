using Laminar.Bench.Queries;

namespace Laminar.Bench.Contenders;

// Struct sinks of joins: see Sums.cs.

public struct EarlyBidsSum : ISink<EarlyBids.Row>
{
    private long _rows, _sum;

    public readonly Outcome Outcome => new(_rows, _sum);

    public void Emit(in EarlyBids.Row row)
    {
        _rows++;
        _sum += row.Auction + row.Price + row.Seller + row.Ts.Ticks;
    }
}

public struct NewSellersSum : ISink<NewSellers.Row>
{
    private long _rows, _sum;

    public readonly Outcome Outcome => new(_rows, _sum);

    public void Emit(in NewSellers.Row row)
    {
        _rows++;
        _sum += row.Person + row.WindowStart.Ticks;
    }
}

public struct LastListingSum : ISink<LastListing.Row>
{
    private long _rows, _sum;

    public readonly Outcome Outcome => new(_rows, _sum);

    public void Emit(in LastListing.Row row)
    {
        _rows++;
        _sum += row.Bidder + row.Price + row.Auction + row.Ts.Ticks;
    }
}

public struct ListingAsOfSum : ISink<ListingAsOf.Row>
{
    private long _rows, _sum;

    public readonly Outcome Outcome => new(_rows, _sum);

    public void Emit(in ListingAsOf.Row row)
    {
        _rows++;
        _sum += row.Bidder + row.Price + row.Auction + row.Ts.Ticks;
    }
}
