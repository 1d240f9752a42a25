using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using Laminar.Sql.Catalog;
using Laminar.Sql.Diagnostics;
using Laminar.Sql.Syntax;
using Laminar.Sql.Text;

namespace Laminar.Sql.Fixes;

/// <summary>Fixes that touch another clause than the finding stands in.</summary>
internal static class ClauseFixes
{
    /// <summary>An ungrouped column goes to the front of GROUP BY, or into an aggregate.</summary>
    public static IReadOnlyList<SqlFix> Ungrouped(SqlDiagnostic diagnostic, SelectBody? body, string sql)
    {
        string column = sql.Substring(diagnostic.Span.Start, diagnostic.Span.Length);
        var fixes = new List<SqlFix>();
        if (body?.GroupBy is { Elements.Count: > 0 } group)
        {
            fixes.Add(new SqlFix("group", $"Add {column} to GROUP BY", new SqlEdit(new TextSpan(group.Elements[0].Span.Start, 0), column + ", ")));
        }

        bool alone = body is not null && body.Items.Any(i => i.Alias is null && i.Expression.Span == diagnostic.Span);
        string last = $"LAST_VALUE({column})" + (alone ? " AS " + diagnostic.Arguments[0] : string.Empty);
        TextSpan[] others = diagnostic.AlsoAt.ToArray();
        SqlEdit[] edits = new[] { new SqlEdit(diagnostic.Span, last) }.Concat(others.Select(s => new SqlEdit(s, $"LAST_VALUE({column})"))).ToArray();
        fixes.Add(new SqlFix("last", $"Take the last value: LAST_VALUE({column})", edits));
        return fixes;
    }

    /// <summary>An alias that isn't visible is replaced with what it stands for.</summary>
    public static IReadOnlyList<SqlFix> Alias(SqlDiagnostic diagnostic, SelectBody? body, string sql)
    {
        ExpressionSyntax? expression = body?.Items.FirstOrDefault(i => i.Alias is not null && SqlName.Same(i.Alias.Text, diagnostic.Arguments[0]))?.Expression;
        if (expression is null || expression.Span.Length == 0 || expression.Span.End > sql.Length)
        {
            return new SqlFix[0];
        }

        string text = sql.Substring(expression.Span.Start, expression.Span.Length);
        string written = expression is ColumnExpression or CallExpression or LiteralExpression or ParenthesizedExpression or CastExpression or CaseExpression ? text : "(" + text + ")";
        return new[] { new SqlFix("alias", $"Replace with {written}", new SqlEdit(diagnostic.Span, written)) };
    }

    /// <summary>The second of two equal output names gets a number.</summary>
    public static IReadOnlyList<SqlFix> Duplicate(SqlDiagnostic diagnostic, SelectBody? body)
    {
        SelectItem? item = body?.Items.FirstOrDefault(i => i.Expression is not StarExpression && (i.Alias?.Span == diagnostic.Span || (i.Alias is null && i.Expression.Span == diagnostic.Span)));
        if (item is null)
        {
            return new SqlFix[0];
        }

        string name = diagnostic.Arguments[0];
        int number = 2;
        while (body!.Items.Any(i => i.Alias is not null && SqlName.Same(i.Alias.Text, Numbered(name, number))))
        {
            number++;
        }

        string free = Numbered(name, number);
        SqlEdit edit = item.Alias is { } alias ? new SqlEdit(alias.Span, free) : new SqlEdit(new TextSpan(item.Expression.Span.End, 0), " AS " + free);
        return new[] { new SqlFix("rename", $"Name it {free}", edit) };
    }

    /// <summary>A number as a condition is compared with 0.</summary>
    public static IReadOnlyList<SqlFix> Condition(SqlDiagnostic diagnostic, string sql)
    {
        bool number = diagnostic.Arguments[1] is { } type && (type.Contains("INT") || type.StartsWith("DECIMAL", System.StringComparison.Ordinal) || type is "REAL" or "DOUBLE");
        string text = sql.Substring(diagnostic.Span.Start, diagnostic.Span.Length);
        return number && diagnostic.Span.Length > 0 ? new[] { new SqlFix("condition", $"Write {text} <> 0", new SqlEdit(new TextSpan(diagnostic.Span.End, 0), " <> 0")) } : new SqlFix[0];
    }

    private static string Numbered(string name, int number) => name + "_" + number.ToString(CultureInfo.InvariantCulture);
}
