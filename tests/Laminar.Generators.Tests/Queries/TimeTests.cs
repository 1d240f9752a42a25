using Laminar.Testing;
using NUnit.Framework;

namespace Laminar.Generators.Tests.Queries;

/// <summary>Event time of every kind: milliseconds, another column than the watermark's, no watermark, NULL, and the ends of the calendar.</summary>
public sealed class TimeTests
{
    private const string Source = """
        #pragma warning disable CS8321 // not every test uses every helper
        using System;
        using System.Collections.Generic;
        using System.Globalization;
        using System.Linq;
        using Laminar;

        [StreamSource("events", Watermark = "WATERMARK")]
        public readonly partial record struct Event(long Id, long Ms, DateTime Ts, DateTime? Seen);

        [StreamQuery("QUERY")]
        public sealed partial class Q;

        public static class Test
        {
            public static readonly DateTime Zero = new(2024, 1, 1, 0, 0, 0, DateTimeKind.Utc);

            public static Event Row(long second, long ms = 0, long? seen = null) => new(1, ms, Zero.AddSeconds(second), seen is null ? null : Zero.AddSeconds(seen.Value));

            public static string[] Run()
            {
                CultureInfo.CurrentCulture = CultureInfo.InvariantCulture;
                var output = new List<string>();
                using var query = Q.Create(row => output.Add(row.ToString().Replace("01/01/2024 ", "")));
                query.OnError = error => { output.Add("error " + error.InnerException!.Message); return true; };
                foreach (Action step in new Action[] { STEPS })
                {
                    step();
                }

                output.Add("--");
                query.Complete();
                output.Add("late " + query.Statistics.LateRows);
                return output.ToArray();

                void Push(Event row) => query.Push(row);
                void Advance(long second) => query.AdvanceWatermark(Zero.AddSeconds(second));
            }
        }
        """;

    [TestCase("")]
    [TestCase(" WHERE id > 0")]
    public void LocalTimesAmongOthers(string where) => Check(
        "ts - INTERVAL '2' SECOND",
        $"SELECT window_start, COUNT(*) AS n, FIRST_VALUE(id) AS f, LAST_VALUE(id) AS l FROM events{where} GROUP BY TUMBLE(ts, INTERVAL '10' SECOND)",
        """
        () => query.Push(new[]
        {
            Row(1), Row(0) with { Id = 2, Ts = Zero.AddSeconds(3).ToLocalTime() }, Row(0) with { Id = 3, Ts = Zero.AddSeconds(2).ToLocalTime() },
            Row(11) with { Id = 4 }, Row(0) with { Id = 5, Ts = Zero.AddSeconds(13).ToLocalTime() }, Row(0) with { Id = 6, Ts = Zero.AddSeconds(5).ToLocalTime() },
            Row(12) with { Id = 7 }, Row(9) with { Id = 8 },
        })
        """,
        "Row { WindowStart = 00:00:00, N = 3, F = 1, L = 2 }",
        "--",
        "Row { WindowStart = 00:00:10, N = 3, F = 4, L = 5 }",
        "late 2");

    [Test]
    public void BigintMilliseconds() => Check(
        "ms - 1000",
        "SELECT window_start, window_end, window_time, COUNT(*) AS n FROM events GROUP BY TUMBLE(ms, INTERVAL '10' SECOND)",
        "() => Push(Row(0, 5)), () => Push(Row(0, -5)), () => Push(Row(0, 10999)), () => Push(Row(0, 9999)), () => Push(Row(0, 11000)), () => Push(Row(0, 1)), () => Push(Row(0, long.MinValue)), () => Push(Row(0, long.MaxValue))",
        "Row { WindowStart = -10000, WindowEnd = 0, WindowTime = -1, N = 1 }",
        "Row { WindowStart = 0, WindowEnd = 10000, WindowTime = 9999, N = 2 }",
        $"error The event time {long.MinValue} is out of range: no window can hold it.",
        $"error The event time {long.MaxValue} is out of range: no window can hold it.",
        "--",
        "Row { WindowStart = 10000, WindowEnd = 20000, WindowTime = 19999, N = 2 }",
        "late 1");

    [Test]
    public void NullTimes() => Check(
        "seen - INTERVAL '1' SECOND",
        "SELECT window_end, COUNT(*) AS n FROM events WHERE ms = 0 GROUP BY TUMBLE(seen, INTERVAL '10' SECOND)",
        "() => Push(Row(1, seen: 5)), () => Push(Row(2)), () => Push(Row(11, 1, seen: 10)), () => Push(Row(12, seen: 6)), () => Push(Row(13, 1, seen: 11)), () => Push(Row(14, seen: 7))",
        "error The event time is NULL: no window can hold the row.",
        "Row { WindowEnd = 00:00:10, N = 2 }",
        "--",
        "late 1");

    [Test]
    public void ExplicitWatermarks() => Check(
        "ts - INTERVAL '1' HOUR",
        "SELECT window_end, COUNT(*) AS n FROM events GROUP BY HOP(ts, INTERVAL '5' SECOND, INTERVAL '10' SECOND)",
        "() => Push(Row(1)), () => Push(Row(7)), () => Advance(11), () => Push(Row(8)), () => Advance(5), () => Push(Row(2))",
        "Row { WindowEnd = 00:00:05, N = 1 }",
        "Row { WindowEnd = 00:00:10, N = 2 }",
        "--",
        "Row { WindowEnd = 00:00:15, N = 2 }",
        "late 2");

    [Test]
    public void TheEndsOfTheCalendar() => Check(
        "ts",
        "SELECT window_start, COUNT(*) AS n FROM events GROUP BY TUMBLE(ts, INTERVAL '1' DAY)",
        "() => Push(new Event(1, 0, DateTime.MinValue, null)), () => Push(new Event(1, 0, DateTime.MaxValue, null))",
        "Row { WindowStart = 01/01/0001 00:00:00, N = 1 }",
        "--",
        "Row { WindowStart = 12/31/9999 00:00:00, N = 1 }",
        "late 0");

    [Test]
    public void WindowsWithGapsAndWindowsThatAreNoMultiple() => Check(
        "ts",
        "SELECT window_start, window_end, COUNT(*) AS n FROM events GROUP BY HOP(ts, INTERVAL '5' SECOND, INTERVAL '2' SECOND)",
        "() => Push(Row(0)), () => Push(Row(1)), () => Push(Row(2)), () => Push(Row(4)), () => Push(Row(5)), () => Push(Row(8))",
        "Row { WindowStart = 00:00:00, WindowEnd = 00:00:02, N = 2 }",
        "Row { WindowStart = 00:00:05, WindowEnd = 00:00:07, N = 1 }",
        "--",
        "late 0");

    [Test]
    public void ManyPanesPerWindow() => Check(
        "ts",
        "SELECT window_start, COUNT(*) AS n FROM events GROUP BY HOP(ts, INTERVAL '3' SECOND, INTERVAL '7' SECOND)",
        "() => Push(Row(0)), () => Push(Row(3)), () => Push(Row(6)), () => Push(Row(30))",
        "Row { WindowStart = 12/31/2023 23:59:54, N = 1 }",
        "Row { WindowStart = 12/31/2023 23:59:57, N = 2 }",
        "Row { WindowStart = 00:00:00, N = 3 }",
        "Row { WindowStart = 00:00:03, N = 2 }",
        "Row { WindowStart = 00:00:06, N = 1 }",
        "--",
        "Row { WindowStart = 00:00:24, N = 1 }",
        "Row { WindowStart = 00:00:27, N = 1 }",
        "Row { WindowStart = 00:00:30, N = 1 }",
        "late 0");

    [Test]
    public void SparseTimesWithoutAWatermark() => Check(
        "",
        "SELECT window_start, COUNT(*) AS n FROM events GROUP BY id, HOP(ts, INTERVAL '1' HOUR, INTERVAL '1' DAY) HAVING COUNT(*) > 1",
        "() => Push(new Event(1, 0, DateTime.MaxValue.AddYears(-1), null)), () => Push(Row(1)), () => Push(Row(3600 * 23))",
        "--",
        "Row { WindowStart = 00:00:00, N = 2 }",
        "late 0");

    [Test]
    public void RowsWithTheirWindows() => Check(
        "ts",
        "SELECT id, window_start, window_time FROM TABLE(HOP(TABLE events, DESCRIPTOR(ts), INTERVAL '5' SECOND, INTERVAL '10' SECOND)) WHERE window_start >= TIMESTAMP '2024-01-01 00:00:00'",
        "() => Push(Row(1)), () => Push(Row(7))",
        "Row { Id = 1, WindowStart = 00:00:00, WindowTime = 00:00:09 }",
        "Row { Id = 1, WindowStart = 00:00:00, WindowTime = 00:00:09 }",
        "Row { Id = 1, WindowStart = 00:00:05, WindowTime = 00:00:14 }",
        "--",
        "late 0");

    private static void Check(string watermark, string query, string steps, params string[] expected)
    {
        string code = Source.Replace("WATERMARK", watermark).Replace("QUERY", query).Replace("STEPS", steps).Replace(", Watermark = \"\"", "");
        using UserAssembly user = new UserProject(code).Load();
        Assert.That(user.Call<string[]>("Test", "Run"), Is.EqualTo(expected));
    }
}
