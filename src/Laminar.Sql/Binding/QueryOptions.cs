using System;
using System.Globalization;
using System.Linq;
using Laminar.Sql.Catalog;
using Laminar.Sql.Diagnostics;
using Laminar.Sql.Streaming;
using Laminar.Sql.Syntax;
using Laminar.Sql.Text;

namespace Laminar.Sql.Binding;

/// <summary>What a query says in WITH (...) at its end, or in CREATE STREAM before AS.</summary>
internal sealed class QueryOptions
{
    private const string Ttl = "state_ttl";

    private readonly DiagnosticBag _diagnostics;

    public QueryOptions(DiagnosticBag diagnostics) => _diagnostics = diagnostics;

    /// <summary>How long groups are kept behind their last row; 0 where nothing is said, null when it can't be, which was reported.</summary>
    public long? StateTtl(QuerySyntax query, GroupWindow? window)
    {
        long kept = 0;
        if (query.Options.Count(o => SqlName.Same(o.Key, Ttl)) > 1)
        {
            OptionSyntax second = query.Options.Where(o => SqlName.Same(o.Key, Ttl)).ElementAt(1);
            return Wrong(second, $"{Ttl}, once; it is said twice here");
        }

        foreach (OptionSyntax option in query.Options)
        {
            if (ErrorOptions.Takes(option))
            {
                continue; // of the whole query, and read with it
            }

            if (!SqlName.Same(option.Key, Ttl))
            {
                _diagnostics.Add(new SqlDiagnostic(SqlRules.InvalidQueryOption, option.KeySpan, $"'{option.Key}' is none; queries have {Ttl}, {ErrorOptions.OnError} and {ErrorOptions.Path}")
                {
                    Suggestion = NearestName.Of(option.Key, new[] { Ttl, ErrorOptions.OnError, ErrorOptions.Path }) ?? Ttl,
                });
                return null;
            }

            if (Kept(option, window) is not { } units)
            {
                return null;
            }

            kept = units;
        }

        return kept;
    }

    /// <summary>The first <c>state_ttl</c> of a query that joins; null: none.</summary>
    public static OptionSyntax? OfJoins(QuerySyntax query, SelectBody body) =>
        body.From.Count > 1 || body.From.Any(f => f is JoinTable) ? query.Options.FirstOrDefault(o => SqlName.Same(o.Key, Ttl) && Ticks(o.Value.Text) > 0) : null;

    /// <summary>The query without its <c>state_ttl</c>.</summary>
    public static QuerySyntax WithoutTtl(QuerySyntax query) => query with { Options = new SyntaxList<OptionSyntax>(query.Options.Where(o => !SqlName.Same(o.Key, Ttl)).ToArray()) };

    /// <summary>How long partitions in the order of time are kept, in ticks; 0 where nothing is said, null when it can't be, which was reported.</summary>
    /// <param name="query">The query.</param>
    /// <param name="option">Where it is said, once at least.</param>
    /// <param name="rest">The query without it.</param>
    public long? PartitionTtl(QuerySyntax query, out OptionSyntax? option, out QuerySyntax rest)
    {
        OptionSyntax[] said = query.Options.Where(o => SqlName.Same(o.Key, Ttl)).ToArray();
        option = said.FirstOrDefault();
        rest = option is null ? query : WithoutTtl(query);
        if (said.Length > 1)
        {
            return Wrong(said[1], $"{Ttl}, once; it is said twice here");
        }

        if (option is null)
        {
            return 0;
        }

        if (Ticks(option.Value.Text) is { } ticks && ticks > 0)
        {
            return ticks;
        }

        _diagnostics.Report(SqlRules.InvalidQueryOption, option.Value.Span, $"{Ttl} is a number above 0 and ms, s, m, h or d, such as '1h'");
        return null;
    }

    private long? Kept(OptionSyntax option, GroupWindow? window)
    {
        if (window is not { IsWhole: true })
        {
            return Wrong(option, window is null ? $"{Ttl} is of groups, and this query has none" : $"{Ttl} is of groups without a window: a window's are forgotten with it");
        }

        if (window.Spec.Time is not BoundColumn)
        {
            return Wrong(option, $"{Ttl} is event time, and '{Ttl}' finds none here; declare a watermark");
        }

        if (Ticks(option.Value.Text) is not { } ticks || ticks <= 0)
        {
            _diagnostics.Report(SqlRules.InvalidQueryOption, option.Value.Span, $"{Ttl} is a number above 0 and ms, s, m, h or d, such as '1h'");
            return null;
        }

        long unit = TimeSpan.TicksPerMillisecond / EventTime.UnitsPerMillisecond(window.Type);
        return Math.Max(1, ticks / unit);
    }

    private long? Wrong(OptionSyntax option, string what)
    {
        _diagnostics.Report(SqlRules.InvalidQueryOption, option.Span, what);
        return null;
    }

    /// <summary><c>30s</c>, <c>1.5h</c>; null for anything else, and beyond a century.</summary>
    internal static long? Ticks(string text)
    {
        string trimmed = text.Trim();
        string number = new(trimmed.TakeWhile(c => c is (>= '0' and <= '9') or '.').ToArray());
        long unit = trimmed.Substring(number.Length).Trim() switch
        {
            "ms" => TimeSpan.TicksPerMillisecond,
            "s" => TimeSpan.TicksPerSecond,
            "m" => TimeSpan.TicksPerMinute,
            "h" => TimeSpan.TicksPerHour,
            "d" => TimeSpan.TicksPerDay,
            _ => 0,
        };
        return unit > 0 && decimal.TryParse(number, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out decimal count) && count <= 36_525m * TimeSpan.TicksPerDay / unit
            ? (long)(count * unit)
            : null;
    }
}
