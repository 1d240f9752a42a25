using System;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using Laminar.Sql.Text;

namespace Laminar.Sql.Diagnostics;

/// <summary>One finding on exact characters of a SQL text. Arguments are strings, so that a diagnostic can be compared by value.</summary>
public sealed class SqlDiagnostic
{
    public SqlDiagnostic(SqlRule rule, TextSpan span, params string[] arguments)
    {
        Rule = rule;
        Span = span;
        Arguments = arguments;
    }

    public SqlRule Rule { get; }

    public TextSpan Span { get; }

    public string[] Arguments { get; }

    /// <summary>What the characters could be replaced with to mend this (nearest name), or null. The code fix offers it.</summary>
    public string? Suggestion { get; init; }

    /// <summary>Other ways to mend it than to replace its characters, the best first.</summary>
    public IReadOnlyList<SqlFix> Fixes { get; init; } = Array.Empty<SqlFix>();

    /// <summary>Further places of the same cause, in order: an unknown name that is used five times is one finding.</summary>
    public IReadOnlyList<TextSpan> AlsoAt { get; init; } = Array.Empty<TextSpan>();

    public string Message => string.Format(CultureInfo.InvariantCulture, Rule.MessageFormat, Arguments.Cast<object>().ToArray());

    /// <summary>The same finding in a text that starts <paramref name="by"/> characters further on, at another span.</summary>
    public SqlDiagnostic Moved(int by, TextSpan span) => new(Rule, span, Arguments)
    {
        Suggestion = Suggestion,
        Fixes = Fixes.Select(f => f.Moved(by)).ToArray(),
        AlsoAt = AlsoAt.Select(s => new TextSpan(s.Start + by, s.Length)).ToArray(),
    };

    public bool IsError => Rule.Severity == SqlSeverity.Error;

    public override string ToString() => $"{Rule.Id} {Span}: {Message}";
}
