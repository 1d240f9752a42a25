using System;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using Laminar.Sql.Text;

namespace Laminar.Sql.Diagnostics;

/// <summary>Many findings of one cause become one: a name that doesn't exist, or isn't grouped, is said at its first place, with the number of the others.</summary>
internal static class FloodControl
{
    private static readonly HashSet<SqlRule> Grouped = new()
    {
        SqlRules.UnknownColumn, SqlRules.UnknownQualifier, SqlRules.UnknownFunction, SqlRules.UngroupedColumn, SqlRules.AmbiguousColumn,
    };

    /// <summary>In the order of places, each finding once.</summary>
    public static IReadOnlyList<SqlDiagnostic> Tidy(IEnumerable<SqlDiagnostic> diagnostics)
    {
        IEnumerable<SqlDiagnostic> distinct = diagnostics.GroupBy(d => (d.Rule.Id, d.Span)).Select(g => g.First()).OrderBy(d => d.Span.Start).ThenBy(d => d.Span.Length);
        return distinct.GroupBy(Cause).Select(Merge).ToArray();
    }

    private static (string Id, string Cause, TextSpan Place) Cause(SqlDiagnostic diagnostic) => Grouped.Contains(diagnostic.Rule)
        ? (diagnostic.Rule.Id, string.Join("\0", diagnostic.Arguments).ToUpperInvariant(), default)
        : (diagnostic.Rule.Id, string.Empty, diagnostic.Span);

    private static SqlDiagnostic Merge(IGrouping<(string Id, string Cause, TextSpan Place), SqlDiagnostic> group)
    {
        SqlDiagnostic first = group.First();
        TextSpan[] others = group.Skip(1).SelectMany(d => d.AlsoAt.Concat(new[] { d.Span })).OrderBy(s => s.Start).ToArray();
        if (others.Length == 0)
        {
            return first;
        }

        string[] arguments = (string[])first.Arguments.Clone();
        string places = others.Length == 1 ? "1 other place" : others.Length.ToString(CultureInfo.InvariantCulture) + " other places";
        arguments[arguments.Length - 1] += " (also at " + places + ")";
        return new SqlDiagnostic(first.Rule, first.Span, arguments)
        {
            Suggestion = first.Suggestion,
            Fixes = first.Suggestion is { } name ? new[] { Everywhere(name, first.Span, others) }.Concat(first.Fixes).ToArray() : first.Fixes,
            AlsoAt = first.AlsoAt.Concat(others).ToArray(),
        };
    }

    private static SqlFix Everywhere(string name, TextSpan first, IEnumerable<TextSpan> others) =>
        new("name", $"Replace with '{name}' in all {(others.Count() + 1).ToString(CultureInfo.InvariantCulture)} places", new[] { first }.Concat(others).Select(span => new SqlEdit(span, name)).ToArray());
}
