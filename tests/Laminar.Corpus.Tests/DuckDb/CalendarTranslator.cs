using Laminar.Sql.Plan;

namespace Laminar.Corpus.Tests.DuckDb;

/// <summary>Windows by months or by a zone's clock, in DuckDB's own calendar.</summary>
internal static class CalendarTranslator
{
    /// <summary>Rows with a column <c>t</c>, once per window, with its bounds <c>ws</c> and <c>we</c>.</summary>
    public static string Windows(WindowSpec window, string rows)
    {
        WindowCalendar calendar = window.Calendar!;
        if (calendar.Zone is not null && calendar.SlideMonths == 0 && window.Slide / window.UnitsPerMillisecond % 86_400_000 != 0)
        {
            throw new NotInDuckDbException("what the clock shows twice is the later instant there");
        }

        string? zone = calendar.Zone == "+00:00" ? "UTC" : calendar.Zone;
        if (zone?[0] is '+' or '-')
        {
            throw new NotInDuckDbException("zones by their distance from UTC");
        }

        bool isTicks = window.UnitsPerMillisecond != 1;
        string utc = $"make_timestamp((t - ({calendar.Shift / (isTicks ? 10 : 1)})){(isTicks ? "" : " * 1000")})";
        string clock = calendar.Zone is null ? utc : $"timezone('{zone}', timezone('UTC', {utc}))";
        string offset = $"to_microseconds({Microseconds(calendar.Origin, window)})";

        string Number(int months, long units) => months > 0
            ? $"CAST(floor((date_part('year', {clock} - {offset}) * 12 + date_part('month', {clock} - {offset}) - 1 - {(1970 * 12) + calendar.OriginMonths}) / {months}) AS BIGINT)"
            : $"CAST(floor(epoch_us({clock} - {offset}) / {Microseconds(units, window)}::DECIMAL(38, 0)) AS BIGINT)";

        string Bound(string months, string units)
        {
            string local = $"(TIMESTAMP '1970-01-01' + to_months(CAST({months} AS INTEGER)) + to_microseconds({units}) + {offset})";
            string instant = calendar.Zone is null ? local : $"timezone('UTC', timezone('{zone}', {local}))";
            return $"(epoch_us({instant}){(isTicks ? "" : " // 1000")} + ({calendar.Shift / (isTicks ? 10 : 1)}))";
        }

        string At(string number, int months, long units, string ahead = "0") => months > 0
            ? Bound($"{calendar.OriginMonths} + {number} * {months} + {ahead}", "0")
            : Bound("0", $"{number} * {Microseconds(units, window)} + {ahead}");

        string from = Number(calendar.SlideMonths, window.Slide);
        if (window.Kind != WindowKind.Cumulate)
        {
            string ahead = calendar.SizeMonths > 0 ? $"{calendar.SizeMonths}" : $"{Microseconds(window.Size, window)}";
            string each = $"SELECT *, unnest(generate_series({from} - {window.Panes}, {from} + 1)) AS w FROM ({rows})";
            string bounds = $"SELECT *, {At("w", calendar.SlideMonths, window.Slide)} AS ws, {At("w", calendar.SlideMonths, window.Slide, ahead)} AS we FROM ({each})";
            return $"SELECT * FROM ({bounds}) WHERE ws <= t AND t < we";
        }

        string steps = $"SELECT *, unnest(generate_series({from}, {from} + {window.Panes + 1})) AS w, {Number(calendar.SizeMonths, window.Size)} AS s FROM ({rows})";
        string ends = $"SELECT *, {At("s", calendar.SizeMonths, window.Size)} AS ws, {At("(s + 1)", calendar.SizeMonths, window.Size)} AS se, {At("(w + 1)", calendar.SlideMonths, window.Slide)} AS we FROM ({steps})";
        return $"SELECT * FROM ({ends}) WHERE we <= se";
    }

    private static long Microseconds(long units, WindowSpec window) => window.UnitsPerMillisecond == 1 ? units * 1000 : units / 10;
}
