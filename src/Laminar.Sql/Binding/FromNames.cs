using System;
using System.Collections.Generic;
using System.Linq;
using Laminar.Sql.Syntax;

namespace Laminar.Sql.Binding;

/// <summary>The names of tables in a tree, without binding anything; names of common table expressions are left out.</summary>
internal static class FromNames
{
    public static IReadOnlyList<string> Of(QuerySyntax query)
    {
        var names = new List<string>();
        Query(query, new HashSet<string>(StringComparer.OrdinalIgnoreCase), names, 0);
        return names.Distinct(StringComparer.OrdinalIgnoreCase).ToArray();
    }

    private static void Query(QuerySyntax query, HashSet<string> hidden, List<string> names, int depth)
    {
        if (depth > 200)
        {
            return;
        }

        var inner = new HashSet<string>(hidden, StringComparer.OrdinalIgnoreCase);
        foreach (CommonTableExpression expression in query.With)
        {
            Query(expression.Query, inner, names, depth + 1);
            inner.Add(expression.Name.Text);
        }

        Body(query.Body, inner, names, depth + 1);
    }

    private static void Body(QueryBody body, HashSet<string> hidden, List<string> names, int depth)
    {
        var right = new Stack<QueryBody>();
        while (body is SetBody set)
        {
            right.Push(set.Right);
            body = set.Left;
        }

        if (body is NestedBody nested)
        {
            Query(nested.Query, hidden, names, depth + 1);
        }
        else if (body is SelectBody select)
        {
            foreach (TableSyntax table in select.From)
            {
                Table(table, hidden, names, depth + 1);
            }

            foreach (SyntaxNode? expression in select.Items.Select(i => (SyntaxNode?)i.Expression).Concat(new SyntaxNode?[] { select.Where, select.GroupBy, select.Having, select.Qualify }))
            {
                Subqueries(expression, hidden, names, depth + 1);
            }
        }

        while (right.Count > 0)
        {
            Body(right.Pop(), hidden, names, depth + 1);
        }
    }

    private static void Subqueries(SyntaxNode? expression, HashSet<string> hidden, List<string> names, int depth)
    {
        if (expression is null || depth > 200)
        {
            return;
        }

        foreach (SyntaxNode child in SyntaxChildren.Of(expression))
        {
            if (child is QuerySyntax query)
            {
                Query(query, hidden, names, depth + 1);
            }
            else
            {
                Subqueries(child, hidden, names, depth + 1);
            }
        }
    }

    private static void Table(TableSyntax table, HashSet<string> hidden, List<string> names, int depth)
    {
        var right = new Stack<TableSyntax>();
        while (table is JoinTable join)
        {
            right.Push(join.Right);
            table = join.Left;
        }

        switch (table)
        {
            case NamedTable named when named.Name.Parts.Count > 0:
                string name = string.Join(".", named.Name.Parts.Select(p => p.Text));
                if (!hidden.Contains(name))
                {
                    names.Add(name);
                }

                break;
            case WindowTable window:
                Table(window.Input, hidden, names, depth + 1);
                break;
            case DerivedTable derived:
                Query(derived.Query, hidden, names, depth + 1);
                break;
            case MatchRecognizeTable match:
                Table(match.Input, hidden, names, depth + 1);
                break;
        }

        while (right.Count > 0)
        {
            Table(right.Pop(), hidden, names, depth + 1);
        }
    }
}
