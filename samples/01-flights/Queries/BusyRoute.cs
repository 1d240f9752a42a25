using Laminar;

namespace Flights.Queries;

/// <summary>Routes with at least four departures (in this sample of flights) within a week.</summary>
[StreamQuery("""
    SELECT window_start AS week, origin || '-' || destination AS route, COUNT(*) AS flights, AVG(delay) AS avg_delay, MAX(distance) AS miles
    FROM flights
    GROUP BY origin, destination, TUMBLE(departure, INTERVAL '7' DAY)
    HAVING COUNT(*) >= 4
    """)]
public sealed partial class BusyRoute;
