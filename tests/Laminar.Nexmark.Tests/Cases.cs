using NexmarkQueries.Queries;
using NexmarkQueries.Queries.AsWritten;

namespace Laminar.Nexmark.Tests;

/// <summary>All queries of the benchmark with the public text as one batch; the arrival number <c>n</c> decides where that leaves rows equal.</summary>
internal static class Cases
{
    private const string Averages =
        """
        SELECT q.category, avg(q.final)
        FROM (
            SELECT max(b.price) AS final, a.category FROM auction a, bid b
            WHERE a.id = b.auction AND b.date_time BETWEEN a.date_time AND a.expires GROUP BY a.id, a.category
        ) q
        GROUP BY q.category
        """;

    private const string HotItems =
        """
        WITH counts AS (
            SELECT auction, starttime, count(*) AS num
            FROM (SELECT auction, time_bucket(INTERVAL 2 SECOND, date_time) - INTERVAL 2 SECOND * k AS starttime FROM bid, range(5) AS r(k))
            GROUP BY auction, starttime
        )
        SELECT c.auction, c.num, c.starttime, c.starttime + INTERVAL 10 SECOND
        FROM counts c JOIN (SELECT max(num) AS maxn, starttime FROM counts GROUP BY starttime) m ON c.starttime = m.starttime AND c.num >= m.maxn
        """;

    private const string Ranks = "count(*), count(*) FILTER (price < 10000), count(*) FILTER (price >= 10000 AND price < 1000000), count(*) FILTER (price >= 1000000)";

    private const string Distinct =
        "count(DISTINCT bidder), count(DISTINCT bidder) FILTER (price < 10000), count(DISTINCT bidder) FILTER (price >= 10000 AND price < 1000000), count(DISTINCT bidder) FILTER (price >= 1000000)" + ", "
        + "count(DISTINCT auction), count(DISTINCT auction) FILTER (price < 10000), count(DISTINCT auction) FILTER (price >= 10000 AND price < 1000000), count(DISTINCT auction) FILTER (price >= 1000000)";

    public static QueryCase[] All { get; } =
    [
        new QueryCase<Q0.Row>("q0", "SELECT auction, bidder, price, date_time, extra FROM bid", Q0.Create, Q0.Restore, Q0.AddTo),
        new QueryCase<Q1.Row>("q1", "SELECT auction, bidder, 0.908 * price, date_time, extra FROM bid", Q1.Create, Q1.Restore, Q1.AddTo),
        new QueryCase<Q2.Row>("q2", "SELECT auction, price FROM bid WHERE mod(auction, 123) = 0", Q2.Create, Q2.Restore, Q2.AddTo),
        new QueryCase<Q3.Row>("q3", "SELECT p.name, p.city, p.state, a.id FROM auction a JOIN person p ON a.seller = p.id WHERE a.category = 10 AND (p.state = 'OR' OR p.state = 'ID' OR p.state = 'CA')", Q3.Create, Q3.Restore, Q3.AddTo),
        new QueryCase<Q4.Row>("q4", Averages, Q4.Create, Q4.Restore, Q4.AddTo),
        new QueryCase<Q5.Row>("q5", HotItems, Q5.Create, Q5.Restore, Q5.AddTo),
        new QueryCase<Q6.Row>("q6", """
            SELECT q.seller, avg(q.price) OVER (PARTITION BY q.seller ORDER BY q.date_time ROWS BETWEEN 10 PRECEDING AND CURRENT ROW)
            FROM (
                SELECT a.id, a.seller, b.price, b.date_time, row_number() OVER (PARTITION BY a.id, a.seller ORDER BY b.price DESC, b.date_time) AS rownum
                FROM auction a, bid b WHERE a.id = b.auction AND b.date_time BETWEEN a.date_time AND a.expires
            ) q
            WHERE rownum <= 1
            """, Q6.Create, Q6.Restore, Q6.AddTo),
        new QueryCase<Q7.Row>("q7", """
            SELECT b.auction, b.price, b.bidder, b.date_time, b.extra
            FROM bid b
            JOIN (SELECT max(price) AS maxprice, time_bucket(INTERVAL 10 SECOND, date_time) + INTERVAL 10 SECOND AS date_time FROM bid GROUP BY 2) b1 ON b.price = b1.maxprice
            WHERE b.date_time BETWEEN b1.date_time - INTERVAL 10 SECOND AND b1.date_time
            """, Q7.Create, Q7.Restore, Q7.AddTo),
        new QueryCase<Q8.Row>("q8", """
            SELECT p.id, p.name, p.starttime
            FROM (SELECT id, name, time_bucket(INTERVAL 10 SECOND, date_time) AS starttime FROM person GROUP BY id, name, starttime) p
            JOIN (SELECT seller, time_bucket(INTERVAL 10 SECOND, date_time) AS starttime FROM auction GROUP BY seller, starttime) a ON p.id = a.seller AND p.starttime = a.starttime
            """, Q8.Create, Q8.Restore, Q8.AddTo),
        new QueryCase<Q9.Row>("q9", """
            SELECT id, item_name, description, initial_bid, reserve, date_time, expires, seller, category, extra, auction, bidder, price, bid_date_time, bid_extra
            FROM (
                SELECT a.* EXCLUDE (n), b.auction, b.bidder, b.price, b.date_time AS bid_date_time, b.extra AS bid_extra,
                    row_number() OVER (PARTITION BY a.id ORDER BY b.price DESC, b.date_time ASC) AS rownum
                FROM auction a, bid b WHERE a.id = b.auction AND b.date_time BETWEEN a.date_time AND a.expires
            )
            WHERE rownum <= 1
            """, Q9.Create, Q9.Restore, Q9.AddTo),
        new QueryCase<Q10.Row>("q10", "SELECT auction, bidder, price, date_time, extra, strftime(date_time, '%Y-%m-%d'), strftime(date_time, '%H:%M') FROM bid", Q10.Create, Q10.Restore, Q10.AddTo),
        new QueryCase<Q11.Row>("q11", """
            SELECT bidder, count(*), min(date_time), max(date_time) + INTERVAL 10 SECOND
            FROM (
                SELECT bidder, date_time, sum(starts) OVER (PARTITION BY bidder ORDER BY date_time) AS session
                FROM (
                    SELECT bidder, date_time, CASE WHEN date_time - lag(date_time) OVER (PARTITION BY bidder ORDER BY date_time) < INTERVAL 10 SECOND THEN 0 ELSE 1 END AS starts FROM bid
                )
            )
            GROUP BY bidder, session
            """, Q11.Create, Q11.Restore, Q11.AddTo),
        new QueryCase<Q12.Row>("q12", "SELECT bidder, count(*), time_bucket(INTERVAL 10 SECOND, p_time) AS s, s + INTERVAL 10 SECOND FROM arrived_bid GROUP BY bidder, s", Q12.Create, Q12.Restore, Q12.AddTo),
        new QueryCase<Q13.Row>("q13", "SELECT b.auction, b.bidder, b.price, b.date_time, s.value FROM bid b JOIN side_input s ON mod(b.auction, 10000) = s.key", Q13.Create, Q13.Restore, Q13.AddTo),
        new QueryCase<Q14.Row>("q14", """
            SELECT auction, bidder, 0.908 * price,
                CASE WHEN hour(date_time) >= 8 AND hour(date_time) <= 18 THEN 'dayTime' WHEN hour(date_time) <= 6 OR hour(date_time) >= 20 THEN 'nightTime' ELSE 'otherTime' END,
                date_time, extra, len(extra) - len(replace(extra, 'c', ''))
            FROM bid WHERE 0.908 * price > 1000000 AND 0.908 * price < 50000000
            """, Q14.Create, Q14.Restore, Q14.AddTo),
        new QueryCase<Q15.Row>("q15", $"SELECT strftime(date_time, '%Y-%m-%d') AS day, {Ranks}, {Distinct} FROM bid GROUP BY day", Q15.Create, Q15.Restore, Q15.AddTo),
        new QueryCase<Q16.Row>("q16", $"SELECT channel, strftime(date_time, '%Y-%m-%d') AS day, max(strftime(date_time, '%H:%M')), {Ranks}, {Distinct} FROM bid GROUP BY channel, day", Q16.Create, Q16.Restore, Q16.AddTo),
        new QueryCase<Q17.Row>("q17", $"SELECT auction, strftime(date_time, '%Y-%m-%d') AS day, {Ranks}, min(price), max(price), avg(price), sum(price) FROM bid GROUP BY auction, day", Q17.Create, Q17.Restore, Q17.AddTo),
        new QueryCase<Q18.Row>("q18", """
            SELECT auction, bidder, price, channel, url, date_time, extra
            FROM (SELECT *, row_number() OVER (PARTITION BY bidder, auction ORDER BY date_time DESC, n DESC) AS rank_number FROM bid) WHERE rank_number <= 1
            """, Q18.Create, Q18.Restore, Q18.AddTo),
        new QueryCase<Q19.Row>("q19", "SELECT * EXCLUDE (n) FROM (SELECT *, row_number() OVER (PARTITION BY auction ORDER BY price DESC, n) AS rank_number FROM bid) WHERE rank_number <= 10", Q19.Create, Q19.Restore, Q19.AddTo),
        new QueryCase<Q20.Row>("q20", """
            SELECT auction, bidder, price, channel, url, b.date_time, b.extra, item_name, description, initial_bid, reserve, a.date_time, expires, seller, category, a.extra
            FROM bid b JOIN auction a ON b.auction = a.id WHERE a.category = 10
            """, Q20.Create, Q20.Restore, Q20.AddTo),
        new QueryCase<Q21.Row>("q21", """
            SELECT auction, bidder, price, channel,
                CASE WHEN lower(channel) = 'apple' THEN '0' WHEN lower(channel) = 'google' THEN '1' WHEN lower(channel) = 'facebook' THEN '2' WHEN lower(channel) = 'baidu' THEN '3'
                    ELSE regexp_extract(url, '(&|^)channel_id=([^&]*)', 2) END
            FROM bid WHERE regexp_matches(url, '(&|^)channel_id=([^&]*)') OR lower(channel) IN ('apple', 'google', 'facebook', 'baidu')
            """, Q21.Create, Q21.Restore, Q21.AddTo),
        new QueryCase<Q22.Row>("q22", "SELECT auction, bidder, price, channel, split_part(url, '/', 4), split_part(url, '/', 5), split_part(url, '/', 6) FROM bid", Q22.Create, Q22.Restore, Q22.AddTo),
        new QueryCase<Q4AsWritten.Row>("q4-as-written", Averages, Q4AsWritten.Create, Q4AsWritten.Restore, Q4AsWritten.AddTo),
        new QueryCase<Q5AsWritten.Row>("q5-as-written", HotItems, Q5AsWritten.Create, Q5AsWritten.Restore, Q5AsWritten.AddTo),
    ];
}
