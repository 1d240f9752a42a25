namespace Laminar.Runtime.Tests.Generated;

/// <summary>Groups of all time, as they change.</summary>
[StreamQuery("SELECT symbol, SUM(volume) AS volume, COUNT(*) AS trades FROM trades GROUP BY symbol")]
public sealed partial class Totals;

/// <summary>One group of all rows, of which there may be none.</summary>
[StreamQuery("SELECT COUNT(*) AS n, MAX(price) AS high FROM trades WHERE volume > 100000 EMIT FINAL")]
public sealed partial class Rare;

[StreamQuery("SELECT DISTINCT symbol, volume % 3 AS rest FROM trades")]
public sealed partial class Pairs;

/// <summary>Latest results by event time, within windows that late rows correct.</summary>
[StreamQuery("""
    SELECT symbol, window_start, SUM(volume) AS volume
    FROM trades GROUP BY symbol, TUMBLE(ts, INTERVAL '30' SECOND)
    EMIT EVERY INTERVAL '4' SECOND ALLOW LATENESS INTERVAL '10' SECOND
    """)]
public sealed partial class Latest;

/// <summary>Results when windows end, and corrections behind that.</summary>
[StreamQuery("""
    SELECT symbol, window_start, SUM(volume) AS volume
    FROM trades GROUP BY symbol, TUMBLE(ts, INTERVAL '30' SECOND) ALLOW LATENESS INTERVAL '10' SECOND
    """)]
public sealed partial class Corrected;

/// <summary>Sessions, and what late rows make of them after their end.</summary>
[StreamQuery("""
    SELECT symbol, window_start, window_end, SUM(volume) AS volume, COUNT(*) AS n, MEDIAN(volume) AS middle
    FROM trades GROUP BY symbol, SESSION(ts, INTERVAL '0.7' SECOND) ALLOW LATENESS INTERVAL '10' SECOND
    """)]
public sealed partial class Bursts;
