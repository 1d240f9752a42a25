using System.Collections.Generic;
using System.Linq;
using Laminar.Sql.Diagnostics;
using Laminar.Sql.Syntax;
using Laminar.Sql.Text;

namespace Laminar.Sql.Fixes;

/// <summary>Adds to findings the edits that would mend them, where the whole query must be seen for that.</summary>
internal static class FixFinder
{
    public static IReadOnlyList<SqlDiagnostic> Attach(IReadOnlyList<SqlDiagnostic> diagnostics, QuerySyntax query, string sql) =>
        diagnostics.Select(d => With(d, Of(d, query, sql))).ToArray();

    private static SqlDiagnostic With(SqlDiagnostic diagnostic, IReadOnlyList<SqlFix> fixes) => fixes.Count == 0
        ? diagnostic
        : new SqlDiagnostic(diagnostic.Rule, diagnostic.Span, diagnostic.Arguments) { Suggestion = diagnostic.Suggestion, AlsoAt = diagnostic.AlsoAt, Fixes = diagnostic.Fixes.Concat(fixes).ToArray() };

    private static IReadOnlyList<SqlFix> Of(SqlDiagnostic diagnostic, QuerySyntax query, string sql)
    {
        if (diagnostic.Span.Start < 0 || diagnostic.Span.End > sql.Length)
        {
            return new SqlFix[0];
        }

        return diagnostic.Rule.Id switch
        {
            "LAM1015" => new[] { new SqlFix("remove", "Remove the comma", new SqlEdit(diagnostic.Span, string.Empty)) },
            "LAM2010" => ClauseFixes.Alias(diagnostic, Body(diagnostic.Span, query), sql),
            "LAM2013" => ClauseFixes.Ungrouped(diagnostic, Body(diagnostic.Span, query), sql),
            "LAM2015" => ClauseFixes.Duplicate(diagnostic, Body(diagnostic.Span, query)),
            "LAM2016" => ClauseFixes.Condition(diagnostic, sql),
            "LAM3011" when query.Options.Count == 0 => new[] { new SqlFix("state_ttl", "Add WITH (state_ttl = '1d')", new SqlEdit(new TextSpan(query.Span.End, 0), " WITH (state_ttl = '1d')")) },
            "LAM3006" => new[] { Remove("Remove " + (diagnostic.Arguments[0].StartsWith("EMIT", System.StringComparison.Ordinal) ? "EMIT" : diagnostic.Arguments[0]), diagnostic.Span, sql) },
            _ => new SqlFix[0],
        };
    }

    /// <summary>Takes the characters out, with the white space before them.</summary>
    private static SqlFix Remove(string title, TextSpan span, string sql)
    {
        int start = span.Start;
        while (start > 0 && char.IsWhiteSpace(sql[start - 1]))
        {
            start--;
        }

        return new SqlFix("remove", title, new SqlEdit(TextSpan.FromBounds(start, span.End), string.Empty));
    }

    /// <summary>The innermost SELECT around a place.</summary>
    private static SelectBody? Body(TextSpan span, SyntaxNode node)
    {
        SelectBody? found = node as SelectBody;
        foreach (SyntaxNode child in SyntaxChildren.Of(node).Where(c => c.Span.Start <= span.Start && c.Span.End >= span.End))
        {
            found = Body(span, child) ?? found;
        }

        return found;
    }
}
