using Laminar.Testing;
using NUnit.Framework;

namespace Laminar.Generators.Tests.Queries;

/// <summary>Windowed queries against results worked out by hand, however the input is cut and wherever it is saved and restored.</summary>
public sealed class WindowQueryTests
{
    private static readonly string[] Bids =
    [
        "Row(1, 7, \"x\", 1.5, 10, 5, \"n\", 1.25m)",
        "Row(4, 8, \"y\", 2.5, 20, null, null, 2.50m)",
        "Row(3, 7, \"x\", 0.5, 30, 7, null, 0.25m)",
        "Row(11, 7, \"z\", 4.0, -40, null, \"m\", 1m)",
        "Row(9, 8, \"x\", 8.0, 50, 1, \"o\", 1m)",
        "Row(12.5, 9, \"y\", 1.0, 60, 2, null, 1m)",
        "Row(9.5, 7, \"late\", 1.0, 70, 3, null, 1m)",
        "Row(25, 7, \"x\", 1.0, 80, null, null, 1m)",
    ];

    [Test]
    public void TumbleByNumber() => Check(
        """
        SELECT auction, window_start, window_end, COUNT(*) AS n, SUM(amount) AS total, MAX(amount) AS most
        FROM bids GROUP BY auction, TUMBLE(ts, INTERVAL '10' SECOND)
        """,
        "Row { Auction = 7, WindowStart = 00:00:00, WindowEnd = 00:00:10, N = 2, Total = 40, Most = 30 }",
        "Row { Auction = 8, WindowStart = 00:00:00, WindowEnd = 00:00:10, N = 2, Total = 70, Most = 50 }",
        "Row { Auction = 7, WindowStart = 00:00:10, WindowEnd = 00:00:20, N = 1, Total = -40, Most = -40 }",
        "Row { Auction = 9, WindowStart = 00:00:10, WindowEnd = 00:00:20, N = 1, Total = 60, Most = 60 }",
        "Row { Auction = 7, WindowStart = 00:00:20, WindowEnd = 00:00:30, N = 1, Total = 80, Most = 80 }",
        "late 1");

    [Test]
    public void HopByText() => Check(
        """
        SELECT name, window_start, COUNT(*) AS n, AVG(price) AS mean
        FROM bids GROUP BY name, HOP(ts, INTERVAL '5' SECOND, INTERVAL '10' SECOND)
        """,
        "Row { Name = x, WindowStart = 12/31/2023 23:59:55, N = 2, Mean = 1 }",
        "Row { Name = y, WindowStart = 12/31/2023 23:59:55, N = 1, Mean = 2.5 }",
        "Row { Name = x, WindowStart = 00:00:00, N = 3, Mean = 3.3333333333333335 }",
        "Row { Name = y, WindowStart = 00:00:00, N = 1, Mean = 2.5 }",
        "Row { Name = x, WindowStart = 00:00:05, N = 1, Mean = 8 }",
        "Row { Name = y, WindowStart = 00:00:05, N = 1, Mean = 1 }",
        "Row { Name = late, WindowStart = 00:00:05, N = 1, Mean = 1 }",
        "Row { Name = z, WindowStart = 00:00:05, N = 1, Mean = 4 }",
        "Row { Name = z, WindowStart = 00:00:10, N = 1, Mean = 4 }",
        "Row { Name = y, WindowStart = 00:00:10, N = 1, Mean = 1 }",
        "Row { Name = x, WindowStart = 00:00:20, N = 1, Mean = 1 }",
        "Row { Name = x, WindowStart = 00:00:25, N = 1, Mean = 1 }",
        "late 1");

    [Test]
    public void NullableKeysSeveralKeysAndFilter() => Check(
        """
        SELECT bonus, note, window_end, COUNT(*) AS n, COUNT(bonus) AS b, SUM(fee) FILTER (WHERE price > 1) AS fees
        FROM bids WHERE amount > 0 GROUP BY bonus, note, TUMBLE(ts, INTERVAL '1' MINUTE)
        """,
        "Row { Bonus = 5, Note = n, WindowEnd = 00:01:00, N = 1, B = 1, Fees = 1.25 }",
        "Row { Bonus = , Note = , WindowEnd = 00:01:00, N = 2, B = 0, Fees = 2.50 }",
        "Row { Bonus = 7, Note = , WindowEnd = 00:01:00, N = 1, B = 1, Fees =  }",
        "Row { Bonus = 1, Note = o, WindowEnd = 00:01:00, N = 1, B = 1, Fees = 1 }",
        "Row { Bonus = 2, Note = , WindowEnd = 00:01:00, N = 1, B = 1, Fees =  }",
        "Row { Bonus = 3, Note = , WindowEnd = 00:01:00, N = 1, B = 1, Fees =  }",
        "late 0");

    [Test]
    public void EveryAggregateWithoutKeys() => Check(
        """
        SELECT window_start, MIN(name) AS a, MAX(name) AS z, FIRST_VALUE(note) AS f, LAST_VALUE(name) AS l, COUNT(DISTINCT name) AS names,
               COUNT(DISTINCT auction) AS auctions, MIN(bonus) AS lowest, AVG(amount) AS mean, MIN(price) AS cheap
        FROM bids GROUP BY TUMBLE(ts, INTERVAL '10' SECOND) HAVING COUNT(*) > 1
        """,
        "Row { WindowStart = 00:00:00, A = x, Z = y, F = n, L = x, Names = 2, Auctions = 2, Lowest = 1, Mean = 27.5, Cheap = 0.5 }",
        "Row { WindowStart = 00:00:10, A = y, Z = z, F = m, L = y, Names = 2, Auctions = 2, Lowest = 2, Mean = 10, Cheap = 1 }",
        "late 1");

    [Test]
    public void DistinctOverHop() => Check(
        """
        SELECT window_end, COUNT(DISTINCT name) AS names, MAX(name) AS z, LAST_VALUE(amount) AS last
        FROM bids WHERE ts < TIMESTAMP '2024-01-01 00:00:12' GROUP BY HOP(ts, INTERVAL '5' SECOND, INTERVAL '15' SECOND)
        """,
        "Row { WindowEnd = 00:00:05, Names = 2, Z = y, Last = 20 }",
        "Row { WindowEnd = 00:00:10, Names = 2, Z = y, Last = 50 }",
        "Row { WindowEnd = 00:00:15, Names = 4, Z = z, Last = -40 }",
        "Row { WindowEnd = 00:00:20, Names = 3, Z = z, Last = -40 }",
        "Row { WindowEnd = 00:00:25, Names = 1, Z = z, Last = -40 }",
        "late 1");

    [Test]
    public void EmitChanges() => Check(
        """
        SELECT auction, window_start, SUM(amount) AS total
        FROM bids GROUP BY auction, TUMBLE(ts, INTERVAL '10' SECOND) HAVING SUM(amount) <> 40 EMIT CHANGES
        """,
        "Row { Kind = Insert, Auction = 7, WindowStart = 00:00:00, Total = 10 }",
        "Row { Kind = Insert, Auction = 8, WindowStart = 00:00:00, Total = 20 }",
        "Row { Kind = Delete, Auction = 7, WindowStart = 00:00:00, Total = 10 }",
        "Row { Kind = Insert, Auction = 7, WindowStart = 00:00:10, Total = -40 }",
        "Row { Kind = UpdateBefore, Auction = 8, WindowStart = 00:00:00, Total = 20 }",
        "Row { Kind = UpdateAfter, Auction = 8, WindowStart = 00:00:00, Total = 70 }",
        "Row { Kind = Insert, Auction = 9, WindowStart = 00:00:10, Total = 60 }",
        "Row { Kind = Insert, Auction = 7, WindowStart = 00:00:20, Total = 80 }",
        "late 1");

    [Test]
    public void QueryOverQuery() => Check(
        "SELECT window_end, COUNT(*) AS groups, SUM(n) AS bids FROM per_auction GROUP BY TUMBLE(window_time, INTERVAL '20' SECOND)",
        """
        [StreamQuery("SELECT auction, window_time, COUNT(*) AS n FROM bids GROUP BY auction, TUMBLE(ts, INTERVAL '10' SECOND)", Name = "per_auction")]
        public sealed partial class PerAuction;

        """,
        "Row { WindowEnd = 00:00:20, Groups = 4, Bids = 6 }",
        "Row { WindowEnd = 00:00:40, Groups = 1, Bids = 1 }",
        "late 1");

    [Test]
    public void ProjectionAndFilter() => Check(
        "SELECT auction * 2 AS twice, CASE WHEN bonus > 4 THEN 'big' WHEN bonus IS NULL THEN note ELSE 'small' END AS size, COALESCE(bonus, 0) + amount AS sum FROM bids WHERE price >= 1.5 OR bonus = 7",
        "Row { Twice = 14, Size = big, Sum = 15 }",
        "Row { Twice = 16, Size = , Sum = 20 }",
        "Row { Twice = 14, Size = big, Sum = 37 }",
        "Row { Twice = 14, Size = m, Sum = -40 }",
        "Row { Twice = 16, Size = small, Sum = 51 }",
        "late 0");

    private static void Check(string sql, params string[] expected) => Check(sql, expected[0].StartsWith('[') ? expected[0] + "\n" : "", expected[0].StartsWith('[') ? expected[1..] : expected);

    private static void Check(string sql, string more, string[] expected)
    {
        using UserAssembly user = QueryRun.Compile(sql, Bids, more);
        Assert.That(user.Call<string[]>("Test", "All"), Is.EqualTo(expected), "all at once");
        foreach (int size in new[] { 1, 3 })
        {
            Assert.That(user.Call<string[]>("Test", "Cut", size), Is.EqualTo(expected), $"{size} at a time");
        }

        for (int after = 0; after <= Bids.Length; after++)
        {
            Assert.That(user.Call<string[]>("Test", "Restored", after), Is.EqualTo(expected), $"restored after {after}");
        }
    }
}
