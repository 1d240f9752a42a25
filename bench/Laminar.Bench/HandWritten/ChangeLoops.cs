using Laminar.Bench.Contenders;
using Laminar.Bench.Inputs;

namespace Laminar.Bench.HandWritten;

/// <summary>Results that change with every row, each as one would write it for that query alone. An auction opens once.</summary>
public static class ChangeLoops
{
    /// <summary>Counts and sellers of auctions in one table, fed in batches from both sides.</summary>
    public static Outcome Counted(Market market, int rows, bool outer)
    {
        var joined = new CountedJoin(outer);
        market.PushBids(joined, joined, rows);
        return joined.Outcome;
    }

    /// <summary>The last bid of each auction; of those at one time the first.</summary>
    public static Outcome Last(ReadOnlySpan<Bid> bids)
    {
        long rows = 0, sum = 0;
        var keys = new KeyNumbers();
        var lasts = new (long Bidder, long Price, long Ts)[1 << 13];
        foreach (ref readonly Bid bid in bids)
        {
            int before = keys.Count;
            int number = keys.Of(bid.Auction, KeyHashing.Of(bid.Auction));
            if (number == lasts.Length)
            {
                Array.Resize(ref lasts, number * 2);
            }

            ref (long Bidder, long Price, long Ts) last = ref lasts[number];
            long ts = bid.Ts.Ticks;
            if (number == before)
            {
                rows++;
            }
            else if (ts > last.Ts)
            {
                rows += 2;
                sum += Changes.Sign(RowKind.UpdateBefore) * (bid.Auction + last.Bidder + last.Price + last.Ts);
            }
            else
            {
                continue;
            }

            sum += bid.Auction + bid.Bidder + bid.Price + ts;
            last = (bid.Bidder, bid.Price, ts);
        }

        return new Outcome(rows, sum);
    }

    /// <summary>Three bids in the entry of each auction, kept in order; what comes in among them puts the last out.</summary>
    public static Outcome Best(ReadOnlySpan<Bid> bids)
    {
        long rows = 0, sum = 0;
        var keys = new KeyNumbers();
        var best = new (long Price, long Bidder)[3 << 13];
        var counts = new byte[1 << 13];
        foreach (ref readonly Bid bid in bids)
        {
            int number = keys.Of(bid.Auction, KeyHashing.Of(bid.Auction));
            if (number == counts.Length)
            {
                Array.Resize(ref counts, number * 2);
                Array.Resize(ref best, number * 6);
            }

            int count = counts[number];
            Span<(long Price, long Bidder)> three = best.AsSpan(number * 3, 3);
            if (count == 3)
            {
                if (bid.Price <= three[2].Price)
                {
                    continue;
                }

                // A row that is the same in all columns takes the place of the other without a word.
                if (three[2] != (bid.Price, bid.Bidder))
                {
                    rows++;
                    sum += Changes.Sign(RowKind.Delete) * (bid.Auction + three[2].Price + three[2].Bidder);
                }
            }

            int at = count < 3 ? counts[number]++ : 2;
            for (; at > 0 && three[at - 1].Price < bid.Price; at--)
            {
                three[at] = three[at - 1];
            }

            three[at] = (bid.Price, bid.Bidder);
            rows++;
            sum += bid.Auction + bid.Price + bid.Bidder;
        }

        return new Outcome(rows, sum);
    }

    private sealed class CountedJoin(bool outer) : IStreamInput<Bid>, IStreamInput<Listing>
    {
        private readonly KeyNumbers _keys = new();
        private (long Bids, long Seller, bool IsListed)[] _auctions = new (long, long, bool)[1 << 13];
        private long _rows;
        private long _sum;

        public Outcome Outcome => new(_rows, _sum);

        public void Push(in Bid row) => Push(new ReadOnlySpan<Bid>(in row));

        public void Push(ReadOnlySpan<Bid> rows)
        {
            foreach (ref readonly Bid bid in rows)
            {
                ref (long Bids, long Seller, bool IsListed) auction = ref Of(bid.Auction);
                long before = auction.Bids++;
                if (!auction.IsListed && !outer)
                {
                    continue;
                }

                long rest = bid.Auction + auction.Seller;
                if (before > 0)
                {
                    _rows++;
                    _sum += Changes.Sign(RowKind.UpdateBefore) * (rest + before);
                }

                _rows++;
                _sum += rest + before + 1;
            }
        }

        public void Push(in Listing row) => Push(new ReadOnlySpan<Listing>(in row));

        public void Push(ReadOnlySpan<Listing> rows)
        {
            foreach (ref readonly Listing listing in rows)
            {
                ref (long Bids, long Seller, bool IsListed) auction = ref Of(listing.Auction);
                auction.Seller = listing.Seller;
                auction.IsListed = true;
                if (auction.Bids > 0)
                {
                    if (outer)
                    {
                        _rows++;
                        _sum += Changes.Sign(RowKind.Delete) * (listing.Auction + auction.Bids);
                    }

                    _rows++;
                    _sum += listing.Auction + auction.Bids + listing.Seller;
                }
            }
        }

        private ref (long Bids, long Seller, bool IsListed) Of(long key)
        {
            int number = _keys.Of(key, KeyHashing.Of(key));
            if (number == _auctions.Length)
            {
                Array.Resize(ref _auctions, number * 2);
            }

            return ref _auctions[number];
        }
    }
}
