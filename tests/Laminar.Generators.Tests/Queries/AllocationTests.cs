using Laminar.Testing;
using NUnit.Framework;

namespace Laminar.Generators.Tests.Queries;

/// <summary>A warmed-up query allocates nothing: rows, closing windows, new groups and emitted rows included.</summary>
public sealed class AllocationTests
{
    internal const string Measure = """
        public struct Count : ISink<Q.Row>
        {
            public long Rows;

            public void Emit(in Q.Row row) => Rows++;
        }

        public static class Steady
        {
            /// Bytes allocated by the second half of an input whose keys repeat.
            public static long Run()
            {
                string[] names = Enumerable.Range(0, 50).Select(i => "name " + i).ToArray();
                string[] notes = { "some", "other" };
                var batch = new Bid[64];
                using var query = Q.Create(default(Count));
                long before = 0;
                for (int step = 0; step < 600; step++)
                {
                    for (int i = 0; i < batch.Length; i++)
                    {
                        int n = (step * batch.Length) + i;
                        batch[i] = new Bid(n % 200, names[n * 7 % 50], n % 13, n % 1000, n % 3 == 0 ? null : n % 5, n % 4 == 0 ? null : notes[n % 2], n % 10, Rows.Day.AddMilliseconds((n * 20) - (n % 5 * 300)));
                    }

                    query.Push(batch.AsSpan());
                    query.Push(in batch[^1]);
                    if (step == 300)
                    {
                        before = GC.GetAllocatedBytesForCurrentThread();
                    }
                }

                long bytes = GC.GetAllocatedBytesForCurrentThread() - before;
                return query.Sink.Rows > 100 ? bytes : -1;
            }
        }

        """;

    [TestCase("SELECT auction, price * 2 AS p, ts, note FROM bids WHERE amount % 3 = 0")]
    [TestCase("SELECT auction, window_start, COUNT(*) AS n, SUM(amount) AS s, MAX(amount) AS m FROM bids GROUP BY auction, TUMBLE(ts, INTERVAL '1' SECOND)")]
    [TestCase("SELECT auction, window_start, AVG(amount) AS n FROM bids GROUP BY auction, HOP(ts, INTERVAL '1' SECOND, INTERVAL '3' SECOND)")]
    [TestCase("SELECT name, window_start, COUNT(*) AS n FROM bids GROUP BY name, TUMBLE(ts, INTERVAL '1' SECOND)")]
    [TestCase("SELECT name, note, bonus, window_end, SUM(fee) AS n FROM bids GROUP BY name, note, bonus, HOP(ts, INTERVAL '1' SECOND, INTERVAL '2' SECOND)")]
    [TestCase("SELECT auction, window_end, SUM(price) AS n FROM bids GROUP BY auction, HOP(ts, INTERVAL '1' SECOND, INTERVAL '2' SECOND) EMIT CHANGES")]
    [TestCase("SELECT window_end, COUNT(DISTINCT name) AS n, COUNT(DISTINCT auction) AS a, MIN(name) AS l, FIRST_VALUE(note) AS f FROM bids GROUP BY TUMBLE(ts, INTERVAL '1' SECOND)")]
    [TestCase("SELECT window_end, COUNT(DISTINCT name) AS n, MAX(name) AS m FROM bids GROUP BY HOP(ts, INTERVAL '1' SECOND, INTERVAL '2' SECOND)")]
    [TestCase("SELECT window_end, SUM(DISTINCT amount) AS n, COUNT(DISTINCT name, note) AS t, VAR_POP(DISTINCT price) AS v, ARG_MAX(name, fee) AS m, FIRST_VALUE(bonus ORDER BY name DESC, amount) AS o FROM bids GROUP BY HOP(ts, INTERVAL '1' SECOND, INTERVAL '2' SECOND)")]
    [TestCase("SELECT auction, window_end, BIT_XOR(amount) AS n, BOOL_AND(amount > 3) AS b, CORR(price, amount) AS c, ANY_VALUE(note) AS a FROM bids GROUP BY auction, TUMBLE(ts, INTERVAL '1' SECOND)")]
    [TestCase("SELECT window_end, MEDIAN(amount) AS n, PERCENTILE_DISC(0.9) WITHIN GROUP (ORDER BY price) AS d, MODE(name) AS m, APPROX_COUNT_DISTINCT(name) AS c, APPROX_PERCENTILE(price, 0.5) AS p FROM bids GROUP BY HOP(ts, INTERVAL '1' SECOND, INTERVAL '2' SECOND)")]
    [TestCase("SELECT auction, window_end, PERCENTILE_CONT(0.25) WITHIN GROUP (ORDER BY fee DESC) AS n, MODE(amount) AS m, APPROX_COUNT_DISTINCT(note) AS c FROM bids GROUP BY auction, TUMBLE(ts, INTERVAL '1' SECOND)")]
    [TestCase("SELECT name, COUNT(*) AS n, MAX(amount) AS m FROM bids GROUP BY name")]
    [TestCase("SELECT DISTINCT auction, name FROM bids")]
    [TestCase("SELECT name, COUNT(*) AS n FROM bids GROUP BY name EMIT EVERY INTERVAL '1' SECOND")]
    [TestCase("SELECT name, window_end, SUM(amount) AS n FROM bids GROUP BY name, TUMBLE(ts, INTERVAL '2' SECOND) EMIT ON UPDATE")]
    [TestCase("SELECT auction, window_end, SUM(amount) AS n FROM bids GROUP BY auction, HOP(ts, INTERVAL '1' SECOND, INTERVAL '2' SECOND) ALLOW LATENESS INTERVAL '1' SECOND")]
    [TestCase("SELECT name, window_end, SUM(amount) AS n, COUNT(DISTINCT note) AS d FROM bids GROUP BY name, CUMULATE(ts, INTERVAL '1' SECOND, INTERVAL '4' SECOND)")]
    [TestCase("SELECT auction, window_end, MAX(amount) AS n FROM bids GROUP BY auction, TUMBLE(ts, INTERVAL '1' SECOND, TIME ZONE 'Europe/Berlin')")]
    [TestCase("SELECT name, auction, window_start, COUNT(*) AS n, MAX(amount) AS m FROM bids GROUP BY name, auction, SESSION(ts, INTERVAL '2' SECOND)")]
    [TestCase("SELECT DISTINCT auction, name FROM bids WITH (state_ttl = '3s')")]
    [TestCase("SELECT auction, window_end, SUM(amount) AS n, MEDIAN(amount) AS m FROM bids GROUP BY auction, SESSION(ts, INTERVAL '1' SECOND) EMIT CHANGES")]
    [TestCase("SELECT name, window_end, SUM(amount) AS n FROM bids GROUP BY name, SESSION(ts, INTERVAL '0.5' SECOND) EMIT EVERY INTERVAL '1' SECOND ALLOW LATENESS INTERVAL '1' SECOND")]
    [TestCase("SELECT auction, window_start, COUNT(*) AS n FROM bids GROUP BY auction, TUMBLE(ts, INTERVAL '1' SECOND) ORDER BY n DESC LIMIT 3")]
    [TestCase("SELECT auction, window_start, RANK() OVER w AS r, LAG(auction) OVER w AS b FROM bids GROUP BY auction, TUMBLE(ts, INTERVAL '1' SECOND) WINDOW w AS (PARTITION BY window_start ORDER BY COUNT(*))")]
    [TestCase("SELECT a.auction, b.amount FROM bids AS a LEFT JOIN bids AS b ON a.auction = b.auction AND b.ts BETWEEN a.ts - INTERVAL '1' SECOND AND a.ts")]
    [TestCase("SELECT a.auction, b.amount FROM bids AS a ASOF JOIN bids AS b MATCH_CONDITION (a.ts >= b.ts, TOLERANCE INTERVAL '1' SECOND) ON a.name = b.name")]
    [TestCase("SELECT auction, amount - LAG(amount) OVER w AS step, ROW_NUMBER() OVER w AS n FROM bids WINDOW w AS (PARTITION BY name ORDER BY ts)")]
    [TestCase("SELECT name, SUM(amount) OVER w AS s, AVG(price) OVER w AS a, MAX(fee) OVER w AS m FROM bids WINDOW w AS (PARTITION BY name ORDER BY ts ROWS 9 PRECEDING)")]
    [TestCase("SELECT name, COUNT(*) OVER w AS s, SUM(price) OVER w AS a, LEAD(amount) OVER w AS b FROM bids WINDOW w AS (PARTITION BY auction ORDER BY ts)")]
    [TestCase("SELECT name, MIN(note) OVER w AS l, COUNT(DISTINCT amount) OVER w AS d FROM bids WINDOW w AS (PARTITION BY auction ORDER BY ts RANGE BETWEEN INTERVAL '5' SECOND PRECEDING AND CURRENT ROW)")]
    [TestCase("SELECT auction, price, n FROM (SELECT auction, price, ROW_NUMBER() OVER (PARTITION BY auction ORDER BY ts DESC) AS n FROM bids) WHERE n <= 3")]
    public void SteadyStateAllocatesNothing(string sql)
    {
        using UserAssembly user = QueryRun.Compile(sql, ["Row(1, 1)"], Measure);
        Assert.That(user.Call<long>("Steady", "Run"), Is.Zero);
    }

    [TestCase("SELECT b.auction, n.length, n.label, f.fee FROM bids b LEFT JOIN names n ON n.name = b.name JOIN fees f ON f.bonus = b.bonus AND f.auction = b.auction AND f.fee > 1")]
    [TestCase("SELECT n.label, window_end, COUNT(*) AS n FROM bids b JOIN names n ON n.name = b.name GROUP BY n.label, TUMBLE(ts, INTERVAL '1' SECOND)")]
    public void NorDoesALookUp(string sql)
    {
        const string Tables = """
            [ReferenceTable("names")] public sealed partial record NameRow([property: Key] string Name, int Length, string? Label);
            [ReferenceTable("fees")] public readonly partial record struct FeeRow([property: Key] long Auction, [property: Key] long Bonus, double Fee);

            """;
        string fill = (sql.Contains("fees", StringComparison.Ordinal) ? "for (int i = 0; i < 1000; i++) query.Upsert(new FeeRow(i / 5, i % 5, i)); " : "")
            + "query.Load(names.Take(40).Select((n, i) => new NameRow(n, i, \"label \" + i % 7)).ToArray());";
        using UserAssembly user = QueryRun.Compile(sql, ["Row(1, 1)"], Tables + Measure.Replace("long before = 0;", fill + " long before = 0;", StringComparison.Ordinal));
        Assert.That(user.Call<long>("Steady", "Run"), Is.Zero);
    }

    [Test]
    public void NorDoesAQueryOverAQuery()
    {
        const string Upstream = """
            [StreamQuery("SELECT auction, window_time, COUNT(*) AS n FROM bids GROUP BY auction, TUMBLE(ts, INTERVAL '1' SECOND)", Name = "per_auction")]
            public sealed partial class PerAuction;

            """;
        using UserAssembly user = QueryRun.Compile(
            "SELECT window_end, COUNT(*) AS groups FROM per_auction GROUP BY TUMBLE(window_time, INTERVAL '2' SECOND)", ["Row(1, 1)"], Upstream + Measure);
        Assert.That(user.Call<long>("Steady", "Run"), Is.Zero);
    }
}
