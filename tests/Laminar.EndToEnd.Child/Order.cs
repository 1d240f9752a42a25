using Laminar;

namespace Laminar.EndToEnd.Child;

/// <summary>An order that its producer pushes in process and can't replay: what the WAL is for.</summary>
[StreamSource("orders", Watermark = "ts - INTERVAL '1' SECOND")]
public readonly partial record struct Order(long Id, string Customer, decimal Amount, int? Coupon, DateTime Ts)
{
    /// <summary>The n-th order of a seed, so that a producer can resume anywhere.</summary>
    public static Order At(long n)
    {
        ulong mixed = ((ulong)n + 1) * 0x9E3779B97F4A7C15UL;
        mixed ^= mixed >> 29;
        long disorder = (long)(mixed % 900);
        return new Order(
            n,
            $"customer-{mixed % 37}",
            (mixed % 10_000) / 100m,
            mixed % 5 == 0 ? null : (int)(mixed % 11),
            DateTime.UnixEpoch.AddMilliseconds((n * 20) - disorder + 1_000_000));
    }
}

[StreamQuery("""
    SELECT customer, coupon, window_start, COUNT(*) AS n, SUM(amount) AS total, FIRST_VALUE(id) AS first_id, LAST_VALUE(id) AS last_id
    FROM orders GROUP BY customer, coupon, TUMBLE(ts, INTERVAL '30' SECOND)
    """)]
public sealed partial class OrdersByCustomer;

[StreamQuery("""
    SELECT coupon, window_start, COUNT(*) AS n, AVG(amount) AS mean
    FROM orders WHERE amount > 10 GROUP BY coupon, HOP(ts, INTERVAL '10' SECOND, INTERVAL '30' SECOND) EMIT CHANGES
    """)]
public sealed partial class CouponChanges;
