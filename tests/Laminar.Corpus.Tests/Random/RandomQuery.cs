using System.Globalization;
using System.Text.RegularExpressions;
using Laminar.Sql.Catalog;

namespace Laminar.Corpus.Tests.Random;

/// <summary>Random queries over a relation, as SQL.</summary>
internal sealed class RandomQuery(Relation relation, System.Random random, bool risky, bool ordered = true)
{
    private readonly RandomExpressions _expressions = new(relation.Columns, random, risky, ordered);

    /// <summary>A projection or a windowed aggregation.</summary>
    /// <param name="time">A column with event time to window by; null when there is none.</param>
    /// <param name="forReading">The result must be readable by another query with event time in it.</param>
    public string Next(string? time, bool forReading) =>
        ordered && !forReading && time is not null && random.Next(4) == 0 ? Unwindowed()
        : time is null || random.Next(4) == 0 ? Projection(time, forReading)
        : Windowed(time, forReading);

    private string Projection(string? time, bool forReading)
    {
        var items = new List<string>();
        if (random.Next(8) == 0 && !forReading)
        {
            items.Add("*");
        }
        else
        {
            int count = random.Next(1, 5);
            for (int i = 0; i < count; i++)
            {
                items.Add($"{_expressions.Any(3)} AS c{i}");
            }

            if (time is not null && (forReading || random.Next(2) == 0))
            {
                items.Add(time);
            }
        }

        string where = random.Next(2) == 0 ? $" WHERE {_expressions.Boolean(2)}" : string.Empty;
        return $"SELECT {string.Join(", ", items)} FROM {From()}{where}";
    }

    private string Windowed(string time, bool forReading)
    {
        var items = new List<string>();
        var groups = new List<string>();
        int keys = random.Next(5) switch { 0 => 0, < 4 => 1, _ => 2 };
        for (int i = 0; i < keys; i++)
        {
            string key = random.Next(3) == 0 ? _expressions.Any(2) : _expressions.Column();
            bool isConstant = !relation.Columns.Any(c => Regex.IsMatch(key, $@"(?<![\w'])({c.Name})(?![\w'])"));
            if (groups.Contains(key) || key == time || isConstant)
            {
                continue;
            }

            items.Add($"{key} AS g{i}");
            groups.Add(key);
        }

        bool table = random.Next(4) == 0;
        int sizes = random.Next(1, 40);
        int slides = random.Next(1, 24);
        string size = Interval(sizes * 250);
        string slide = Interval(slides * 250);
        bool hop = random.Next(2) == 0;
        bool cumulates = (sizes + slides) % 5 == 0;
        int step = (slides % 8 * 250) + 250;
        string cumulate = $"{Interval(step)}, {Interval(step * ((sizes % 7) + 1))}";
        string from = From();
        if (table)
        {
            from = cumulates ? $"TABLE(CUMULATE(TABLE {relation.Name}, DESCRIPTOR({time}), {cumulate}))"
                : hop
                ? $"TABLE(HOP(TABLE {relation.Name}, DESCRIPTOR({time}), {slide}, {size}))"
                : $"TABLE(TUMBLE(TABLE {relation.Name}, DESCRIPTOR({time}), {size}))";
            groups.Add("window_start");
            groups.Add("window_end");
        }
        else
        {
            bool session = random.Next(4) == 0;
            groups.Insert(random.Next(groups.Count + 1), session ? $"SESSION({time}, {size})" : cumulates ? $"CUMULATE({time}, {cumulate})" : hop ? $"HOP({time}, {slide}, {size})" : $"TUMBLE({time}, {size}{(random.Next(5) == 0 ? ", " + Interval(250) : string.Empty)})");
        }

        // A query that is read gives its window columns other names, since the reader may have windows of its own.
        items.AddRange(new[] { "window_start", "window_end" }.Where(_ => random.Next(3) > 0).Select(w => forReading ? w + " AS " + w.Replace("window", "below") : w));
        int aggregates = random.Next(1, 4);
        for (int i = 0; i < aggregates; i++)
        {
            items.Add($"{Output()} AS a{i}");
        }

        if (forReading)
        {
            items.Add("window_time AS below_time");
        }

        string where = random.Next(3) == 0 ? $" WHERE {_expressions.Boolean(2)}" : string.Empty;
        string having = random.Next(3) == 0 ? $" HAVING {Having()}" : string.Empty;

        // The changelog over rows that come in no certain order is in no certain order itself.
        string emit = forReading || !ordered ? string.Empty : Emit(windowed: true);
        if (emit.Contains("UPDATE", StringComparison.Ordinal) || emit.Contains("EVERY", StringComparison.Ordinal))
        {
            // Told apart by their keys and window.
            items.RemoveAll(item => item is "window_start" or "window_end");
            items.Add("window_start");
            if (cumulates)
            {
                items.Add("window_end");
            }
        }

        return $"SELECT {string.Join(", ", items)} FROM {from}{where} GROUP BY {string.Join(", ", groups)}{having}{emit}";
    }

    /// <summary>A group of all time: rows as they are, each once, or aggregates over all there are.</summary>
    private string Unwindowed()
    {
        if (random.Next(4) == 0)
        {
            return $"SELECT DISTINCT {_expressions.Any(2)} AS c0, {_expressions.Column()} AS c1 FROM {relation.Name}";
        }

        string[] keys = [.. Enumerable.Range(0, random.Next(3)).Select(_ => _expressions.Column()).Distinct()];
        IEnumerable<string> items = keys.Select((k, i) => $"{k} AS g{i}").Concat(Enumerable.Range(0, random.Next(1, 4)).Select(i => $"{Output()} AS a{i}"));
        string where = random.Next(3) == 0 ? $" WHERE {_expressions.Boolean(2)}" : string.Empty;
        string having = random.Next(4) == 0 ? $" HAVING {Having()}" : string.Empty;
        string group = keys.Length == 0 ? string.Empty : " GROUP BY " + string.Join(", ", keys);
        return $"SELECT {string.Join(", ", items)} FROM {relation.Name}{where}{group}{having}{Emit(windowed: false)}";
    }

    private string Emit(bool windowed)
    {
        string lateness = windowed && random.Next(3) == 0 ? $" ALLOW LATENESS {Interval(random.Next(1, 12) * 250)}" : string.Empty;
        return random.Next(7) switch
        {
            0 or 1 => " EMIT CHANGES" + lateness,
            2 => " EMIT ON UPDATE" + lateness,
            3 => $" EMIT EVERY {Interval(random.Next(1, 9) * 250)}" + lateness,
            4 when windowed => " EMIT ON WINDOW CLOSE" + lateness,
            5 => " EMIT FINAL",
            _ => lateness,
        };
    }

    /// <summary>The relation, or a subquery over it that has all its columns.</summary>
    private string From() => random.Next(6) switch
    {
        0 => $"(SELECT * FROM {relation.Name} WHERE {_expressions.Boolean(1)}) AS {relation.Name}",
        1 => $"(SELECT * FROM (SELECT * FROM {relation.Name}))",
        _ => relation.Name,
    };

    private string Output() => random.Next(6) switch
    {
        0 => $"COUNT(*) * 2 + COALESCE(SUM({_expressions.Integer(1)}), 0)",
        1 => $"CASE WHEN COUNT(*) > 2 THEN {_expressions.Aggregate()} END",
        _ => _expressions.Aggregate(),
    };

    private string Having() => random.Next(3) switch
    {
        0 => $"COUNT(*) {_expressions.Comparison()} {random.Next(1, 4).ToString(CultureInfo.InvariantCulture)}",
        1 => $"SUM({_expressions.Integer(1)}) > {random.Next(5).ToString(CultureInfo.InvariantCulture)}",
        _ => $"COUNT(DISTINCT {_expressions.Column()}) > 1 OR MAX({_expressions.Integer(1)}) < 4",
    };

    private static string Interval(int milliseconds) => $"INTERVAL '{(milliseconds / 1000.0).ToString("0.0##", CultureInfo.InvariantCulture)}' SECOND";
}
