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

    public string Message => string.Format(CultureInfo.InvariantCulture, Rule.MessageFormat, Arguments.Cast<object>().ToArray());

    public bool IsError => Rule.Severity == SqlSeverity.Error;

    public override string ToString() => $"{Rule.Id} {Span}: {Message}";
}
