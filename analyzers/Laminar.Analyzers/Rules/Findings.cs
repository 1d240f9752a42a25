using System;
using System.Collections.Generic;
using System.Collections.Immutable;
using Laminar.Analyzers.Literals;
using Laminar.Sql.Diagnostics;
using Microsoft.CodeAnalysis;

namespace Laminar.Analyzers.Rules;

/// <summary>Turns findings into diagnostics of the compiler. What a fix needs goes along as properties.</summary>
internal sealed class Findings
{
    /// <summary>Property of a diagnostic: what its characters could be replaced with, as the user reads it.</summary>
    public const string Suggestion = "Suggestion";

    /// <summary>Property of a diagnostic: the same as it must be written at that place in the source.</summary>
    public const string Replacement = "Replacement";

    private readonly Action<Diagnostic> _report;

    public Findings(Action<Diagnostic> report) => _report = report;

    /// <summary>The same, but each finding is passed on only the first time.</summary>
    public Findings Once()
    {
        HashSet<string> seen = new(StringComparer.Ordinal);
        return new Findings(diagnostic =>
        {
            if (seen.Add(diagnostic.ToString()))
            {
                _report(diagnostic);
            }
        });
    }

    public void Add(SqlRule rule, Location location, params object[] arguments) => _report(Diagnostic.Create(Descriptors.Of(rule), location, arguments));

    public void Add(SqlDiagnostic diagnostic, SqlPlace place) => Add(diagnostic.Rule, place, diagnostic.Span, diagnostic.Suggestion, diagnostic.Arguments);

    public void Add(SqlRule rule, SqlPlace place, Sql.Text.TextSpan span, string? suggestion, params object[] arguments)
    {
        ImmutableDictionary<string, string?> properties = ImmutableDictionary<string, string?>.Empty;
        if (suggestion is not null)
        {
            properties = properties.Add(Suggestion, suggestion);
            if (place.Escape(span, suggestion) is { } replacement)
            {
                properties = properties.Add(Replacement, replacement);
            }
        }

        _report(Diagnostic.Create(Descriptors.Of(rule), place.Locate(span), properties, arguments));
    }
}
