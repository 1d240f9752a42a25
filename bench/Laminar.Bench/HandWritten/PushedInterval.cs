namespace Laminar.Bench.HandWritten;

/// <summary>
/// The interval join as one would write it by hand for what the query promises: rows of both sides are pushed in batches in any interleaving, a row that is behind both sides' watermarks is late and counted, and bids
/// are kept for listings that may still come. It knows that an auction opens once and that each side comes in order.
/// </summary>
public sealed class PushedInterval : IStreamInput<Bid>, IStreamInput<Listing>
{
    private const long Window = 10 * TimeSpan.TicksPerSecond;

    private KeyNumbers _young = new();
    private KeyNumbers _old = new();
    private (long Seller, long Ts)[] _youngOf = new (long, long)[1 << 14];
    private (long Seller, long Ts)[] _oldOf = new (long, long)[1 << 14];
    private Kept[] _kept = new Kept[1 << 12];
    private int _keptCount;
    private long _bids = long.MinValue;
    private long _listings = long.MinValue;
    private long _turn = long.MinValue;
    private long _rows;
    private long _sum;

    public long LateRows { get; private set; }

    public Outcome Outcome => new(_rows, _sum);

    public void Push(in Bid row) => Push(new ReadOnlySpan<Bid>(in row));

    public void Push(ReadOnlySpan<Bid> rows)
    {
        long watermark = _bids;
        foreach (ref readonly Bid bid in rows)
        {
            long ts = bid.Ts.Ticks;
            if (ts < Math.Min(watermark, _listings))
            {
                LateRows++;
                continue;
            }

            watermark = Math.Max(watermark, ts);
            uint hash = KeyHashing.Of(bid.Auction);
            int found = _young.Find(bid.Auction, hash);
            (long Seller, long Ts) of = default;
            if (found >= 0)
            {
                of = _youngOf[found];
            }
            else if ((found = _old.Find(bid.Auction, hash)) >= 0)
            {
                of = _oldOf[found];
            }

            if (found >= 0 && ts >= of.Ts && ts <= of.Ts + Window)
            {
                _rows++;
                _sum += bid.Auction + bid.Price + of.Seller + ts;
            }

            // A listing from here on is no earlier than the last one.
            if (ts >= _listings)
            {
                Keep(new Kept(bid.Auction, bid.Price, ts));
            }
        }

        _bids = watermark;
    }

    public void Push(in Listing row) => Push(new ReadOnlySpan<Listing>(in row));

    public void Push(ReadOnlySpan<Listing> rows)
    {
        foreach (ref readonly Listing listing in rows)
        {
            long ts = listing.Ts.Ticks;
            if (ts < Math.Min(_bids, _listings))
            {
                LateRows++;
                continue;
            }

            _listings = Math.Max(_listings, ts);

            // What is forgotten mustn't be asked for by bids that are still to come.
            if (Math.Min(_bids, ts) >= _turn)
            {
                (_young, _old, _youngOf, _oldOf) = (_old, _young, _oldOf, _youngOf);
                _young.Clear();
                _turn = ts + Window;
            }

            int number = _young.Of(listing.Auction, KeyHashing.Of(listing.Auction));
            if (number == _youngOf.Length)
            {
                Array.Resize(ref _youngOf, number * 2);
            }

            _youngOf[number] = (listing.Seller, ts);
            for (int i = 0; i < _keptCount; i++)
            {
                ref readonly Kept bid = ref _kept[i];
                if (bid.Auction == listing.Auction && bid.Ts >= ts && bid.Ts <= ts + Window)
                {
                    _rows++;
                    _sum += bid.Auction + bid.Price + listing.Seller + bid.Ts;
                }
            }
        }

        int left = 0;
        for (int i = 0; i < _keptCount; i++)
        {
            if (_kept[i].Ts >= _listings)
            {
                _kept[left++] = _kept[i];
            }
        }

        _keptCount = left;
    }

    private void Keep(Kept bid)
    {
        if (_keptCount == _kept.Length)
        {
            Array.Resize(ref _kept, _keptCount * 2);
        }

        _kept[_keptCount++] = bid;
    }

    private readonly record struct Kept(long Auction, long Price, long Ts);
}
