using Laminar;

namespace Flights.Queries;

/// <summary>How late each airport's departures were in each hour.</summary>
[StreamQuery("""
    SELECT origin, window_start AS hour, COUNT(*) AS flights, AVG(delay) AS avg_delay, MAX(delay) AS max_delay
    FROM flights
    GROUP BY origin, TUMBLE(departure, INTERVAL '1' HOUR)
    """, Name = "airport_hours")]
public sealed partial class AirportHour;
