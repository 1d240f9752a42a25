namespace Laminar.Bench.HandWritten;

/// <summary>
/// The last listing of each bidder so far, as one would write it by hand for what the query promises: rows of both sides are pushed in batches in any interleaving, a row that is behind both sides' watermarks is late
/// and counted, and each side waits for the other. It knows that each side comes in order.
/// </summary>
public sealed class PushedLast : IStreamInput<Bid>, IStreamInput<Listing>
{
    private readonly KeyNumbers _sellers = new();
    private long[] _auctions = new long[1 << 13];
    private readonly Queue<Bid> _waiting = new();
    private readonly Queue<Listing> _ahead = new();
    private long _bids = long.MinValue;
    private long _listings = long.MinValue;
    private long _rows;
    private long _sum;

    public long LateRows { get; private set; }

    public Outcome Outcome => new(_rows, _sum);

    public void Push(in Bid row) => Push(new ReadOnlySpan<Bid>(in row));

    public void Push(ReadOnlySpan<Bid> rows)
    {
        foreach (ref readonly Bid bid in rows)
        {
            long ts = bid.Ts.Ticks;
            if (ts < Math.Min(_bids, _listings))
            {
                LateRows++;
                continue;
            }

            _bids = Math.Max(_bids, ts);
            if (ts < _listings && _waiting.Count == 0)
            {
                Answer(in bid);
            }
            else
            {
                _waiting.Enqueue(bid);
            }
        }
    }

    public void Push(in Listing row) => Push(new ReadOnlySpan<Listing>(in row));

    public void Push(ReadOnlySpan<Listing> rows)
    {
        foreach (ref readonly Listing listing in rows)
        {
            if (listing.Ts.Ticks < Math.Min(_bids, _listings))
            {
                LateRows++;
                continue;
            }

            _listings = Math.Max(_listings, listing.Ts.Ticks);
            _ahead.Enqueue(listing);
        }

        AnswerWaiting(_listings);
    }

    public void Complete() => AnswerWaiting(long.MaxValue);

    private void AnswerWaiting(long watermark)
    {
        while (_waiting.TryPeek(out Bid bid) && bid.Ts.Ticks < watermark)
        {
            Answer(in bid);
            _waiting.Dequeue();
        }
    }

    private void Answer(in Bid bid)
    {
        while (_ahead.TryPeek(out Listing listing) && listing.Ts <= bid.Ts)
        {
            int number = _sellers.Of(listing.Seller, KeyHashing.Of(listing.Seller));
            if (number == _auctions.Length)
            {
                Array.Resize(ref _auctions, number * 2);
            }

            _auctions[number] = listing.Auction;
            _ahead.Dequeue();
        }

        int found = _sellers.Find(bid.Bidder, KeyHashing.Of(bid.Bidder));
        if (found >= 0)
        {
            _rows++;
            _sum += bid.Bidder + bid.Price + _auctions[found] + bid.Ts.Ticks;
        }
    }
}
