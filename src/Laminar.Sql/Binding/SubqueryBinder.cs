using System;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using Laminar.Sql.Catalog;
using Laminar.Sql.Diagnostics;
using Laminar.Sql.Functions.Aggregates;
using Laminar.Sql.Rewrites;
using Laminar.Sql.Syntax;
using Laminar.Sql.Text;
using Laminar.Sql.Types;

namespace Laminar.Sql.Binding;

/// <summary>
/// Subqueries in WHERE and in the select list, as joins: IN and EXISTS are semi joins, NOT IN and NOT EXISTS anti joins, and a subquery that stands for a value is an outer join with a
/// query of one row, or of one row per value of what it shares with the query around (Kim: On Optimizing an SQL-like Nested Query, TODS 1982, with the outer join that counts of nothing ask for).
/// </summary>
internal sealed partial class SubqueryBinder
{
    private readonly ICatalog _catalog;
    private readonly DiagnosticBag _diagnostics;
    private readonly string _sql;
    private readonly List<Relation> _reads;
    private readonly IReadOnlyList<CommonTableExpression> _with;
    private readonly List<(ExpressionSyntax Syntax, BoundExpression Bound)> _known;

    /// <summary>What looks like an aggregate is a column already.</summary>
    private readonly bool _isOverGroups;

    /// <param name="catalog">What names mean.</param>
    /// <param name="diagnostics">Where errors go.</param>
    /// <param name="sql">The whole text.</param>
    /// <param name="reads">Gets what is read.</param>
    /// <param name="with">Common table expressions in sight.</param>
    /// <param name="known">What expressions of the query around have become already.</param>
    public SubqueryBinder(ICatalog catalog, DiagnosticBag diagnostics, string sql, List<Relation> reads, IReadOnlyList<CommonTableExpression> with, IReadOnlyList<(ExpressionSyntax Syntax, BoundExpression Bound)>? known = null)
    {
        _known = known?.ToList() ?? new();
        _isOverGroups = known is not null;
        _catalog = catalog;
        _diagnostics = diagnostics;
        _sql = sql;
        _reads = reads;
        _with = with;
    }

    /// <summary>What expressions of the query have become that stand for a value.</summary>
    public IReadOnlyList<(ExpressionSyntax Syntax, BoundExpression Bound)> Known => _known;

    /// <summary>What is left of WHERE.</summary>
    public ExpressionSyntax? Where { get; private set; }

    /// <summary>Whether there is anything to do here.</summary>
    public static bool IsIn(SyntaxNode? node) => node is InQueryExpression or ExistsExpression or SubqueryExpression || (node is not (null or QuerySyntax) && SyntaxChildren.Of(node).Any(IsIn));

    /// <summary>FROM with what the subqueries say about it; null when an error was reported.</summary>
    /// <param name="from">FROM.</param>
    /// <param name="body">The query.</param>
    public BoundFrom? Bind(BoundFrom from, SelectBody body)
    {
        Where = body.Where;
        BoundFrom? bound = from;
        if (IsIn(body.Where))
        {
            ExpressionSyntax[] conditions = SyntaxFacts.Conditions(body.Where).ToArray();
            foreach (ExpressionSyntax condition in conditions)
            {
                bound = bound is null ? null : Condition(bound, condition, false);
            }

            Where = SyntaxFacts.All(conditions.Where(c => Tested(c, false) is null));
        }

        // Of groups, what aggregates are made of is asked here; the rest of a grouped query is a query over its groups.
        bool isGrouped = !_isOverGroups && SyntaxFacts.IsGrouped(body);
        IEnumerable<SyntaxNode?> results = body.Items.Select(i => (SyntaxNode?)i.Expression).Append(body.Having);
        IEnumerable<SyntaxNode?> places = (isGrouped ? results.SelectMany(r => r is null ? Enumerable.Empty<SyntaxNode?>() : SyntaxFacts.Aggregates(r)) : results).Append(body.GroupBy).Append(Where);
        foreach (ExpressionSyntax value in places.SelectMany(Values))
        {
            bound = bound is null ? null : value is SubqueryExpression one ? Value(bound, one) : Test(bound, value);
        }

        return bound;
    }

    private static IEnumerable<ExpressionSyntax> Values(SyntaxNode? node) => node switch
    {
        null or QuerySyntax => Array.Empty<ExpressionSyntax>(),
        SubqueryExpression or ExistsExpression => new[] { (ExpressionSyntax)node },
        InQueryExpression @in => Values(@in.Operand).Append(@in),
        _ => SyntaxChildren.Of(node).SelectMany(Values),
    };

    /// <summary>The IN or EXISTS that a condition is; null when it is none.</summary>
    private static (ExpressionSyntax Test, bool Negated)? Tested(ExpressionSyntax condition, bool negated) => condition switch
    {
        ParenthesizedExpression inner => Tested(inner.Inner, negated),
        UnaryExpression { Operator: "NOT" } not => Tested(not.Operand, !negated),
        InQueryExpression @in => (@in, negated ^ @in.Negated),
        ExistsExpression exists => (exists, negated),
        _ => null,
    };

    private BoundFrom? Condition(BoundFrom from, ExpressionSyntax condition, bool negated) => Tested(condition, negated) switch
    {
        (InQueryExpression test, var not) => In(from, test, not),
        (ExistsExpression test, var not) => Exists(from, test, not),
        _ => from,
    };

    private BoundFrom? Exists(BoundFrom from, ExistsExpression test, bool negated)
    {
        (BoundFrom? right, ExpressionSyntax? where) = Rows(test.Query);
        return right is null ? null : Join(from, right, negated ? JoinKind.Anti : JoinKind.Semi, test.Span, width => where is null ? new() : Conditions(from, right, width, where));
    }

    private BoundFrom? In(BoundFrom from, InQueryExpression test, bool negated)
    {
        ExpressionSyntax[] operands = test.Operand is RowExpression row ? row.Items.ToArray() : new[] { test.Operand };
        (BoundFrom? right, ExpressionSyntax? where) = Rows(test.Query);
        if (right is null)
        {
            return null;
        }

        // What a subquery selects is bound over its own rows; a whole query's columns are there already.
        IReadOnlyList<SelectItem>? items = IsPlain(test.Query, out SelectBody? body) && body!.Items.All(i => i.Expression is not StarExpression) ? body.Items : null;
        int count = items?.Count ?? right.Scope.Columns.Count;
        if (count != operands.Length)
        {
            _diagnostics.Report(SqlRules.SubqueryColumns, test.Query.Span, "IN", operands.Length.ToString(CultureInfo.InvariantCulture), count.ToString(CultureInfo.InvariantCulture));
            return null;
        }

        return Join(from, right, negated ? JoinKind.Anti : JoinKind.Semi, test.Span, width =>
        {
            List<BoundExpression>? all = where is null ? new() : Conditions(from, right, width, where);
            var own = new ExpressionBinder(from.Scope, _diagnostics) { Clause = "WHERE", Sql = _sql, Known = _known };
            ExpressionBinder others = Binder(from, right, width);
            for (int i = 0; i < operands.Length && all is not null; i++)
            {
                BoundExpression? x = own.Bind(operands[i]);
                BoundExpression? y = items is not null ? others.Bind(items[i].Expression) : Column(right.Scope.Columns[i], width, test.Query.Span);
                if (x is null || y is null || others.Equal(x, y, test.Span) is not { } equal)
                {
                    return null;
                }

                // Of NOT IN a NULL on either side leaves nobody knowing.
                foreach (BoundExpression nullable in new[] { x, y }.Where(e => negated && e.Nullable))
                {
                    equal = new BoundBinary(BinaryOperator.Or, equal, new BoundIsNull(nullable, false, test.Span), SqlType.Boolean, true, test.Span);
                }

                all.Add(equal);
            }

            return all;
        });
    }

    /// <summary>A subquery that stands for a value: one row, of one column.</summary>
    private BoundFrom? Value(BoundFrom from, SubqueryExpression value)
    {
        if ((IsAggregate(value.Query, out _) ? Aggregate(from, value, null) : Single(from, value)) is not var (joined, column))
        {
            return null;
        }

        _known.Add((value, column));
        return joined;
    }

    /// <param name="from">The query around.</param>
    /// <param name="value">One aggregate.</param>
    /// <param name="equal">What it shares with the query around besides its conditions.</param>
    private (BoundFrom Joined, BoundExpression Value)? Aggregate(BoundFrom from, SubqueryExpression value, Shared? equal)
    {
        SelectBody body = (SelectBody)value.Query.Body;
        if (body.Items.Count != 1)
        {
            _diagnostics.Report(SqlRules.SubqueryColumns, value.Query.Span, "a subquery for a value", "1", body.Items.Count.ToString(CultureInfo.InvariantCulture));
            return null;
        }

        List<Shared> shared = SharedBy(from, body, out ExpressionSyntax? other);
        if (other is not null)
        {
            return equal is null ? ForEach(from, value.Query, body, other) : Refused(other);
        }

        if (equal is { } more)
        {
            shared.Add(more);
        }

        bool counts = Inside(body.Items[0].Expression) is CallExpression call && IsCount(call);
        if (shared.Count > 0 && !counts && Calls(body.Items[0].Expression).Any(IsCount))
        {
            _diagnostics.Report(SqlRules.NotSupportedYet, body.Items[0].Expression.Span, "what is computed from a count in a subquery that goes by the row around it; select the count alone");
            return null;
        }

        QuerySyntax query = shared.Count == 0 ? value.Query : value.Query with { Body = Keyed(body, shared) with { GroupBy = new GroupByClause(Elements(shared), value.Span) } };
        if (Keyed(from, query, shared, value.Span) is not var (joined, columns))
        {
            return null;
        }

        // There are none; it isn't that nobody knows how many.
        BoundExpression column = columns[0];
        return (joined, counts ? new BoundCoalesce(new[] { column, new BoundLiteral(0L, SqlType.BigInt, value.Span) }, SqlType.BigInt, false, value.Span) : column);
    }

    /// <summary>The body with what it shares behind its columns, and no longer among its conditions.</summary>
    private static SelectBody Keyed(SelectBody body, IReadOnlyList<Shared> shared) => body with
    {
        Items = new SyntaxList<SelectItem>(body.Items.Concat(shared.Select(s => new SelectItem(s.Own, null, s.Own.Span))).ToArray()),
        Where = SyntaxFacts.All(SyntaxFacts.Conditions(body.Where).Where(c => shared.All(s => !ReferenceEquals(s.Condition, c)))),
    };

    private static SyntaxList<GroupingElement> Elements(IReadOnlyList<Shared> shared) =>
        new(shared.Select(s => new GroupingElement(GroupingKind.Expression, new SyntaxList<SyntaxList<ExpressionSyntax>>(new[] { new SyntaxList<ExpressionSyntax>(new[] { s.Own }) }), s.Own.Span)).ToArray());

    /// <summary>An outer join with a query that has one row at most for each value of what it shares, which are its last columns.</summary>
    /// <returns>The join, whose names are those of FROM, and the query's columns before the last.</returns>
    private (BoundFrom Joined, BoundExpression[] Columns)? Keyed(BoundFrom from, QuerySyntax query, IReadOnlyList<Shared> shared, TextSpan span)
    {
        if (new FromBinder(_catalog, _diagnostics, _reads, _sql, _with).Bind(new DerivedTable(query, false, span)) is not { } right)
        {
            return null;
        }

        int own = right.Scope.Columns.Count - shared.Count;
        return Joined(from, right, own, span, width =>
        {
            var around = new ExpressionBinder(from.Scope, _diagnostics) { Clause = "WHERE", Sql = _sql, Known = _known };
            var all = new List<BoundExpression>();
            for (int i = 0; i < shared.Count; i++)
            {
                if (around.Bind(shared[i].Around) is not { } x || around.Equal(x, Column(right.Scope.Columns[own + i], width, shared[i].Own.Span), span) is not { } same)
                {
                    return null;
                }

                all.Add(same);
            }

            return all;
        });
    }

    /// <summary>An outer join, whose names are those of FROM, and the first columns of its right side: nobody can name those.</summary>
    private (BoundFrom Joined, BoundExpression[] Columns)? Joined(BoundFrom from, BoundFrom right, int own, TextSpan span, Func<int, List<BoundExpression>?> conditions)
    {
        if (Join(from, right, JoinKind.Left, span, conditions) is not { } joined)
        {
            return null;
        }

        int left = joined.Scope.Columns.Count - right.Scope.Columns.Count;
        BoundExpression[] columns = joined.Scope.Columns.Skip(left).Take(own).Select(c => (BoundExpression)new BoundColumn(c.Ordinal, c.Name, c.Type, true, span)).ToArray();
        var names = new NameScope(joined.Scope.Columns.Take(left).ToArray());
        return ((joined with { Scope = names, Rows = names }).Calling(_catalog.Functions), columns);
    }

    private (BoundFrom Joined, BoundExpression Value)? Refused(ExpressionSyntax condition)
    {
        _diagnostics.Report(SqlRules.NotSupportedYet, condition.Span, "this condition of a subquery for a value on the row around it; only equalities are");
        return null;
    }

    /// <summary>The conditions of a subquery that say what it shares with the query around.</summary>
    /// <param name="from">The query around.</param>
    /// <param name="body">The subquery.</param>
    /// <param name="other">A condition on both that is no equality between them; null: there is none.</param>
    private List<Shared> SharedBy(BoundFrom from, SelectBody body, out ExpressionSyntax? other)
    {
        other = null;
        var shared = new List<Shared>();
        if (body.Where is null)
        {
            return shared;
        }

        var unsaid = new DiagnosticBag();
        BoundFrom? inside = new FromBinder(_catalog, unsaid, new List<Relation>(), _sql, _with).Bind(body);
        if (inside is null)
        {
            return shared;
        }

        foreach (ExpressionSyntax condition in SyntaxFacts.Conditions(body.Where))
        {
            if (!IsAround(from, inside, condition))
            {
                continue;
            }

            if (condition is not BinaryExpression { Operator: "=" } equal || IsAround(from, inside, equal.Left) == IsAround(from, inside, equal.Right))
            {
                other ??= condition;
                continue;
            }

            shared.Add(IsAround(from, inside, equal.Left) ? new(condition, equal.Right, equal.Left) : new(condition, equal.Left, equal.Right));
        }

        return shared;
    }

    /// <summary>Whether an expression reads columns of the query around.</summary>
    private bool IsAround(BoundFrom from, BoundFrom inside, ExpressionSyntax expression)
    {
        int width = from.Input.Columns.Count;
        var unsaid = new DiagnosticBag();
        BoundExpression? bound = new ExpressionBinder(Scope(from, inside, width), unsaid) { Clause = "WHERE", Sql = _sql }.Bind(expression);
        return bound is not null && bound.DescendantsAndSelf().Any(e => e is BoundColumn c && c.Ordinal < width);
    }

    /// <summary>The rows of a subquery, and the conditions on them that may be about the query around as well.</summary>
    private (BoundFrom? Rows, ExpressionSyntax? Where) Rows(QuerySyntax query)
    {
        if (!IsPlain(query, out SelectBody? body))
        {
            return (new FromBinder(_catalog, _diagnostics, _reads, _sql, _with).Bind(new DerivedTable(query, false, query.Span)), null);
        }

        BoundFrom? rows = new FromBinder(_catalog, _diagnostics, _reads, _sql, _with.Concat(query.With).ToArray()).Bind(body!);
        if (rows is null || !IsIn(body!.Where))
        {
            return (rows, body!.Where);
        }

        var inside = new SubqueryBinder(_catalog, _diagnostics, _sql, _reads, _with.Concat(query.With).ToArray());
        rows = inside.Bind(rows, body with { Items = SyntaxList<SelectItem>.Empty });
        _known.AddRange(inside._known);
        return (rows, inside.Where);
    }

    /// <summary>A query that only picks rows: its conditions can be those of a join.</summary>
    private static bool IsPlain(QuerySyntax query, out SelectBody? body)
    {
        body = query.Body as SelectBody;
        return body is { GroupBy: null, Having: null, Qualify: null, From.Count: > 0 } && query is { Limit: null, Offset: null, Emit: null, Options.Count: 0 } && !body.Items.Any(i => SyntaxFacts.HasAggregate(i.Expression) || SyntaxFacts.HasOver(i.Expression));
    }

    private static bool IsAggregate(QuerySyntax query, out SelectBody? body)
    {
        body = query.Body as SelectBody;
        return body is { GroupBy: null, Having: null, Qualify: null, Distinct: false } && query is { Limit: null, Offset: null, Emit: null, With.Count: 0 } && body.Items.All(i => SyntaxFacts.HasAggregate(i.Expression));
    }

    private static ExpressionSyntax Inside(ExpressionSyntax expression) => expression is ParenthesizedExpression parenthesized ? Inside(parenthesized.Inner) : expression;

    private static IEnumerable<CallExpression> Calls(SyntaxNode node) => (node is CallExpression call ? new[] { call } : Array.Empty<CallExpression>()).Concat(SyntaxChildren.Of(node).SelectMany(Calls));

    /// <summary>What is 0 of no rows, and not NULL.</summary>
    private static bool IsCount(CallExpression call) => call.Name.Text.ToUpperInvariant() is "COUNT" or "COUNT_IF" or "APPROX_COUNT_DISTINCT";

    private static BoundColumn Column(ScopeColumn column, int width, TextSpan span) => new(column.Ordinal + width, column.Name, column.Type, column.Nullable, span);

    /// <summary>Names mean columns of the subquery before those of the query around.</summary>
    private NameScope Scope(BoundFrom from, BoundFrom right, int width) => new(right.Scope.Columns.Select(c => c with { Part = null, Ordinal = c.Ordinal + width }).ToArray()) { Functions = _catalog.Functions, Outer = from.Scope };

    private ExpressionBinder Binder(BoundFrom from, BoundFrom right, int width) => new(Scope(from, right, width), _diagnostics) { Clause = "WHERE", Sql = _sql, Known = _known };

    private List<BoundExpression>? Conditions(BoundFrom from, BoundFrom right, int width, ExpressionSyntax where) =>
        Binder(from, right, width).BindCondition(where, "WHERE") is { } bound ? JoinBinder.Split(ConstantFolding.Fold(bound)).ToList() : null;

    private BoundFrom? Join(BoundFrom from, BoundFrom right, JoinKind kind, TextSpan span, Func<int, List<BoundExpression>?> conditions)
    {
        var join = new JoinTable(new MissingTable(span), kind, new MissingTable(span), span, span);
        return new JoinBinder(_diagnostics, _sql, _catalog.Functions) { On = conditions }.Bind(join, from, right, null)?.Calling(_catalog.Functions);
    }

    /// <summary>An equality between a subquery and the query around it.</summary>
    /// <param name="Condition">Of the subquery; null where it is the IN around it.</param>
    /// <param name="Own">Its side.</param>
    /// <param name="Around">The other.</param>
    private readonly record struct Shared(ExpressionSyntax? Condition, ExpressionSyntax Own, ExpressionSyntax Around);
}
