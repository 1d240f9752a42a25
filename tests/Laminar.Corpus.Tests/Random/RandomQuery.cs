using System.Globalization;
using System.Text.RegularExpressions;
using Laminar.Sql.Catalog;
using Laminar.Sql.Types;

namespace Laminar.Corpus.Tests.Random;

/// <summary>Random queries over a relation, as SQL.</summary>
internal sealed class RandomQuery
{
    private static readonly string[] Zones = ["America/New_York", "Europe/Berlin", "Pacific/Apia", "Australia/Lord_Howe", "+05:30", "UTC"];

    private readonly Relation _relation;
    private readonly System.Random _random;
    private readonly int _pace;
    private readonly bool _ordered;
    private readonly string _from;
    private readonly IReadOnlyList<RelationColumn> _columns;
    private readonly RandomExpressions _expressions;

    /// <param name="relation">What is read.</param>
    /// <param name="random">The seed's stream.</param>
    /// <param name="risky">Rows may fail.</param>
    /// <param name="pace">How many times slower than seconds its time goes.</param>
    /// <param name="ordered">False when rows of one time come in no certain order.</param>
    public RandomQuery(Relation relation, System.Random random, bool risky, int pace, bool ordered = true)
    {
        _relation = relation;
        _random = random;
        _pace = pace;
        _ordered = ordered;
        (_from, _columns) = From(new RandomExpressions(relation.AllColumns, random, risky, ordered));
        _expressions = new RandomExpressions(_columns, random, risky, ordered);
    }

    /// <summary>A projection or a windowed aggregation.</summary>
    /// <param name="time">A column with event time to window by; null when there is none.</param>
    /// <param name="forReading">The result must be readable by another query with event time in it.</param>
    public string Next(string? time, bool forReading) =>
        _ordered && !forReading && time is not null && _random.Next(4) == 0 ? Unwindowed()
        : _ordered && time is not null && _random.Next(5) == 0 ? (!forReading && _random.Next(3) == 0 ? First() : Over(time))
        : time is null || _random.Next(4) == 0 ? Projection(time, forReading)
        : Windowed(time, forReading);

    private string Projection(string? time, bool forReading)
    {
        var items = new List<string>();
        if (_random.Next(8) == 0 && !forReading)
        {
            items.Add("*");
        }
        else
        {
            int count = _random.Next(1, 5);
            for (int i = 0; i < count; i++)
            {
                items.Add($"{_expressions.Value(3)} AS c{i}");
            }

            if (time is not null && (forReading || _random.Next(2) == 0))
            {
                items.Add(time);
            }
        }

        string where = _random.Next(2) == 0 ? $" WHERE {_expressions.Boolean(2)}" : string.Empty;
        return $"SELECT {string.Join(", ", items)} FROM {_from}{where}";
    }

    /// <summary>A windowed aggregation whose late rows go to a stream.</summary>
    public string Late(string time, string late) =>
        $"SELECT {_relation.Columns[_random.Next(_relation.Columns.Count)].Name} AS g0, window_start, COUNT(*) AS n FROM {_relation.Name} GROUP BY g0, {(_random.Next(3) == 0 ? $"HOP({time}, {Interval(1000)}, {Interval(2500)})" : _random.Next(2) == 0 ? $"SESSION({time}, {Interval(1500)})" : $"TUMBLE({time}, {Interval(2000)})")} LATE DATA TO {late}";

    private string Windowed(string time, bool forReading)
    {
        var items = new List<string>();
        var groups = new List<string>();
        int keys = _random.Next(5) switch { 0 => 0, < 4 => 1, _ => 2 };
        for (int i = 0; i < keys; i++)
        {
            string key = _random.Next(3) == 0 ? _expressions.Value(2) : _expressions.Key(true);
            bool isConstant = !_columns.Any(c => Regex.IsMatch(key, $@"(?<![\w'])({c.Name})(?![\w'])"));
            if (groups.Contains(key) || key == time || isConstant)
            {
                continue;
            }

            items.Add($"{key} AS g{i}");
            groups.Add(key);
        }

        Sets(items, groups);
        bool table = _from == _relation.Name && _random.Next(4) == 0;
        string? calendar = _pace > 1 && _random.Next(2) == 0 ? Calendar() : null;
        int sizes = _random.Next(1, 40);
        int slides = _random.Next(1, 24);
        string size = Interval(sizes * 250);
        string slide = Interval(slides * 250);
        bool hop = _random.Next(2) == 0;
        bool cumulates = (sizes + slides) % 5 == 0;
        int step = (slides % 8 * 250) + 250;
        string cumulate = $"{Interval(step)}, {Interval(step * ((sizes % 7) + 1))}";
        string from = _from;
        if (table)
        {
            from = calendar is not null ? $"TABLE({calendar.Replace("(", $"(TABLE {_relation.Name}, DESCRIPTOR({time}), ", StringComparison.Ordinal)})"
                : cumulates ? $"TABLE(CUMULATE(TABLE {_relation.Name}, DESCRIPTOR({time}), {cumulate}))"
                : hop
                ? $"TABLE(HOP(TABLE {_relation.Name}, DESCRIPTOR({time}), {slide}, {size}))"
                : $"TABLE(TUMBLE(TABLE {_relation.Name}, DESCRIPTOR({time}), {size}))";
            groups.Add("window_start");
            groups.Add("window_end");
        }
        else
        {
            bool session = _random.Next(4) == 0;
            groups.Insert(_random.Next(groups.Count + 1), calendar is not null ? calendar.Replace("(", $"({time}, ", StringComparison.Ordinal) : session ? $"SESSION({time}, {size})" : cumulates ? $"CUMULATE({time}, {cumulate})" : hop ? $"HOP({time}, {slide}, {size})" : $"TUMBLE({time}, {size}{(_random.Next(5) == 0 ? ", " + Interval(250) : string.Empty)})");
        }

        // A query that is read gives its window columns other names, since the reader may have windows of its own.
        items.AddRange(new[] { "window_start", "window_end" }.Where(_ => _random.Next(3) > 0).Select(w => forReading ? w + " AS " + w.Replace("window", "below") : w));
        int aggregates = _random.Next(1, 4);
        for (int i = 0; i < aggregates; i++)
        {
            items.Add($"{Output()} AS a{i}");
        }

        if (forReading)
        {
            items.Add("window_time AS below_time");
        }

        string where = _random.Next(3) == 0 ? $" WHERE {_expressions.Boolean(2)}" : string.Empty;
        string having = _random.Next(3) == 0 ? $" HAVING {Having()}" : string.Empty;

        // The changelog over rows that come in no certain order is in no certain order itself.
        string emit = forReading || !_ordered ? string.Empty : Emit(windowed: true);
        if (emit.Contains("UPDATE", StringComparison.Ordinal) || emit.Contains("EVERY", StringComparison.Ordinal))
        {
            // Told apart by their keys and window.
            items.RemoveAll(item => item is "window_start" or "window_end");
            items.Add("window_start");
            if (cumulates || calendar?.StartsWith("CUM", StringComparison.Ordinal) == true)
            {
                items.Add("window_end");
            }
        }

        return $"SELECT {string.Join(", ", items)} FROM {from}{where} GROUP BY {string.Join(", ", groups)}{having}{emit}";
    }

    /// <summary>The first rows in any order, which change.</summary>
    private string First()
    {
        string key = _expressions.Column();
        string order = $"{key}{(_random.Next(2) == 0 ? " DESC" : string.Empty)}{(_random.Next(4) == 0 ? " NULLS FIRST" : string.Empty)}{(_random.Next(3) == 0 ? ", " + _expressions.Column() : string.Empty)}";
        int most = _random.Next(1, 5);
        string columns = $"{_expressions.Column()} AS c0, {_expressions.Value(2)} AS c1";
        if (_random.Next(3) == 0)
        {
            return $"SELECT {columns} FROM {_from} ORDER BY {order} LIMIT {most}{(_random.Next(3) == 0 ? " OFFSET 1" : string.Empty)}";
        }

        string rank = new[] { "ROW_NUMBER", "ROW_NUMBER", "RANK", "DENSE_RANK" }[_random.Next(4)];
        string over = $"{rank}() OVER ({(_random.Next(3) > 0 ? $"PARTITION BY {_expressions.Column()} " : string.Empty)}ORDER BY {order})";
        return _random.Next(2) == 0
            ? $"SELECT c0, c1{(_random.Next(2) == 0 ? ", n" : string.Empty)} FROM (SELECT {columns}, {over} AS n FROM {_from}) WHERE n {(_random.Next(2) == 0 ? $"<= {most}" : "= 1")}"
            : $"SELECT {columns}, {over} AS n FROM {_from} QUALIFY n < {most + 1}";
    }

    /// <summary>Functions over rows in the order of time, or over those of a window in any order.</summary>
    private string Over(string time)
    {
        bool isWindowed = _from == _relation.Name && _random.Next(3) == 0;
        string partition = string.Join(", ", Enumerable.Range(0, _random.Next(2)).Select(_ => _expressions.Column()).Concat(isWindowed ? ["window_end"] : []));
        string key = isWindowed ? _expressions.Column() : time;
        bool isTime = !isWindowed || key == time;
        string turned = isWindowed && _random.Next(2) == 0 ? " DESC" : string.Empty;
        string second = _random.Next(4) == 0 ? ", " + _expressions.Column() : string.Empty;
        string over = $"{(partition.Length == 0 ? string.Empty : $"PARTITION BY {partition} ")}ORDER BY {key}{turned}{second}";
        string rows = $"ROWS BETWEEN {_random.Next(1, 5)} PRECEDING AND {(_random.Next(4) switch { 0 => "1 FOLLOWING", 1 => "1 PRECEDING", _ => "CURRENT ROW" })}";
        string range = $"RANGE BETWEEN {Interval(_random.Next(1, 12) * 250)} PRECEDING AND {(_random.Next(3) == 0 ? Interval(_random.Next(1, 4) * 250) + " FOLLOWING" : "CURRENT ROW")}";
        string[] items = [.. Enumerable.Range(0, _random.Next(1, 4)).Select(i => $"{Function(_random.Next(5) switch { 0 or 1 => rows, 2 when isTime && second.Length == 0 => range, 3 => "ROWS UNBOUNDED PRECEDING", _ => string.Empty })} AS o{i}")];
        string from = isWindowed ? $"TABLE(TUMBLE(TABLE {_relation.Name}, DESCRIPTOR({time}), {Interval(2000)}))" : _from;
        string qualify = _random.Next(4) == 0 ? $" QUALIFY ROW_NUMBER() OVER ({over}) <= {_random.Next(1, 4)}" : string.Empty;
        bool looksAhead = items.Any(i => i.Contains("LEAD", StringComparison.Ordinal) || i.Contains("FOLLOWING", StringComparison.Ordinal));
        return $"SELECT {time}, {_expressions.Column()} AS c0, {string.Join(", ", items)} FROM {from}{qualify}{(isWindowed || looksAhead ? string.Empty : Ttl())}";

        string Function(string frame) => _random.Next(8) switch
        {
            0 => $"{new[] { "RANK", "DENSE_RANK", "ROW_NUMBER" }[_random.Next(3)]}() OVER ({over})",
            1 or 2 => $"{(_random.Next(3) == 0 ? "LEAD" : "LAG")}({_expressions.Column()}{(_random.Next(2) == 0 ? $", {_random.Next(1, 4)}" : string.Empty)}){(_random.Next(4) == 0 ? " IGNORE NULLS" : string.Empty)} OVER ({over})",
            _ => $"{_expressions.Aggregate()} OVER ({over} {frame})",
        };
    }

    /// <summary>A group of all time: rows as they are, each once, or aggregates over all there are.</summary>
    private string Unwindowed()
    {
        if (_random.Next(4) == 0)
        {
            return _random.Next(2) == 0 ? Union() : $"SELECT DISTINCT {_expressions.Value(2)} AS c0, {_expressions.Key(true)} AS c1 FROM {_from}{Ttl()}";
        }

        List<string> keys = [.. Enumerable.Range(0, _random.Next(3)).Select(_ => _expressions.Key(true)).Distinct()];
        List<string> items = [.. keys.Select((k, i) => $"{k} AS g{i}")];
        Sets(items, keys);
        items.AddRange(Enumerable.Range(0, _random.Next(1, 4)).Select(i => $"{Output()} AS a{i}"));
        string where = _random.Next(3) == 0 ? $" WHERE {_expressions.Boolean(2)}" : string.Empty;
        string having = _random.Next(4) == 0 ? $" HAVING {Having()}" : string.Empty;
        string group = keys.Count == 0 ? string.Empty : " GROUP BY " + string.Join(", ", keys);
        return $"SELECT {string.Join(", ", items)} FROM {_from}{where}{group}{having}{Emit(windowed: false)}{Ttl()}";
    }

    /// <summary>The rows of two or three queries, each once.</summary>
    private string Union()
    {
        string value = _expressions.Value(2);
        string key = _expressions.Key(true);
        string Part(string name) => $"SELECT {value}{name}, {key} AS c1 FROM {_from}{(_random.Next(3) > 0 ? $" WHERE {_expressions.Boolean(1)}" : string.Empty)}";
        string third = _random.Next(3) == 0 ? " UNION " + Part(string.Empty) : string.Empty;
        return $"{Part(" AS c0")} UNION {Part(string.Empty)}{third}";
    }

    /// <summary>State that is forgotten.</summary>
    private string Ttl() => _random.Next(4) == 0 ? $" WITH (state_ttl = '{_random.Next(1, 20) * _pace}s')" : string.Empty;

    /// <summary>Makes grouping sets of the keys; they and what tells them apart are among the items.</summary>
    private void Sets(List<string> items, List<string> keys)
    {
        if (keys.Count == 0 || _random.Next(4) > 0)
        {
            return;
        }

        string all = string.Join(", ", keys);
        items.Add($"GROUPING({all}) AS gg");
        string sets = _random.Next(3) switch
        {
            0 => $"ROLLUP({all})",
            1 => $"CUBE({all})",
            _ when keys.Count > 1 => $"GROUPING SETS (({all}), ({keys[0]}), ())",
            _ => $"GROUPING SETS ((), ({all}))",
        };
        keys.Clear();
        keys.Add(sets);
    }

    /// <summary>Windows by a clock or by months.</summary>
    private string Calendar()
    {
        string zone = _random.Next(2) == 0 ? $", TIME ZONE '{Zones[_random.Next(Zones.Length)]}'" : string.Empty;
        string hours = $"INTERVAL '{new[] { 1, 2, 6, 12 }[_random.Next(4)]}' HOUR";
        return _random.Next(7) switch
        {
            0 => $"TUMBLE({hours}{zone})",
            1 => $"TUMBLE(INTERVAL '1' DAY{(_random.Next(3) == 0 ? ", INTERVAL '6' HOUR" : string.Empty)}{zone})",
            2 => $"HOP(INTERVAL '1' DAY, INTERVAL '2' DAY{zone})",
            3 => $"HOP(INTERVAL '6' HOUR, INTERVAL '1' DAY{zone})",
            4 => $"TUMBLE(INTERVAL '{_random.Next(1, 3)}' MONTH{zone})",
            5 => $"CUMULATE({hours}, INTERVAL '1' DAY{zone})",
            _ => $"CUMULATE(INTERVAL '1' DAY, INTERVAL '1' MONTH{zone})",
        };
    }

    private string Emit(bool windowed)
    {
        string lateness = windowed && _random.Next(3) == 0 ? $" ALLOW LATENESS {Interval(_random.Next(1, 12) * 250)}" : string.Empty;
        return _random.Next(7) switch
        {
            0 or 1 => " EMIT CHANGES" + lateness,
            2 => " EMIT ON UPDATE" + lateness,
            3 => Every(_random.Next(1, 9)) + lateness,
            4 when windowed => " EMIT ON WINDOW CLOSE" + lateness,
            5 => " EMIT FINAL",
            _ => lateness,
        };
    }

    /// <summary>Half of them by the wall clock.</summary>
    private string Every(int quarters) => $" EMIT EVERY {Interval(quarters * 250)}{(quarters % 2 == 0 ? " PROCESSING TIME" : string.Empty)}";

    /// <summary>The relation, or a subquery over it that has all its columns and maybe one more.</summary>
    private (string From, IReadOnlyList<RelationColumn> Columns) From(RandomExpressions rows)
    {
        string name = _relation.Name;
        IReadOnlyList<RelationColumn> columns = _relation.AllColumns;
        RelationColumn? array = columns.FirstOrDefault(c => c.Type.Kind == SqlTypeKind.Array && !c.Type.Fields[0].Type.IsNested);
        switch (_random.Next(9))
        {
            case 0:
                return ($"(SELECT * FROM {name} WHERE {rows.Boolean(1)}) AS {name}", columns);
            case 1:
                return ($"(SELECT * FROM (SELECT * FROM {name}))", columns);
            case 2:
                return ($"(SELECT * FROM {name} WHERE {rows.Boolean(1)} UNION ALL SELECT * FROM {name}{(_random.Next(2) == 0 ? $" WHERE {rows.Boolean(1)}" : string.Empty)}) AS {name}", columns);
            case 3 when array is not null:
                string unnest = _random.Next(2) == 0 ? $"CROSS JOIN UNNEST({array.Name}) AS e(item)" : $"LEFT JOIN UNNEST({array.Name}) AS e(item) ON TRUE";
                return ($"(SELECT {name}.*, item FROM {name} {unnest}) AS {name}", [.. columns, new RelationColumn("item", "Item", array.Type.Fields[0].Type, true)]);
            default:
                return (name, columns);
        }
    }

    private string Output() => _random.Next(6) switch
    {
        0 => $"COUNT(*) * 2 + COALESCE(SUM({_expressions.Integer(1)}), 0)",
        1 => $"CASE WHEN COUNT(*) > 2 THEN {_expressions.Aggregate()} END",
        _ => _expressions.Aggregate(),
    };

    private string Having() => _random.Next(3) switch
    {
        0 => $"COUNT(*) {_expressions.Comparison()} {_random.Next(1, 4).ToString(CultureInfo.InvariantCulture)}",
        1 => $"SUM({_expressions.Integer(1)}) > {_random.Next(5).ToString(CultureInfo.InvariantCulture)}",
        _ => $"COUNT(DISTINCT {_expressions.Column()}) > 1 OR MAX({_expressions.Integer(1)}) < 4",
    };

    private string Interval(int milliseconds) => $"INTERVAL '{(milliseconds * (long)_pace / 1000.0).ToString("0.0##", CultureInfo.InvariantCulture)}' SECOND";
}
