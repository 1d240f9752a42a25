using System;
using System.Collections.Generic;
using System.Collections.Immutable;
using System.Linq;
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

    public void Add(SqlDiagnostic diagnostic, SqlPlace place, params FileFix[] more)
    {
        IEnumerable<FileFix> fixes = diagnostic.Fixes.Select(fix => At(place, fix)).OfType<FileFix>().Concat(more);
        ImmutableDictionary<string, string?> properties = FixProperties.Write(Suggest(place, diagnostic.Span, diagnostic.Suggestion), fixes);
        _report(Diagnostic.Create(Descriptors.Of(diagnostic.Rule), place.Locate(diagnostic.Span), diagnostic.AlsoAt.Select(place.Locate), properties, diagnostic.Arguments));
    }

    public void Add(SqlRule rule, SqlPlace place, Sql.Text.TextSpan span, string? suggestion, params object[] arguments) =>
        _report(Diagnostic.Create(Descriptors.Of(rule), place.Locate(span), Suggest(place, span, suggestion), arguments));

    private static ImmutableDictionary<string, string?> Suggest(SqlPlace place, Sql.Text.TextSpan span, string? suggestion)
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

        return properties;
    }

    /// <summary>The fix at its place in a file; null when one of its edits can't be written there.</summary>
    private static FileFix? At(SqlPlace place, SqlFix fix)
    {
        FileEdit?[] edits = fix.Edits.Select(edit => place.Edit(edit.Span, edit.Text)).ToArray();
        return edits.Contains(null) ? null : new FileFix(fix.Kind, fix.Title, edits.Select(edit => edit!).ToArray());
    }
}
