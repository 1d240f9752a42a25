using System.Collections.Generic;
using System.Linq;
using Laminar.Sql.Catalog;
using Laminar.Sql.Diagnostics;
using Laminar.Sql.Syntax;
using Laminar.Sql.Text;

namespace Laminar.Sql.Fixes;

/// <summary>A window over a source of the same script that declares no watermark: the declaration goes into its CREATE SOURCE.</summary>
internal static class WatermarkFixes
{
    public static IReadOnlyList<SqlDiagnostic> Attach(IReadOnlyList<SqlDiagnostic> diagnostics, IReadOnlyList<StatementSyntax> statements) =>
        diagnostics.Select(d => d.Rule == SqlRules.NoWatermark && Of(d, statements) is { } fix ? With(d, fix) : d).ToArray();

    private static SqlFix? Of(SqlDiagnostic diagnostic, IReadOnlyList<StatementSyntax> statements)
    {
        CreateSourceStatement? source = statements.OfType<CreateSourceStatement>().FirstOrDefault(s => SqlName.Same(s.Name.Text, diagnostic.Arguments[0]));
        if (source is null || source.Columns.Count == 0)
        {
            return null;
        }

        string expression = diagnostic.Arguments[1];
        string column = expression.Substring(0, expression.IndexOf(' '));
        var behind = new TextSpan(source.Columns[source.Columns.Count - 1].Span.End, 0);
        return new SqlFix("watermark", $"Add WATERMARK FOR {column} AS {expression} to '{source.Name.Text}'", new SqlEdit(behind, $", WATERMARK FOR {column} AS {expression}"));
    }

    private static SqlDiagnostic With(SqlDiagnostic diagnostic, SqlFix fix) =>
        new(diagnostic.Rule, diagnostic.Span, diagnostic.Arguments) { Suggestion = diagnostic.Suggestion, AlsoAt = diagnostic.AlsoAt, Fixes = diagnostic.Fixes.Concat(new[] { fix }).ToArray() };
}
