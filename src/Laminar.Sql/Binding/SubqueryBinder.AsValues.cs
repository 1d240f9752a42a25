using System.Linq;
using Laminar.Sql.Diagnostics;
using Laminar.Sql.Syntax;
using Laminar.Sql.Text;
using Laminar.Sql.Types;

namespace Laminar.Sql.Binding;

/// <summary>
/// IN and EXISTS that stand for a value (under OR, NOT and CASE, in the select list): how many rows there are that match, and where NULL may be on a side, whether there are any, and any NULL among them.
/// </summary>
internal sealed partial class SubqueryBinder
{
    private const string Listed = "listed";

    private BoundFrom? Test(BoundFrom from, ExpressionSyntax test)
    {
        QuerySyntax query = test is InQueryExpression { Query: var listed } ? listed : ((ExistsExpression)test).Query;

        // What isn't a plain choice of rows is one of a table of its own.
        SelectBody body = IsPlain(query, out SelectBody? plain) && query.With.Count == 0
            ? plain!
            : new SelectBody(new SyntaxList<SelectItem>(new[] { new SelectItem(Column(query.Span), null, query.Span) }), query.Span)
            {
                From = new SyntaxList<TableSyntax>(new TableSyntax[]
                {
                    new DerivedTable(query, false, query.Span) { Alias = Name(query.Span), ColumnAliases = test is InQueryExpression ? new SyntaxList<Identifier>(new[] { Name(query.Span) }) : SyntaxList<Identifier>.Empty },
                }),
            };
        return test is InQueryExpression @in ? In(from, @in, body) : Exists(from, test, body);
    }

    private BoundFrom? Exists(BoundFrom from, ExpressionSyntax test, SelectBody body)
    {
        if (Count(from, body, test.Span, null) is not var (joined, count))
        {
            return null;
        }

        _known.Add((test, IsAny(count)));
        return joined;
    }

    private BoundFrom? In(BoundFrom from, InQueryExpression test, SelectBody body)
    {
        if (test.Operand is RowExpression || body.Items.Count != 1 || body.Items[0].Expression is StarExpression)
        {
            _diagnostics.Report(SqlRules.NotSupportedYet, test.Span, "IN with several columns, or *, anywhere but between the ANDs of WHERE");
            return null;
        }

        var own = new ExpressionBinder(from.Scope, _diagnostics) { Clause = "WHERE", Sql = _sql, Known = _known };
        ExpressionSyntax value = body.Items[0].Expression;

        // A constant is the same in every row: what is asked is whether there is one.
        bool isConstant = value is LiteralExpression;
        if (own.Bind(test.Operand) is not { } x || Count(from, body, test.Span, isConstant ? null : new Shared(null, value, test.Operand)) is not var (joined, matches))
        {
            return null;
        }

        BoundExpression found = IsAny(matches);
        if (isConstant)
        {
            if (own.Bind(value) is not { } constant || own.Equal(x, constant, test.Span) is not { } equal)
            {
                return null;
            }

            found = new BoundBinary(BinaryOperator.And, found, equal, SqlType.Boolean, equal.Nullable, test.Span);
        }

        if (x.Nullable)
        {
            if (Count(joined, body, test.Span, null) is not var (all, any))
            {
                return null;
            }

            joined = all;
            found = Unknown(found, new BoundBinary(BinaryOperator.And, new BoundIsNull(x, false, test.Span), IsAny(any), SqlType.Boolean, false, test.Span));
        }

        if (IsNullable(body, value))
        {
            var isNull = new IsExpression(value, "NULL", false, value.Span);
            SelectBody nulls = body with { Where = body.Where is null ? isNull : new BinaryExpression(body.Where, "AND", test.Span, isNull, test.Span) };
            if (Count(joined, nulls, test.Span, null) is not var (known, some))
            {
                return null;
            }

            joined = known;
            found = Unknown(found, IsAny(some));
        }

        _known.Add((test, test.Negated ? new BoundUnary(UnaryOperator.Not, found, SqlType.Boolean, found.Nullable, test.Span) : found));
        return joined;
    }

    /// <summary>How many rows a subquery has.</summary>
    private (BoundFrom Joined, BoundExpression Count)? Count(BoundFrom from, SelectBody body, TextSpan span, Shared? equal)
    {
        var count = new CallExpression(new Identifier("COUNT", false, span), new SyntaxList<ArgumentSyntax>(new[] { new ArgumentSyntax(null, new StarExpression(null, span), span) }), span);
        SelectBody counted = body with { Items = new SyntaxList<SelectItem>(new[] { new SelectItem(count, null, span) }), Distinct = false };
        return Aggregate(from, new SubqueryExpression(new QuerySyntax(counted, span), span), equal);
    }

    private bool IsNullable(SelectBody body, ExpressionSyntax value)
    {
        var unsaid = new DiagnosticBag();
        BoundFrom? inside = new FromBinder(_catalog, unsaid, new(), _sql, _with).Bind(body);
        return inside is null || new ExpressionBinder(inside.Scope, unsaid) { Clause = "WHERE", Sql = _sql }.Bind(value) is not { Nullable: false };
    }

    private static BoundExpression IsAny(BoundExpression count) =>
        new BoundBinary(BinaryOperator.Greater, count, new BoundLiteral(0L, SqlType.BigInt, count.Span), SqlType.Boolean, false, count.Span);

    /// <summary>NULL instead of FALSE where a condition holds.</summary>
    private static BoundExpression Unknown(BoundExpression found, BoundExpression when) =>
        new BoundBinary(BinaryOperator.Or, found, new BoundCase(new[] { new BoundWhen(when, new BoundLiteral(null, SqlType.Boolean, found.Span)) }, new BoundLiteral(false, SqlType.Boolean, found.Span), SqlType.Boolean, true, found.Span), SqlType.Boolean, true, found.Span);

    private static Identifier Name(TextSpan span) => new(Listed, false, span);

    private static ColumnExpression Column(TextSpan span) => new(new QualifiedName(new SyntaxList<Identifier>(new[] { Name(span) }), span), span);
}
