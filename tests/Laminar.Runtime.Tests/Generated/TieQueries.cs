namespace Laminar.Runtime.Tests.Generated;

/// <summary>Many rows of one instant. <paramref name="Number"/> is the row's place in the whole input.</summary>
[StreamSource("samples", Watermark = "ts - INTERVAL '1' SECOND")]
public readonly partial record struct Sample(int Sensor, long Number, string Label, DateTime Ts)
{
    /// <summary>Fifty rows a second, all at the full second.</summary>
    public static Sample[] Make(int seed, int count)
    {
        var random = new Random(seed);
        var start = new DateTime(2024, 3, 1, 9, 0, 0, DateTimeKind.Utc);
        return [.. Enumerable.Range(0, count).Select(i => new Sample(random.Next(5), i, "L" + i, start.AddSeconds(i / 50)))];
    }
}

/// <summary>Partial results meet.</summary>
[StreamQuery("""
    SELECT sensor, window_end, FIRST_VALUE(number) AS first, LAST_VALUE(number) AS last
    FROM samples GROUP BY sensor, TUMBLE(ts, INTERVAL '3' SECOND)
    """)]
public sealed partial class TieEdges;

/// <summary>Partial results meet, in panes that windows share, without a key.</summary>
[StreamQuery("""
    SELECT window_end, FIRST_VALUE(number) AS first, LAST_VALUE(number) AS last
    FROM samples GROUP BY HOP(ts, INTERVAL '2' SECOND, INTERVAL '6' SECOND)
    """)]
public sealed partial class TieHops;

/// <summary>Text lies beside the panes, so the rows themselves meet.</summary>
[StreamQuery("""
    SELECT sensor, window_end, FIRST_VALUE(label) AS first, LAST_VALUE(label) AS last
    FROM samples GROUP BY sensor, TUMBLE(ts, INTERVAL '3' SECOND)
    """)]
public sealed partial class TieLabels;

/// <summary>An exact changelog: rows meet.</summary>
[StreamQuery("""
    SELECT sensor, window_end, FIRST_VALUE(number) AS first, LAST_VALUE(number) AS last
    FROM samples GROUP BY sensor, TUMBLE(ts, INTERVAL '3' SECOND) EMIT CHANGES
    """)]
public sealed partial class TieChanges;

/// <summary>Partial results with moments meet.</summary>
[StreamQuery("""
    SELECT sensor, window_end, VAR_POP(number) AS v, REGR_SLOPE(number, sensor + number) AS s, BIT_XOR(number) AS x, ARG_MIN(number, number % 7) AS a, LAST_VALUE(number ORDER BY number % 7) AS o
    FROM samples GROUP BY sensor, TUMBLE(ts, INTERVAL '3' SECOND)
    """)]
public sealed partial class TieMoments;

/// <summary>What grows with its values lies beside the panes, so the rows themselves meet.</summary>
[StreamQuery("""
    SELECT sensor, window_end, STRING_AGG(label, ' ') AS t, MEDIAN(number) AS m, MODE(number % 7) AS f, SUM(DISTINCT number % 11) AS s, APPROX_COUNT_DISTINCT(number) AS n
    FROM samples GROUP BY sensor, HOP(ts, INTERVAL '2' SECOND, INTERVAL '6' SECOND)
    """)]
public sealed partial class TieLists;

[StreamSource("named")]
public readonly partial record struct Named(long Number, long NumberTime, long NumberPartition, int NumberLow, DateTime Ts);

/// <summary>Columns named like what the state keeps beside another column.</summary>
[StreamQuery("""
    SELECT window_end, LAST_VALUE(number) AS a, LAST_VALUE(number_time) AS b, LAST_VALUE(number_partition) AS c, SUM(number) AS d, SUM(number_low) AS e
    FROM named GROUP BY TUMBLE(ts, INTERVAL '3' SECOND)
    """)]
public sealed partial class TieNames;
