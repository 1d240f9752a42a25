using Laminar.Bench.Queries;

namespace Laminar.Bench.Contenders;

// Struct sinks of windows that are asked more than sums: see Sums.cs.

public struct CumulateSum : ISink<CumulateByAuction.Row>
{
    private long _rows, _sum;

    public readonly Outcome Outcome => new(_rows, _sum);

    public void Emit(in CumulateByAuction.Row row)
    {
        _rows++;
        _sum += row.Auction + row.WindowStart.Ticks + row.WindowEnd.Ticks + row.Bids + row.Total;
    }
}

public struct DistinctSum : ISink<DistinctBidders.Row>
{
    private long _rows, _sum;

    public readonly Outcome Outcome => new(_rows, _sum);

    public void Emit(in DistinctBidders.Row row)
    {
        _rows++;
        _sum += row.Channel + row.WindowStart.Ticks + row.Bids + row.Bidders;
    }
}

public struct MedianSum : ISink<MedianPrice.Row>
{
    private long _rows, _sum;

    public readonly Outcome Outcome => new(_rows, _sum);

    public void Emit(in MedianPrice.Row row)
    {
        _rows++;
        _sum += row.Auction + row.WindowStart.Ticks + (long)(row.Middle * 2);
    }
}

public struct TopThreeSum : ISink<TopThree.Row>
{
    private long _rows, _sum;

    public readonly Outcome Outcome => new(_rows, _sum);

    public void Emit(in TopThree.Row row)
    {
        _rows++;
        _sum += row.Auction + row.Bidder + row.Price + row.WindowStart.Ticks;
    }
}

public struct BusiestTenSum : ISink<BusiestTen.Row>
{
    private long _rows, _sum;

    public readonly Outcome Outcome => new(_rows, _sum);

    public void Emit(in BusiestTen.Row row)
    {
        _rows++;
        _sum += row.Auction + row.WindowStart.Ticks + row.Bids;
    }
}

public struct RankSum : ISink<Ranks.Row>
{
    private long _rows, _sum;

    public readonly Outcome Outcome => new(_rows, _sum);

    public void Emit(in Ranks.Row row)
    {
        _rows++;
        _sum += row.Auction + row.Price + row.WindowStart.Ticks + row.Place;
    }
}
