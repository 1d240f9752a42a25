using System.Collections.Generic;
using System.Linq;
using Laminar.Sql.Catalog;
using Laminar.Sql.Diagnostics;
using Laminar.Sql.Syntax;
using Laminar.Sql.Text;

namespace Laminar.Sql.Advice;

/// <summary>LAM2081: a common table expression that nothing reads. It is not bound, so that nothing else says what is wrong in it.</summary>
internal static class UnusedQuery
{
    public static void Report(SyntaxNode node, DiagnosticBag diagnostics)
    {
        if (node is QuerySyntax query)
        {
            for (int i = 0; i < query.With.Count; i++)
            {
                CommonTableExpression expression = query.With[i];
                IEnumerable<SyntaxNode> readers = query.With.Skip(i + (query.Recursive ? 0 : 1)).Select(w => (SyntaxNode)w.Query).Append(query.Body);
                if (!readers.Any(r => Reads(r, expression.Name.Text)))
                {
                    var fix = new SqlFix("unused", $"Remove {expression.Name.Text}", new SqlEdit(Whole(query, i), string.Empty));
                    diagnostics.Add(new SqlDiagnostic(SqlRules.UnusedQuery, expression.Name.Span, expression.Name.Text) { Fixes = new[] { fix } });
                }
            }
        }

        foreach (SyntaxNode child in SyntaxChildren.Of(node))
        {
            Report(child, diagnostics);
        }
    }

    private static bool Reads(SyntaxNode node, string name) =>
        (node is NamedTable { Name.Parts.Count: 1 } table && SqlName.Same(table.Name.Last.Text, name)) || SyntaxChildren.Of(node).Any(child => Reads(child, name));

    /// <summary>The expression with its comma; the only one with WITH.</summary>
    private static TextSpan Whole(QuerySyntax query, int i) => query.With.Count == 1 ? TextSpan.FromBounds(query.Span.Start, query.Body.Span.Start)
        : i + 1 < query.With.Count ? TextSpan.FromBounds(query.With[i].Span.Start, query.With[i + 1].Span.Start)
        : TextSpan.FromBounds(query.With[i - 1].Span.End, query.With[i].Span.End);
}
