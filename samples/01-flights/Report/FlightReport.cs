using System.Globalization;
using System.Text;
using Flights.Queries;

namespace Flights.Report;

/// <summary>Collects the queries' rows and draws them as one HTML page with SVG charts. No script, no network.</summary>
public sealed class FlightReport
{
    private readonly List<AirportHour.Row> _hours = [];
    private readonly List<OnTime.Row> _onTime = [];
    private readonly List<BusyRoute.Row> _routes = [];
    private readonly List<BadHour.Row> _badHours = [];

    public void Add(AirportHour.Row row) => _hours.Add(row);

    public void Add(OnTime.Row row) => _onTime.Add(row);

    public void Add(BusyRoute.Row row) => _routes.Add(row);

    public void Add(BadHour.Row row) => _badHours.Add(row);

    /// <summary>The weeks with most departures on one route, at most one week per route.</summary>
    public IEnumerable<BusyRoute.Row> BusiestRoutes(int count) => _routes
        .GroupBy(r => r.Route)
        .Select(g => g.MaxBy(r => r.Flights))
        .OrderByDescending(r => r.Flights).ThenBy(r => r.Route, StringComparer.Ordinal)
        .Take(count);

    public string ToHtml()
    {
        var page = new StringBuilder();
        page.Append("""
            <!doctype html>
            <html lang="en"><head><meta charset="utf-8"><title>US flights, January to March 2001</title>
            <style>
              body { font: 15px/1.5 system-ui, sans-serif; color: #1c2733; background: #fff; margin: 2rem auto; max-width: 980px; padding: 0 1rem }
              h1 { font-size: 1.6rem; margin-bottom: .2rem } h2 { font-size: 1.1rem; margin: 2rem 0 .2rem } p { margin: .2rem 0 .8rem; color: #52606d }
              svg { width: 100%; height: auto; display: block } text { font: 11px system-ui, sans-serif; fill: #52606d } .strong { fill: #1c2733; font-weight: 600 }
            </style></head><body>
            <h1>US flights, January to March 2001</h1>
            <p>Four SQL queries over 20,000 departures, compiled at build time and computed while the flights came in.</p>

            """);
        Section(page, "On time over seven days", "Departures at most 15 minutes late, in a seven-day window that moves by a day. Windows that the data only partly fills are drawn lighter.", OnTimeChart.Draw(_onTime));
        Section(page, "When delays happen", "Average delay in minutes by airport and hour of day, the 18 airports with most departures. Blank: fewer than three flights.", DelayHeatMap.Draw(_hours));
        Section(page, "Busiest routes", "Most departures within one week (in this sample of all flights); colour is the average delay.", RouteBars.Draw([.. BusiestRoutes(15)]));
        Section(page, "Bad hours", "Hours in which an airport's departures were more than two hours late on average, each dot a day. From a query over the airport-hour query.", BadHourDots.Draw(_badHours));
        return page.Append("</body></html>\n").ToString();
    }

    private static void Section(StringBuilder page, string title, string note, string svg) =>
        page.Append(CultureInfo.InvariantCulture, $"<h2>{title}</h2>\n<p>{note}</p>\n{svg}\n");
}
