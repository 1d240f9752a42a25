using Laminar.Testing;
using NUnit.Framework;

namespace Laminar.Generators.Tests.Queries;

/// <summary>An Arrow batch gives what the same rows give, whatever types its columns have.</summary>
public sealed class ArrowInputTests
{
    private const string Batches = """
        public static class Arrow
        {
            public static Apache.Arrow.RecordBatch Exact()
            {
                Bid[] rows = Test.Input();
                var builder = new ArrowBatchBuilder<Bid>();
                foreach (Bid row in rows)
                {
                    builder.Add(row);
                }

                return builder.Build();
            }

            /// Other widths and units, a dictionary, and columns in another order.
            public static Apache.Arrow.RecordBatch Other()
            {
                Bid[] rows = Test.Input();
                var names = new Apache.Arrow.StringArray.Builder();
                string[] distinct = rows.Select(r => r.Name).Distinct().ToArray();
                foreach (string name in distinct) names.Append(name);
                var indexes = new Apache.Arrow.Int32Array.Builder();
                var ts = new Apache.Arrow.TimestampArray.Builder(new Apache.Arrow.Types.TimestampType(Apache.Arrow.Types.TimeUnit.Millisecond, "UTC"));
                var auctions = new Apache.Arrow.Int32Array.Builder();
                var prices = new Apache.Arrow.FloatArray.Builder();
                var amounts = new Apache.Arrow.Int16Array.Builder();
                var bonus = new Apache.Arrow.Int32Array.Builder();
                var notes = new Apache.Arrow.StringArray.Builder();
                var fees = new Apache.Arrow.Decimal128Array.Builder(new Apache.Arrow.Types.Decimal128Type(20, 3));
                foreach (Bid row in rows)
                {
                    indexes.Append(Array.IndexOf(distinct, row.Name));
                    ts.Append(new DateTimeOffset(row.Ts));
                    auctions.Append((int)row.Auction);
                    prices.Append((float)row.Price);
                    amounts.Append((short)row.Amount);
                    if (row.Bonus is { } b) bonus.Append((int)b); else bonus.AppendNull();
                    if (row.Note is { } n) notes.Append(n); else notes.AppendNull();
                    fees.Append(row.Fee);
                }

                var type = new Apache.Arrow.Types.DictionaryType(Apache.Arrow.Types.Int32Type.Default, Apache.Arrow.Types.StringType.Default, false);
                return new Apache.Arrow.RecordBatch.Builder()
                    .Append("ts", false, ts.Build())
                    .Append("NAME", false, new Apache.Arrow.DictionaryArray(type, indexes.Build(), names.Build()))
                    .Append("unused", false, indexes.Build())
                    .Append("fee", false, fees.Build())
                    .Append("note", true, notes.Build())
                    .Append("bonus", true, bonus.Build())
                    .Append("amount", false, amounts.Build())
                    .Append("price", false, prices.Build())
                    .Append("auction", false, auctions.Build())
                    .Build();
            }

            public static string[] Run(bool exact)
            {
                var output = new List<string>();
                using var query = Q.Create(row => output.Add(Rows.Text(row)));
                using Apache.Arrow.RecordBatch batch = exact ? Exact() : Other();
                query.Push(batch);
                query.Complete();
                output.Add("late " + query.Statistics.LateRows);
                return output.ToArray();
            }
        }

        """;

    [TestCase("SELECT auction, name, price * 2 AS p, bonus, note, fee, ts FROM bids WHERE amount > 10")]
    [TestCase("SELECT auction, window_start, COUNT(*) AS n, SUM(amount) AS s, MAX(bonus) AS b FROM bids GROUP BY auction, TUMBLE(ts, INTERVAL '10' SECOND)")]
    [TestCase("SELECT name, note, window_start, SUM(price) AS s, SUM(fee) AS f FROM bids GROUP BY name, note, HOP(ts, INTERVAL '2' SECOND, INTERVAL '10' SECOND)")]
    [TestCase("SELECT window_start, MAX(price) AS s FROM bids GROUP BY TUMBLE(ts, INTERVAL '10' SECOND) EMIT CHANGES")]
    public void SameAsRows(string sql)
    {
        string[] rows = [.. Enumerable.Range(0, 40).Select(i =>
            $"Row({(i * 3 % 40) + 0.25}, {i % 5}, \"{"xyz"[i % 3]}\", {i}.25, {(i * 7) - 100}, {(i % 4 == 0 ? "null" : (i % 7).ToString())}, {(i % 6 == 0 ? "null" : $"\"{i % 2}\"")}, {i}.5m)")];
        using UserAssembly user = QueryRun.Compile(sql, rows, Batches);
        string[] expected = user.Call<string[]>("Test", "All");
        Assert.That(user.Call<string[]>("Arrow", "Run", true).Select(Plain), Is.EqualTo(expected.Select(Plain)));
        Assert.That(user.Call<string[]>("Arrow", "Run", false).Select(Plain), Is.EqualTo(expected.Select(Plain)));
    }

    /// <summary>Filters that are answered for 64 rows at once: whole words of a mask, the last few rows, none and all of them.</summary>
    [TestCase("SELECT auction, amount FROM bids WHERE auction % 3 = 0")]
    [TestCase("SELECT auction, amount FROM bids WHERE auction % 12 <> 0 AND amount > -40")]
    [TestCase("SELECT auction, amount FROM bids WHERE NOT (amount >= 30 OR amount < -5) OR auction = 7")]
    [TestCase("SELECT auction, 700 / amount AS q FROM bids WHERE amount <> 0 AND auction <= 100")]
    [TestCase("SELECT auction FROM bids WHERE amount > 1000000")]
    [TestCase("SELECT auction FROM bids WHERE amount < 1000000")]
    public void Filters_over_many_rows(string sql)
    {
        string[] rows = [.. Enumerable.Range(0, 205).Select(i => $"Row({i}, {(i * 7 % 211) - 60}, \"x\", 1, {(i * 13 % 97) - 50})")];
        using UserAssembly user = QueryRun.Compile(sql, rows, Batches);
        string[] expected = user.Call<string[]>("Test", "All");
        Assert.That(user.Call<string[]>("Arrow", "Run", true).Select(Plain), Is.EqualTo(expected.Select(Plain)));
    }

    [Test]
    public void A_row_that_fails_is_named_with_its_values_and_its_place()
    {
        const string failing = """
            public static class Failing
            {
                public static string Run()
                {
                    using var query = Q.Create(_ => { });
                    using Apache.Arrow.RecordBatch batch = Arrow.Exact();
                    try { query.Push(batch); } catch (StreamRowException e) { return e.Row; }
                    return "";
                }
            }

            """;
        using UserAssembly user = QueryRun.Compile(
            "SELECT 100 / amount AS q FROM bids", ["Row(1, 1, amount: 1)", "Row(2, 7, \"beta\", amount: 0, note: new string('x', 5000))"], Batches + failing);
        string row = user.Call<string>("Failing", "Run");
        Assert.That(row, Does.StartWith("1 of an Arrow batch: Bid { Auction = 7, Name = beta, Price = 1, Amount = 0, Bonus = , Note = xxx").And.EndsWith("x...").And.Length.EqualTo(2003));
    }

    /// <summary>A decimal of the batch has its column's scale.</summary>
    private static string Plain(string row) => System.Text.RegularExpressions.Regex.Replace(row, @"(\.\d*?)0+(?=[ ,}])", "$1");
}
