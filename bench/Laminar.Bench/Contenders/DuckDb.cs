using System.Data;
using DuckDB.NET.Data;

namespace Laminar.Bench.Contenders;

/// <summary>
/// DuckDB on one thread over the same rows in a table in memory. It is a batch engine: a yardstick, not a peer. Timestamps are BIGINT ticks
/// in the table, so that window arithmetic and checksums are the same integers as everywhere else.
/// </summary>
public sealed class DuckDb : IDisposable
{
    private const string Window = "100000000";
    private const string Slide = "20000000";

    private readonly DuckDBConnection _connection = new("DataSource=:memory:");

    private DuckDb(string channelType, Action<DuckDBAppender> append)
    {
        _connection.Open();
        Execute("SET threads = 1");
        Execute($"CREATE TABLE bids (auction BIGINT, bidder BIGINT, price BIGINT, channel {channelType}, ts BIGINT)");
        using DuckDBAppender appender = _connection.CreateAppender("bids");
        append(appender);
    }

    public static DuckDb Of(Bid[] bids) => new("INTEGER", appender =>
    {
        foreach (ref readonly Bid bid in bids.AsSpan())
        {
            appender.CreateRow().AppendValue(bid.Auction).AppendValue(bid.Bidder).AppendValue(bid.Price).AppendValue(bid.Channel).AppendValue(bid.Ts.Ticks).EndRow();
        }
    });

    public static DuckDb Of(TextBid[] bids) => new("VARCHAR", appender =>
    {
        foreach (ref readonly TextBid bid in bids.AsSpan())
        {
            appender.CreateRow().AppendValue(bid.Auction).AppendValue(bid.Bidder).AppendValue(bid.Price).AppendValue(bid.Channel).AppendValue(bid.Ts.Ticks).EndRow();
        }
    });

    public Outcome PassThrough() => Sum("SELECT auction + bidder + price + channel + ts AS v FROM bids");

    public Outcome Projection() => Sum("SELECT auction + bidder + price * 89 // 100 + ts AS v FROM bids");

    public Outcome Filter() => Sum("SELECT auction + price AS v FROM bids WHERE auction % 123 = 0");

    public Outcome Tumble() => Sum($"""
        SELECT auction + w + COUNT(*) + SUM(price) + MAX(price) AS v
        FROM (SELECT auction, price, ts - ts % {Window} AS w FROM bids) GROUP BY auction, w
        """);

    public Outcome TumbleByText() => Sum($"""
        SELECT length(channel) + w + COUNT(*) + SUM(price) + MAX(price) AS v
        FROM (SELECT channel, price, ts - ts % {Window} AS w FROM bids) GROUP BY channel, w
        """);

    /// <summary>Panes of two seconds first, five windows from each afterwards: the better plan of the two that SQL can say.</summary>
    public Outcome Hop() => Sum($"""
        SELECT auction + w + SUM(n) AS v
        FROM (SELECT auction, p - i * {Slide} AS w, n
              FROM (SELECT auction, ts - ts % {Slide} AS p, COUNT(*) AS n FROM bids GROUP BY auction, p), range(5) AS r(i))
        GROUP BY auction, w
        """);

    /// <summary>Gaps and islands.</summary>
    public Outcome Session() => Sum($"""
        SELECT bidder + MIN(ts) + MAX(ts) + {Window} + COUNT(*) + SUM(price) AS v
        FROM (SELECT bidder, price, ts, SUM(new) OVER (PARTITION BY bidder ORDER BY ts) AS island
              FROM (SELECT *, CASE WHEN ts - LAG(ts) OVER (PARTITION BY bidder ORDER BY ts) < {Window} THEN 0 ELSE 1 END AS new FROM bids))
        GROUP BY bidder, island
        """);

    /// <summary>Panes of a second first, ten windows from each afterwards.</summary>
    public Outcome HopTenfold() => Sum("""
        SELECT auction + w + SUM(n) + SUM(s) + MAX(m) AS v
        FROM (SELECT auction, p - i * 10000000 AS w, n, s, m
              FROM (SELECT auction, ts - ts % 10000000 AS p, COUNT(*) AS n, SUM(price) AS s, MAX(price) AS m FROM bids GROUP BY auction, p), range(10) AS r(i))
        GROUP BY auction, w
        """);

    public Outcome GlobalMax() => Sum($"SELECT w + MAX(price) AS v FROM (SELECT price, ts - ts % {Window} AS w FROM bids) GROUP BY w");

    public void Dispose() => _connection.Dispose();

    private Outcome Sum(string rows)
    {
        using IDbCommand command = _connection.CreateCommand();
        command.CommandText = $"SELECT COUNT(*)::BIGINT, SUM(v)::HUGEINT % 18446744073709551616::HUGEINT FROM ({rows})";
        using IDataReader reader = command.ExecuteReader();
        reader.Read();
        var sum = (System.Numerics.BigInteger)reader.GetValue(1);
        return new Outcome(reader.GetInt64(0), unchecked((long)(ulong)(sum & ulong.MaxValue)));
    }

    private void Execute(string sql)
    {
        using IDbCommand command = _connection.CreateCommand();
        command.CommandText = sql;
        command.ExecuteNonQuery();
    }
}
