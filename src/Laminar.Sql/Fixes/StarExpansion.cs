using System.Collections.Generic;
using System.Linq;
using Laminar.Sql.Catalog;
using Laminar.Sql.Diagnostics;
using Laminar.Sql.Syntax;
using Laminar.Sql.Text;

namespace Laminar.Sql.Fixes;

/// <summary>Writes the columns that a <c>*</c> of a select list stands for.</summary>
public static class StarExpansion
{
    private static readonly string[] WindowColumns = { "window_start", "window_end", "window_time" };

    /// <summary>The edit; null when no star stands at the place, or a table of its FROM isn't known. Never throws on any text.</summary>
    /// <param name="sql">A query or a script.</param>
    /// <param name="position">Before, in or behind the star.</param>
    /// <param name="catalog">What FROM can name.</param>
    public static SqlFix? At(string sql, int position, ICatalog catalog)
    {
        (SelectBody Body, StarExpression Star)? found = Find(SqlParser.ParseScript(sql).Root, position);
        if (found is not { } star || Tables(star.Body.From, catalog) is not { Count: > 0 } tables)
        {
            return null;
        }

        string? only = star.Star.Qualifier?.Last.Text;
        IEnumerable<string> columns = tables
            .Where(t => only is null || SqlName.Same(t.Alias, only))
            .SelectMany(t => t.Columns.Select(c => tables.Count > 1 || only is not null ? Quoted(only ?? t.Alias) + "." + Quoted(c) : Quoted(c)));
        string list = string.Join(", ", columns);
        return list.Length == 0 ? null : new SqlFix("star", "Expand *", new SqlEdit(star.Star.Span, list));
    }

    private static (SelectBody Body, StarExpression Star)? Find(SyntaxNode node, int position)
    {
        if (node is SelectBody body && body.Items.Select(i => i.Expression).OfType<StarExpression>().FirstOrDefault(s => s.Span.Start <= position && position <= s.Span.End) is { } star)
        {
            return (body, star);
        }

        return SyntaxChildren.Of(node).Select(child => Find(child, position)).FirstOrDefault(f => f is not null);
    }

    private static List<(string Alias, IReadOnlyList<string> Columns)>? Tables(IEnumerable<TableSyntax> from, ICatalog catalog)
    {
        var tables = new List<(string, IReadOnlyList<string>)>();
        foreach (TableSyntax table in from)
        {
            switch (table)
            {
                case NamedTable { ColumnAliases.Count: 0, Name.Parts.Count: > 0 } named when catalog.Find(named.Name.Last.Text) is { } relation:
                    tables.Add((named.Alias?.Text ?? relation.Name, relation.AllColumns.Select(c => c.Name).ToArray()));
                    break;
                case WindowTable window when Tables(new[] { window.Input }, catalog) is { Count: 1 } input:
                    tables.Add((window.Alias?.Text ?? input[0].Alias, input[0].Columns.Where(c => !WindowColumns.Any(w => SqlName.Same(w, c))).Concat(WindowColumns).ToArray()));
                    break;
                case JoinTable join when Tables(new[] { join.Left, join.Right }, catalog) is { } both:
                    tables.AddRange(both);
                    break;
                default:
                    return null;
            }
        }

        return tables;
    }

    private static string Quoted(string name) => Keywords.IsReserved(name.ToUpperInvariant()) ? "\"" + name + "\"" : name;
}
