using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using Laminar.Sql.Diagnostics;
using Laminar.Sql.Functions;
using Laminar.Sql.Syntax;
using Laminar.Sql.Text;
using Laminar.Sql.Types;

namespace Laminar.Sql.Binding;

/// <summary>
/// Subqueries that stand for a value and aren't one aggregate: the value of their only row, NULL of none; of several rows nobody knows which, and that is an error of the rows that ask.
/// </summary>
internal sealed partial class SubqueryBinder
{
    private static readonly ScalarFunction IsSingle = new("a single row", "SqlSubquery.IsSingle") { CanFail = true };

    private (BoundFrom Joined, BoundExpression Value)? Single(BoundFrom from, SubqueryExpression value)
    {
        QuerySyntax query = value.Query;
        TextSpan span = value.Span;
        var body = query.Body as SelectBody;
        if (body is not null && (body.Items.Count != 1 || body.Items[0].Expression is StarExpression))
        {
            string count = body.Items.Count == 1 ? "all there are" : body.Items.Count.ToString(CultureInfo.InvariantCulture);
            _diagnostics.Report(SqlRules.SubqueryColumns, query.Span, "a subquery for a value", "1", count);
            return null;
        }

        ExpressionSyntax? other = null;
        List<Shared> shared = body is null ? new() : SharedBy(from, body, out other);
        if (other is not null)
        {
            return body is { GroupBy: null, Distinct: false, Having: null, Qualify: null } && query is { Limit: null, Offset: null }
                ? Single(ForEachRow(from, query, body with { Items = Counted(body.Items[0].Expression, span) }, other), span)
                : Refused(other);
        }

        if (shared.Count == 0)
        {
            return Checked(from, query, shared, span);
        }

        SelectBody keyed = Keyed(body!, shared);
        if (body!.GroupBy is { } groups)
        {
            keyed = keyed with { GroupBy = groups with { Elements = new SyntaxList<GroupingElement>(groups.Elements.Concat(Elements(shared)).ToArray()) } };
        }

        if (query is { Limit: LiteralExpression { Text: "1" }, Offset: null } && body.Qualify is null)
        {
            // The first row of each.
            var number = new CallExpression(new Identifier("ROW_NUMBER", false, span), SyntaxList<ArgumentSyntax>.Empty, span)
            {
                Over = new WindowSpecification(null, new SyntaxList<ExpressionSyntax>(shared.Select(s => s.Own).ToArray()), query.OrderBy, null, span),
            };
            keyed = keyed with { Qualify = new BinaryExpression(number, "=", span, new LiteralExpression(LiteralKind.Integer, "1", span), span) };
            return Keyed(from, query with { Body = keyed, OrderBy = SyntaxList<OrderItem>.Empty, Limit = null }, shared, span) is var (joined, columns) ? (joined, columns[0]) : null;
        }

        if ((query.Limit ?? query.Offset) is { } limit)
        {
            _diagnostics.Report(SqlRules.NotSupportedYet, limit.Span, "LIMIT other than 1, and OFFSET, in a subquery for a value that goes by the row around it");
            return null;
        }

        return Checked(from, query with { Body = keyed, OrderBy = SyntaxList<OrderItem>.Empty }, shared, span);
    }

    /// <summary>The value of a query that may have several rows for each value of what it shares, though it shouldn't.</summary>
    private (BoundFrom Joined, BoundExpression Value)? Checked(BoundFrom from, QuerySyntax query, IReadOnlyList<Shared> shared, TextSpan span)
    {
        Identifier Named(int i) => new("single_" + i.ToString(CultureInfo.InvariantCulture), false, span);
        ExpressionSyntax Name(int i) => new ColumnExpression(new QualifiedName(new SyntaxList<Identifier>(new[] { Named(i) }), span), span);
        Identifier[] names = Enumerable.Range(0, shared.Count + 1).Select(Named).ToArray();
        var rows = new DerivedTable(query, false, span) { Alias = Named(0), ColumnAliases = new SyntaxList<Identifier>(names) };
        Shared[] keys = shared.Select((s, i) => s with { Own = Name(i + 1) }).ToArray();
        var body = new SelectBody(Counted(Name(0), span), span)
        {
            From = new SyntaxList<TableSyntax>(new TableSyntax[] { rows }),
        };
        body = keys.Length == 0 ? body : Keyed(body, keys) with { GroupBy = new GroupByClause(Elements(keys), span) };
        return Single(Keyed(from, new QuerySyntax(body, span), keys, span), span);
    }

    /// <summary>A value and how many rows there are.</summary>
    private static SyntaxList<SelectItem> Counted(ExpressionSyntax value, TextSpan span)
    {
        SelectItem Call(string function, ExpressionSyntax argument) => new(new CallExpression(new Identifier(function, false, span), new SyntaxList<ArgumentSyntax>(new[] { new ArgumentSyntax(null, argument, span) }), span), null, span);
        return new(new[] { Call("ANY_VALUE", value), Call("COUNT", new StarExpression(null, span)) });
    }

    private static (BoundFrom Joined, BoundExpression Value)? Single((BoundFrom Joined, BoundExpression[] Columns)? counted, TextSpan span)
    {
        if (counted is not var (joined, columns))
        {
            return null;
        }

        BoundExpression single = ScalarCalls.Make(IsSingle, SqlType.Boolean, span, columns[1]);
        return (joined, new BoundCase(new[] { new BoundWhen(single, columns[0]) }, null, columns[0].Type, true, span));
    }
}
