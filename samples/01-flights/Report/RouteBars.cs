using Flights.Queries;

namespace Flights.Report;

/// <summary>Routes as bars, longest first.</summary>
internal static class RouteBars
{
    public static string Draw(IReadOnlyList<BusyRoute.Row> routes)
    {
        const double left = 84, width = 960, line = 22;
        var svg = new Svg(width, Math.Max(1, routes.Count) * line, "Busiest routes");
        double most = routes.Count == 0 ? 1 : routes.Max(r => r.Flights);
        for (int i = 0; i < routes.Count; i++)
        {
            BusyRoute.Row route = routes[i];
            double length = (width - left - 260) * route.Flights / most;
            svg.Text(left - 8, (i * line) + 15, route.Route, "end", strong: true)
                .Rect(left, (i * line) + 3, length, line - 6, Svg.DelayColour(route.AvgDelay))
                .Text(left + length + 8, (i * line) + 15, $"{route.Flights} flights, {route.AvgDelay:F1} min late, week of {route.Week:d MMM}");
        }

        return svg.ToString();
    }
}
