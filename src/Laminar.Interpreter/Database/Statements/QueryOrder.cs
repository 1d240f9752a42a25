using System.Globalization;
using Laminar.Interpreter.Database.Flow;
using Laminar.Sql.Catalog;
using Laminar.Sql.Diagnostics;
using Laminar.Sql.Plan;
using Laminar.Sql.Syntax;

namespace Laminar.Interpreter.Database.Statements;

/// <summary>ORDER BY, LIMIT and OFFSET of a SELECT that has an end: they are taken off the query and done to its result.</summary>
internal sealed class QueryOrder
{
    private readonly List<(int Column, bool Descending, bool NullsFirst)> _keys = [];

    private QueryOrder(QuerySyntax query) => Query = query;

    /// <summary>The query without them, with a column at the end for each key that isn't one of the result.</summary>
    public QuerySyntax Query { get; private set; }

    /// <summary>How many columns those are.</summary>
    public int Hidden { get; private set; }

    private long Skip { get; init; }

    private long Take { get; init; } = long.MaxValue;

    /// <param name="query">The query.</param>
    /// <param name="columns">The names of its result.</param>
    /// <param name="diagnostics">Takes what is wrong.</param>
    public static QueryOrder Of(QuerySyntax query, Func<QuerySyntax, IReadOnlyList<PlanColumn>?> columns, DiagnosticBag diagnostics)
    {
        QuerySyntax bare = query with { OrderBy = SyntaxList<OrderItem>.Empty, Limit = null, Offset = null };
        var order = new QueryOrder(bare) { Skip = Count(query.Offset, 0, diagnostics), Take = Count(query.Limit, long.MaxValue, diagnostics) };
        if (query.OrderBy.Count == 0 || columns(bare) is not { } output)
        {
            return order;
        }

        var hidden = new List<SelectItem>();
        foreach (OrderItem item in query.OrderBy)
        {
            int column = Find(item.Expression, output);
            if (column < 0)
            {
                if (bare.Body is not SelectBody { Distinct: false })
                {
                    diagnostics.Report(DatabaseRules.WrongOrder, item.Expression.Span);
                    return order;
                }

                column = output.Count + hidden.Count;
                hidden.Add(new SelectItem(item.Expression, new Identifier("order_" + hidden.Count.ToString(CultureInfo.InvariantCulture), true, item.Span), item.Span));
            }

            order._keys.Add((column, item.Descending, item.NullsFirst ?? item.Descending));
        }

        if (hidden.Count > 0)
        {
            var body = (SelectBody)bare.Body;
            order.Query = bare with { Body = body with { Items = new SyntaxList<SelectItem>(body.Items.Concat(hidden)) } };
            order.Hidden = hidden.Count;
        }

        return order;
    }

    /// <summary>The rows in their order, those that were asked for.</summary>
    public IReadOnlyList<object?[]> Apply(IReadOnlyList<object?[]> rows, RowShape shape)
    {
        IEnumerable<object?[]> ordered = _keys.Count == 0 ? rows : rows.Order(Comparer<object?[]>.Create((a, b) => Compare(a, b, shape)));
        if (Skip > 0)
        {
            ordered = ordered.Skip((int)Math.Min(Skip, int.MaxValue));
        }

        return [.. Take < int.MaxValue ? ordered.Take((int)Take) : ordered];
    }

    private int Compare(object?[] a, object?[] b, RowShape shape)
    {
        foreach ((int column, bool descending, bool nullsFirst) in _keys)
        {
            int order = (a[column], b[column]) switch
            {
                (null, null) => 0,
                (null, _) => nullsFirst ? -1 : 1,
                (_, null) => nullsFirst ? 1 : -1,
                var (x, y) => descending ? shape.Compare(column, y, x) : shape.Compare(column, x, y),
            };
            if (order != 0)
            {
                return order;
            }
        }

        return 0;
    }

    private static int Find(ExpressionSyntax expression, IReadOnlyList<PlanColumn> output)
    {
        if (expression is LiteralExpression { Kind: LiteralKind.Integer } number && int.TryParse(number.Text, CultureInfo.InvariantCulture, out int ordinal) && ordinal >= 1 && ordinal <= output.Count)
        {
            return ordinal - 1;
        }

        if (expression is not ColumnExpression { Name.Parts: [var name] })
        {
            return -1;
        }

        int[] found = [.. Enumerable.Range(0, output.Count).Where(i => SqlName.Same(output[i].Name, name.Text))];
        return found is [var one] ? one : -1;
    }

    private static long Count(ExpressionSyntax? expression, long otherwise, DiagnosticBag diagnostics)
    {
        switch (expression)
        {
            case null:
                return otherwise;
            case LiteralExpression { Kind: LiteralKind.Integer } literal when long.TryParse(literal.Text, CultureInfo.InvariantCulture, out long count):
                return count;
            default:
                diagnostics.Report(SqlRules.NotSupportedYet, expression.Span, "LIMIT and OFFSET of anything but a number");
                return otherwise;
        }
    }
}
