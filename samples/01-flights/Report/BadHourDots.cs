using Flights.Queries;

namespace Flights.Report;

/// <summary>One dot per airport and day whose worst hour was very late; higher is later.</summary>
internal static class BadHourDots
{
    public static string Draw(IReadOnlyList<BadHour.Row> rows)
    {
        const double width = 960, height = 220, left = 44, right = 12, top = 12, bottom = 28;
        var svg = new Svg(width, height, "Airport hours more than two hours late");
        if (rows.Count == 0)
        {
            return svg.Text(left, top + 20, "There was none.").ToString();
        }

        DateTime first = rows.Min(r => r.Day), last = rows.Max(r => r.Day);
        double most = Math.Ceiling(rows.Max(r => r.WorstAvgDelay) / 60) * 60;
        double X(DateTime day) => left + ((width - left - right) * (day - first).TotalDays / Math.Max(1, (last - first).TotalDays));
        double Y(double minutes) => top + ((height - top - bottom) * (most - minutes) / most);
        for (double tick = 120; tick <= most; tick += 120)
        {
            svg.Line(left, Y(tick), width - right, Y(tick), "#e4e7eb").Text(left - 6, Y(tick) + 4, $"{tick / 60:F0} h", "end");
        }

        for (DateTime day = first; day <= last; day = day.AddDays(1))
        {
            if (day.Day == 1 || day == first)
            {
                svg.Text(X(day), height - 8, $"{day:d MMM}", "middle");
            }
        }

        foreach (BadHour.Row row in rows)
        {
            svg.Circle(X(row.Day), Y(row.WorstAvgDelay), 3.5, "#b22234", $"{row.Origin} {row.Day:d MMM}: {row.WorstAvgDelay:F0} min", 0.45);
        }

        return svg.ToString();
    }
}
