using Flights.Queries;

namespace Flights.Report;

/// <summary>The on-time rate as a line over days.</summary>
internal static class OnTimeChart
{
    public static string Draw(IReadOnlyList<OnTime.Row> rows)
    {
        const double width = 960, height = 240, left = 44, right = 12, top = 12, bottom = 28;
        var svg = new Svg(width, height, "On-time rate over seven days");
        if (rows.Count == 0)
        {
            return svg.Text(left, top + 20, "No window has closed.").ToString();
        }

        List<OnTime.Row> days = [.. rows.OrderBy(r => r.Day)];
        double low = Math.Floor((days.Min(r => r.OnTimePercent) - 1) / 5) * 5;
        double high = Math.Min(100, Math.Ceiling((days.Max(r => r.OnTimePercent) + 1) / 5) * 5);
        double X(DateTime day) => left + ((width - left - right) * (day - days[0].Day).TotalDays / Math.Max(1, (days[^1].Day - days[0].Day).TotalDays));
        double Y(double percent) => top + ((height - top - bottom) * (high - percent) / Math.Max(1, high - low));

        for (double tick = low; tick <= high; tick += 5)
        {
            svg.Line(left, Y(tick), width - right, Y(tick), "#e4e7eb").Text(left - 6, Y(tick) + 4, $"{tick:F0} %", "end");
        }

        // Windows at both ends hold fewer than seven days of data.
        long full = days.Max(r => r.Flights) / 2;
        svg.Path(days.Where(r => r.Flights >= full).Select(r => (X(r.Day), Y(r.OnTimePercent))), "#2a6f97");
        foreach (OnTime.Row row in days)
        {
            svg.Circle(X(row.Day), Y(row.OnTimePercent), 3, "#2a6f97", $"seven days to {row.Day:yyyy-MM-dd}: {row.OnTimePercent:F1} % of {row.Flights:N0}", row.Flights >= full ? 1 : 0.3);
            if (row.Day.Day == 1 || row == days[0])
            {
                svg.Text(X(row.Day), height - 8, $"{row.Day:d MMM}", "middle");
            }
        }

        return svg.ToString();
    }
}
