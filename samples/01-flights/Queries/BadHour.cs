using Laminar;

namespace Flights.Queries;

/// <summary>A query over a query: each airport's worst hour of each day, from <see cref="AirportHour"/>.</summary>
[StreamQuery("""
    SELECT origin, window_start AS day, MAX(avg_delay) AS worst_avg_delay, SUM(flights) AS flights
    FROM airport_hours
    GROUP BY origin, TUMBLE(hour, INTERVAL '1' DAY)
    HAVING MAX(avg_delay) > 120
    """)]
public sealed partial class BadHour;
