namespace Laminar.Bench.HandWritten;

/// <summary>
/// What a careful engineer would write for each of these queries alone, over rows: no abstraction, entries in slots, the table cleared
/// per window. The yardstick that generated code is held against.
/// </summary>
public static class RowLoops
{
    private const long WindowTicks = 10 * TimeSpan.TicksPerSecond;
    private const long SlideTicks = 2 * TimeSpan.TicksPerSecond;

    public static Outcome PassThrough(ReadOnlySpan<Bid> bids)
    {
        long rows = 0, sum = 0;
        foreach (ref readonly Bid bid in bids)
        {
            rows++;
            sum += bid.Auction + bid.Bidder + bid.Price + bid.Channel + bid.Ts.Ticks;
        }

        return new Outcome(rows, sum);
    }

    public static Outcome Projection(ReadOnlySpan<Bid> bids)
    {
        long rows = 0, sum = 0;
        foreach (ref readonly Bid bid in bids)
        {
            rows++;
            sum += bid.Auction + bid.Bidder + (checked(bid.Price * 89) / 100) + bid.Ts.Ticks;
        }

        return new Outcome(rows, sum);
    }

    public static Outcome Filter(ReadOnlySpan<Bid> bids)
    {
        long rows = 0, sum = 0;
        foreach (ref readonly Bid bid in bids)
        {
            if (bid.Auction % 123 == 0)
            {
                rows++;
                sum += bid.Auction + bid.Price;
            }
        }

        return new Outcome(rows, sum);
    }

    public static Outcome Tumble(ReadOnlySpan<Bid> bids)
    {
        long rows = 0, sum = 0;
        var table = new TumbleTable();
        long end = long.MinValue;
        foreach (ref readonly Bid bid in bids)
        {
            long ts = bid.Ts.Ticks;
            if (ts >= end)
            {
                table.Flush(end - WindowTicks, ref rows, ref sum);
                end = ts - (ts % WindowTicks) + WindowTicks;
            }

            table.Add(bid.Auction, bid.Price);
        }

        table.Flush(end - WindowTicks, ref rows, ref sum);
        return new Outcome(rows, sum);
    }

    /// <summary>Two tables by the parity of the window: rows are at most two seconds behind, so at most two windows are open.</summary>
    public static Outcome TumbleOutOfOrder(ReadOnlySpan<LateBid> bids)
    {
        long rows = 0, sum = 0;
        const long delay = 2 * TimeSpan.TicksPerSecond;
        TumbleTable even = new(), odd = new();
        long oldest = long.MinValue;
        long newest = long.MinValue;
        foreach (ref readonly LateBid bid in bids)
        {
            long ts = bid.Ts.Ticks;
            long window = ts / WindowTicks;
            if (oldest == long.MinValue)
            {
                oldest = window;
            }

            if (window >= oldest)
            {
                ((window & 1) == 0 ? even : odd).Add(bid.Auction, bid.Price);
            }

            newest = Math.Max(newest, ts);
            while (newest - delay >= (oldest + 1) * WindowTicks)
            {
                ((oldest & 1) == 0 ? even : odd).Flush(oldest * WindowTicks, ref rows, ref sum);
                oldest++;
            }
        }

        ((oldest & 1) == 0 ? even : odd).Flush(oldest * WindowTicks, ref rows, ref sum);
        ((oldest & 1) != 0 ? even : odd).Flush((oldest + 1) * WindowTicks, ref rows, ref sum);
        return new Outcome(rows, sum);
    }

    /// <summary>A ring of panes inside each entry; entries without a live pane are dropped when the table is rebuilt.</summary>
    public static Outcome Hop(ReadOnlySpan<Bid> bids)
    {
        long rows = 0, sum = 0;
        var table = new HopTable();
        long pane = long.MinValue;
        long paneEnd = long.MinValue;
        foreach (ref readonly Bid bid in bids)
        {
            long ts = bid.Ts.Ticks;
            if (ts >= paneEnd)
            {
                long next = ts / SlideTicks;
                for (long closing = pane; pane != long.MinValue && closing < Math.Min(next, pane + 5); closing++)
                {
                    table.Flush(closing, ref rows, ref sum);
                }

                pane = next;
                paneEnd = (next + 1) * SlideTicks;
            }

            table.Add(bid.Auction, pane);
        }

        for (long closing = pane; closing < pane + 5; closing++)
        {
            table.Flush(closing, ref rows, ref sum);
        }

        return new Outcome(rows, sum);
    }

    public static Outcome GlobalMax(ReadOnlySpan<Bid> bids)
    {
        long rows = 0, sum = 0;
        long end = long.MinValue;
        long highest = long.MinValue;
        foreach (ref readonly Bid bid in bids)
        {
            long ts = bid.Ts.Ticks;
            if (ts >= end)
            {
                if (end != long.MinValue)
                {
                    rows++;
                    sum += highest + end - WindowTicks;
                }

                end = ts - (ts % WindowTicks) + WindowTicks;
                highest = long.MinValue;
            }

            highest = Math.Max(highest, bid.Price);
        }

        return new Outcome(rows + 1, sum + highest + end - WindowTicks);
    }
}
