using Laminar;

namespace Flights.Queries;

/// <summary>The share of departures at most 15 minutes late, over seven days, renewed every day.</summary>
[StreamQuery("""
    SELECT window_end AS day,
           COUNT(*) AS flights,
           COUNT(*) FILTER (WHERE delay <= 15) AS on_time,
           100.0e0 * COUNT(*) FILTER (WHERE delay <= 15) / COUNT(*) AS on_time_percent
    FROM flights
    GROUP BY HOP(departure, INTERVAL '1' DAY, INTERVAL '7' DAY)
    """)]
public sealed partial class OnTime;
