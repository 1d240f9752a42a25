using Laminar.Bench.Queries;

namespace Laminar.Bench.Contenders;

/// <summary>The generated queries by themselves, one thread, with struct sinks that count and sum what comes out.</summary>
public static class Generated
{
    /// <summary>Rows per Push: what a source would hand over at once.</summary>
    private const int BatchRows = 4096;

    public static Outcome PassThrough(ReadOnlySpan<Bid> bids)
    {
        using var query = Queries.PassThrough.Create(new PassThroughSum());
        for (int i = 0; i < bids.Length; i += BatchRows)
        {
            query.Push(bids.Slice(i, Math.Min(BatchRows, bids.Length - i)));
        }

        query.Complete();
        return query.Sink.Outcome;
    }

    public static Outcome Projection(ReadOnlySpan<Bid> bids)
    {
        using var query = Queries.Projection.Create(new ProjectionSum());
        for (int i = 0; i < bids.Length; i += BatchRows)
        {
            query.Push(bids.Slice(i, Math.Min(BatchRows, bids.Length - i)));
        }

        query.Complete();
        return query.Sink.Outcome;
    }

    public static Outcome Filter(ReadOnlySpan<Bid> bids)
    {
        using var query = Queries.Filter.Create(new FilterSum());
        for (int i = 0; i < bids.Length; i += BatchRows)
        {
            query.Push(bids.Slice(i, Math.Min(BatchRows, bids.Length - i)));
        }

        query.Complete();
        return query.Sink.Outcome;
    }

    public static Outcome Tumble(ReadOnlySpan<Bid> bids)
    {
        using var query = TumbleByAuction.Create(new TumbleSum());
        for (int i = 0; i < bids.Length; i += BatchRows)
        {
            query.Push(bids.Slice(i, Math.Min(BatchRows, bids.Length - i)));
        }

        query.Complete();
        return query.Sink.Outcome;
    }

    public static Outcome TumbleOutOfOrder(ReadOnlySpan<LateBid> bids)
    {
        using var query = Queries.TumbleOutOfOrder.Create(new TumbleOutOfOrderSum());
        for (int i = 0; i < bids.Length; i += BatchRows)
        {
            query.Push(bids.Slice(i, Math.Min(BatchRows, bids.Length - i)));
        }

        query.Complete();
        return query.Sink.Outcome;
    }

    public static Outcome Hop(ReadOnlySpan<Bid> bids)
    {
        using var query = HopByAuction.Create(new HopSum());
        for (int i = 0; i < bids.Length; i += BatchRows)
        {
            query.Push(bids.Slice(i, Math.Min(BatchRows, bids.Length - i)));
        }

        query.Complete();
        return query.Sink.Outcome;
    }

    public static Outcome GlobalMax(ReadOnlySpan<Bid> bids)
    {
        using var query = Queries.GlobalMax.Create(new GlobalMaxSum());
        for (int i = 0; i < bids.Length; i += BatchRows)
        {
            query.Push(bids.Slice(i, Math.Min(BatchRows, bids.Length - i)));
        }

        query.Complete();
        return query.Sink.Outcome;
    }

    private struct PassThroughSum : ISink<Queries.PassThrough.Row>
    {
        private long _rows, _sum;

        public readonly Outcome Outcome => new(_rows, _sum);

        public void Emit(in Queries.PassThrough.Row row)
        {
            _rows++;
            _sum += row.Auction + row.Bidder + row.Price + row.Channel + row.Ts.Ticks;
        }
    }

    private struct ProjectionSum : ISink<Queries.Projection.Row>
    {
        private long _rows, _sum;

        public readonly Outcome Outcome => new(_rows, _sum);

        public void Emit(in Queries.Projection.Row row)
        {
            _rows++;
            _sum += row.Auction + row.Bidder + row.Euros + row.Ts.Ticks;
        }
    }

    private struct FilterSum : ISink<Queries.Filter.Row>
    {
        private long _rows, _sum;

        public readonly Outcome Outcome => new(_rows, _sum);

        public void Emit(in Queries.Filter.Row row)
        {
            _rows++;
            _sum += row.Auction + row.Price;
        }
    }

    private struct TumbleSum : ISink<TumbleByAuction.Row>
    {
        private long _rows, _sum;

        public readonly Outcome Outcome => new(_rows, _sum);

        public void Emit(in TumbleByAuction.Row row)
        {
            _rows++;
            _sum += row.Auction + row.WindowStart.Ticks + row.Bids + row.Total + row.Highest;
        }
    }

    private struct TumbleOutOfOrderSum : ISink<Queries.TumbleOutOfOrder.Row>
    {
        private long _rows, _sum;

        public readonly Outcome Outcome => new(_rows, _sum);

        public void Emit(in Queries.TumbleOutOfOrder.Row row)
        {
            _rows++;
            _sum += row.Auction + row.WindowStart.Ticks + row.Bids + row.Total + row.Highest;
        }
    }

    private struct HopSum : ISink<HopByAuction.Row>
    {
        private long _rows, _sum;

        public readonly Outcome Outcome => new(_rows, _sum);

        public void Emit(in HopByAuction.Row row)
        {
            _rows++;
            _sum += row.Auction + row.WindowStart.Ticks + row.Bids;
        }
    }

    private struct GlobalMaxSum : ISink<Queries.GlobalMax.Row>
    {
        private long _rows, _sum;

        public readonly Outcome Outcome => new(_rows, _sum);

        public void Emit(in Queries.GlobalMax.Row row)
        {
            _rows++;
            _sum += row.WindowStart.Ticks + row.Highest;
        }
    }
}
