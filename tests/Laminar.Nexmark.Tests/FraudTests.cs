using System.Buffers;
using Fraud;
using Fraud.Feeds;
using Fraud.Queries;
using Microsoft.Extensions.Logging.Abstractions;
using NUnit.Framework;

namespace Laminar.Nexmark.Tests;

/// <summary>The fraud pipeline's six queries at once in a runtime, against DuckDB over the same trades and orders.</summary>
public sealed class FraudTests
{
    private const int Trades = 40_000;

    private static readonly QueryCase[] Queries =
    [
        new QueryCase<VolBaseline.Row>(nameof(VolBaseline), """
            SELECT symbol, sum(volume), count(*), avg(price), s, s + INTERVAL 10 SECOND
            FROM (SELECT *, time_bucket(INTERVAL 2 SECOND, ts) - INTERVAL 2 SECOND * k AS s FROM trades, range(5) AS r(k)) GROUP BY symbol, s
            """, VolBaseline.Create, VolBaseline.Restore, VolBaseline.AddTo),
        new QueryCase<OhlcVol.Row>(nameof(OhlcVol), """
            SELECT symbol, time_bucket(INTERVAL 5 SECOND, ts) AS s, arg_min(price, ts), max(price), min(price), arg_max(price, ts), sum(volume), max(price) - min(price)
            FROM trades GROUP BY symbol, s
            """, OhlcVol.Create, OhlcVol.Restore, OhlcVol.AddTo),
        new QueryCase<RapidFire.Row>(nameof(RapidFire), """
            SELECT account_id, count(*), sum(volume), min(price), max(price), min(ts), max(ts) + INTERVAL 2 SECOND
            FROM (
                SELECT *, sum(starts) OVER (PARTITION BY account_id ORDER BY ts) AS session
                FROM (SELECT *, CASE WHEN ts - lag(ts) OVER (PARTITION BY account_id ORDER BY ts) < INTERVAL 2 SECOND THEN 0 ELSE 1 END AS starts FROM trades)
            )
            GROUP BY account_id, session
            """, RapidFire.Create, RapidFire.Restore, RapidFire.AddTo),
        new QueryCase<WashScore.Row>(nameof(WashScore), """
            SELECT account_id, symbol, sum(CASE WHEN side = 'buy' THEN volume ELSE 0 END), sum(CASE WHEN side = 'sell' THEN volume ELSE 0 END),
                count(*) FILTER (side = 'buy'), count(*) FILTER (side = 'sell'), time_bucket(INTERVAL 5 SECOND, ts) AS s
            FROM trades GROUP BY account_id, symbol, s
            """, WashScore.Create, WashScore.Restore, WashScore.AddTo),
        new QueryCase<SuspiciousMatch.Row>(nameof(SuspiciousMatch), """
            SELECT t.symbol, t.price, t.volume, o.order_id, o.account_id, o.side, o.price, t.price - o.price
            FROM trades t JOIN orders o ON t.symbol = o.symbol AND o.ts BETWEEN t.ts - INTERVAL 2 SECOND AND t.ts + INTERVAL 2 SECOND
            """, SuspiciousMatch.Create, SuspiciousMatch.Restore, SuspiciousMatch.AddTo),
        new QueryCase<AsofMatch.Row>(nameof(AsofMatch), """
            SELECT t.symbol, t.account_id, t.price, t.volume, t.ts, o.order_id, o.account_id, o.price, t.price - o.price
            FROM trades t ASOF JOIN orders o ON t.symbol = o.symbol AND t.ts >= o.ts
            """, AsofMatch.Create, AsofMatch.Restore, AsofMatch.AddTo),
    ];

    [Test]
    public async Task The_results_are_those_of_the_batch([Values(1, 2)] int cores)
    {
        await using var laminar = LaminarRuntime.Create(new LaminarOptions { Cores = cores });
        laminar.AddSource(MarketFeeds.Trades(Trades));
        laminar.AddSource(MarketFeeds.Orders(Trades));
        Func<Task<string[]>>[] readers = [.. Queries.Select(query => query.In(laminar))];
        await laminar.StartAsync();
        Task<string[]>[] results = [.. readers.Select(read => Task.Run(read))];
        using var batch = new Market();
        Assert.Multiple(async () =>
        {
            for (int i = 0; i < results.Length; i++)
            {
                Assert.That(await results[i], Is.EqualTo(batch.Rows(Queries[i].BatchText)).AsCollection, Queries[i].Name);
            }
        });
    }

    [Test]
    public void The_feeds_go_on_from_a_position_and_turn_by_turn()
    {
        // More than two turns, cut where a read ends.
        const int Many = 600_000;
        Assert.That(Read(MarketFeeds.Orders(Many)), Is.EqualTo(Enumerable.Range(0, Many).Count(i => MarketMaker.HasOrder(i % MarketFeeds.Turn))));
        Assert.That(Read(MarketFeeds.Trades(Many)), Is.EqualTo(Many));
    }

    /// <summary>Reads a feed, each time from the position before, and checks that event time never goes back; answers how many rows there are.</summary>
    private static int Read<TRow>(MarketFeed<TRow> feed)
        where TRow : ISourceRow<TRow>
    {
        var context = new SourceContext("feed", ErrorPolicy.Fail, null, _ => { }, () => { }, NullLogger.Instance);
        var rows = new TRow[10_000];
        ReadOnlyMemory<byte> position = default;
        DateTime last = default;
        int total = 0;
        ReadStatus status;
        do
        {
            using IPartitionReader<TRow> reader = feed.Open(0, position, context);
            status = reader.Read(rows, out int count);
            foreach (TRow row in rows.AsSpan(0, count))
            {
                DateTime ts = row is Trade trade ? trade.Ts : ((Order)(object)row).Ts;
                Assert.That(ts, Is.GreaterThan(last));
                last = ts;
            }

            total += count;
            var saved = new ArrayBufferWriter<byte>();
            reader.SavePosition(saved);
            position = saved.WrittenMemory;
        }
        while (status != ReadStatus.End);
        return total;
    }

    private sealed class Market : DuckDbTables
    {
        public Market()
        {
            Execute("CREATE TABLE trades (n BIGINT, account_id VARCHAR, symbol VARCHAR, side VARCHAR, price DOUBLE, volume BIGINT, ts TIMESTAMP)");
            Execute("CREATE TABLE orders (n BIGINT, order_id VARCHAR, account_id VARCHAR, symbol VARCHAR, side VARCHAR, price DOUBLE, ts TIMESTAMP)");
            Fill("trades", [.. Enumerable.Range(0, Trades).Select(i => MarketMaker.TradeAt(i))], (row, t) =>
                row.AppendValue(t.AccountId).AppendValue(t.Symbol).AppendValue(t.Side).AppendValue(t.Price).AppendValue(t.Volume).AppendValue(t.Ts));
            Fill("orders", [.. Enumerable.Range(0, Trades).Where(i => MarketMaker.HasOrder(i)).Select(i => MarketMaker.OrderAt(i))], (row, o) =>
                row.AppendValue(o.OrderId).AppendValue(o.AccountId).AppendValue(o.Symbol).AppendValue(o.Side).AppendValue(o.Price).AppendValue(o.Ts));
        }
    }
}
