using Laminar.Bench.Queries;

namespace Laminar.Bench.Contenders;

// Struct sinks, inlined into the generated loops: one per row type, because each row has columns of its own. They read every column, so
// that no contender can leave one out.

public struct PassThroughSum : ISink<PassThrough.Row>
{
    private long _rows, _sum;

    public readonly Outcome Outcome => new(_rows, _sum);

    public void Emit(in PassThrough.Row row)
    {
        _rows++;
        _sum += row.Auction + row.Bidder + row.Price + row.Channel + row.Ts.Ticks;
    }
}

public struct ProjectionSum : ISink<Projection.Row>
{
    private long _rows, _sum;

    public readonly Outcome Outcome => new(_rows, _sum);

    public void Emit(in Projection.Row row)
    {
        _rows++;
        _sum += row.Auction + row.Bidder + row.Euros + row.Ts.Ticks;
    }
}

public struct FilterSum : ISink<Filter.Row>
{
    private long _rows, _sum;

    public readonly Outcome Outcome => new(_rows, _sum);

    public void Emit(in Filter.Row row)
    {
        _rows++;
        _sum += row.Auction + row.Price;
    }
}

public struct TumbleSum : ISink<TumbleByAuction.Row>
{
    private long _rows, _sum;

    public readonly Outcome Outcome => new(_rows, _sum);

    public void Emit(in TumbleByAuction.Row row)
    {
        _rows++;
        _sum += row.Auction + row.WindowStart.Ticks + row.Bids + row.Total + row.Highest;
    }
}

public struct TumbleOutOfOrderSum : ISink<TumbleOutOfOrder.Row>
{
    private long _rows, _sum;

    public readonly Outcome Outcome => new(_rows, _sum);

    public void Emit(in TumbleOutOfOrder.Row row)
    {
        _rows++;
        _sum += row.Auction + row.WindowStart.Ticks + row.Bids + row.Total + row.Highest;
    }
}

public struct TumbleByTextSum : ISink<TumbleByChannel.Row>
{
    private long _rows, _sum;

    public readonly Outcome Outcome => new(_rows, _sum);

    public void Emit(in TumbleByChannel.Row row)
    {
        _rows++;
        _sum += row.Channel.Length + row.WindowStart.Ticks + row.Bids + row.Total + row.Highest;
    }
}

public struct HopSum : ISink<HopByAuction.Row>
{
    private long _rows, _sum;

    public readonly Outcome Outcome => new(_rows, _sum);

    public void Emit(in HopByAuction.Row row)
    {
        _rows++;
        _sum += row.Auction + row.WindowStart.Ticks + row.Bids;
    }
}

public struct SessionSum : ISink<SessionByBidder.Row>
{
    private long _rows, _sum;

    public readonly Outcome Outcome => new(_rows, _sum);

    public void Emit(in SessionByBidder.Row row)
    {
        _rows++;
        _sum += row.Bidder + row.WindowStart.Ticks + row.WindowEnd.Ticks + row.Bids + row.Total;
    }
}

public struct HopTenfoldSum : ISink<HopTenfold.Row>
{
    private long _rows, _sum;

    public readonly Outcome Outcome => new(_rows, _sum);

    public void Emit(in HopTenfold.Row row)
    {
        _rows++;
        _sum += row.Auction + row.WindowStart.Ticks + row.Bids + row.Total + row.Highest;
    }
}

public struct GlobalMaxSum : ISink<GlobalMax.Row>
{
    private long _rows, _sum;

    public readonly Outcome Outcome => new(_rows, _sum);

    public void Emit(in GlobalMax.Row row)
    {
        _rows++;
        _sum += row.WindowStart.Ticks + row.Highest;
    }
}
