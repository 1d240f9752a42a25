using Flights.Queries;

namespace Flights.Report;

/// <summary>Airports down, hours of the day across, colour is the mean delay.</summary>
internal static class DelayHeatMap
{
    public static string Draw(IReadOnlyList<AirportHour.Row> rows)
    {
        const int airports = 18;
        const double left = 44, top = 20, cellWidth = 38, cellHeight = 18;
        var busiest = rows.GroupBy(r => r.Origin).OrderByDescending(g => g.Sum(r => r.Flights)).Take(airports).ToList();
        var svg = new Svg(left + (24 * cellWidth) + 4, top + (busiest.Count * cellHeight) + 4, "Average delay by airport and hour of day");
        for (int hour = 0; hour < 24; hour += 2)
        {
            svg.Text(left + ((hour + 0.5) * cellWidth), top - 6, $"{hour:00}:00", "middle");
        }

        for (int line = 0; line < busiest.Count; line++)
        {
            double y = top + (line * cellHeight);
            svg.Text(left - 8, y + 13, busiest[line].Key, "end", strong: true);
            foreach (var cell in busiest[line].GroupBy(r => r.Hour.Hour))
            {
                long flights = cell.Sum(r => r.Flights);
                if (flights < 3)
                {
                    continue;
                }

                double delay = cell.Sum(r => r.AvgDelay * r.Flights) / flights;
                svg.Rect(left + (cell.Key * cellWidth), y, cellWidth - 1, cellHeight - 1, Svg.DelayColour(delay), $"{busiest[line].Key} {cell.Key:00}:00: {delay:F1} min, {flights} flights");
            }
        }

        return svg.ToString();
    }
}
