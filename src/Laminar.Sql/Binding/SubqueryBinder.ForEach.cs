using System.Collections.Generic;
using System.Linq;
using Laminar.Sql.Diagnostics;
using Laminar.Sql.Plan;
using Laminar.Sql.Rewrites;
using Laminar.Sql.Streaming;
using Laminar.Sql.Syntax;
using Laminar.Sql.Text;
using Laminar.Sql.Types;

namespace Laminar.Sql.Binding;

/// <summary>
/// Subqueries for a value whose conditions on the row around aren't equalities: they are asked once for each combination of the columns that they read of it, and joined by those
/// (Neumann, Kemper: Unnesting Arbitrary Queries, BTW 2015).
/// </summary>
internal sealed partial class SubqueryBinder
{
    private (BoundFrom Joined, BoundExpression Value)? ForEach(BoundFrom from, QuerySyntax query, SelectBody body, ExpressionSyntax condition)
    {
        TextSpan span = body.Items[0].Expression.Span;
        bool counts = Inside(body.Items[0].Expression) is CallExpression call && IsCount(call);
        if (!counts && Calls(body.Items[0].Expression).Any(IsCount))
        {
            _diagnostics.Report(SqlRules.NotSupportedYet, span, "what is computed from a count in a subquery that goes by the row around it; select the count alone");
            return null;
        }

        if (ForEachRow(from, query, body, condition) is not var (joined, columns))
        {
            return null;
        }

        return (joined, counts ? new BoundCoalesce(new[] { columns[0], new BoundLiteral(0L, SqlType.BigInt, span) }, SqlType.BigInt, false, span) : columns[0]);
    }

    /// <summary>The columns of a subquery's groups, for each row around.</summary>
    private (BoundFrom Joined, BoundExpression[] Columns)? ForEachRow(BoundFrom from, QuerySyntax query, SelectBody body, ExpressionSyntax condition)
    {
        from = from.Window is null ? from : from.AsInner();
        if (IsIn(body.Where))
        {
            Refused(condition);
            return null;
        }

        if (new FromBinder(_catalog, _diagnostics, _reads, _sql, _with.Concat(query.With).ToArray()).Bind(body) is not { } inside)
        {
            return null;
        }

        int width = from.Input.Columns.Count;
        if (Conditions(from, inside, width, body.Where!) is not { } conditions)
        {
            return null;
        }

        BoundColumn[] read = conditions.SelectMany(c => c.DescendantsAndSelf()).OfType<BoundColumn>().Where(c => c.Ordinal < width).GroupBy(c => c.Ordinal).Select(g => g.First()).OrderBy(c => c.Ordinal).ToArray();

        // Who is NULL around matches nothing where conditions only compare: as in a join by equal keys.
        bool rejectsNull = conditions.Where(c => c.DescendantsAndSelf().Any(e => e is BoundColumn column && column.Ordinal < width)).All(c => c is BoundBinary { Operator: BinaryOperator.Equal or BinaryOperator.NotEqual or BinaryOperator.Less or BinaryOperator.LessOrEqual or BinaryOperator.Greater or BinaryOperator.GreaterOrEqual }
            && !c.DescendantsAndSelf().Any(e => e is BoundIsNull or BoundCoalesce or BoundCase or BoundCall or BoundBinary { Operator: BinaryOperator.Or or BinaryOperator.And or BinaryOperator.Distinct or BinaryOperator.NotDistinct }));
        if (!rejectsNull && read.Any(c => c.Nullable))
        {
            Refused(condition);
            return null;
        }

        BoundFrom rows = Combinations(from, read, condition.Span);
        int[] places = read.Select(c => c.Ordinal).ToArray();
        BoundExpression Moved(BoundExpression e) => e is BoundColumn c ? c with { Ordinal = c.Ordinal < width ? System.Array.IndexOf(places, c.Ordinal) : c.Ordinal - width + read.Length } : ExpressionRewriter.Children(e, Moved);
        if (Join(rows, inside, JoinKind.Inner, condition.Span, _ => conditions.Select(Moved).ToList()) is not { } pairs)
        {
            return null;
        }

        // Groups by what was read; the subquery's own names come before those around.
        var keys = read.Select((c, i) => (Syntax: (ExpressionSyntax)new ColumnExpression(new QualifiedName(new SyntaxList<Identifier>(new[] { new Identifier(c.Name, true, condition.Span) }), condition.Span), condition.Span), Bound: (BoundExpression)(c with { Ordinal = pairs.Scope.Columns[i].Ordinal }))).ToArray();
        ScopeColumn[] columns = pairs.Scope.Columns.ToArray();
        var scope = new NameScope(columns.Skip(read.Length).ToArray()) { Functions = _catalog.Functions, Outer = new NameScope(columns.Take(read.Length).ToArray()) };
        SelectBody grouped = body with
        {
            Items = new SyntaxList<SelectItem>(body.Items.Concat(keys.Select(k => new SelectItem(k.Syntax, null, condition.Span))).ToArray()),
            Where = null,
            GroupBy = new GroupByClause(new SyntaxList<GroupingElement>(keys.Select(k => new GroupingElement(GroupingKind.Expression, new SyntaxList<SyntaxList<ExpressionSyntax>>(new[] { new SyntaxList<ExpressionSyntax>(new[] { k.Syntax }) }), condition.Span)).ToArray()), condition.Span),
        };
        if (new SelectBinder(_catalog, _diagnostics, _sql, _reads, _with).Bind(query with { OrderBy = SyntaxList<OrderItem>.Empty }, grouped, pairs with { Scope = scope, Rows = scope }, keys) is not { } groups)
        {
            return null;
        }

        ScanNode scan = InnerQueries.Scan(groups);
        var names = new NameScope(scan.Columns.Select((c, i) => new ScopeColumn(string.Empty, c.Name, i, c.Type, c.Nullable, c.EventTimeLag)).ToArray());
        int own = body.Items.Count;
        return Joined(from, new BoundFrom(scan.Relation, scan, names, names, null) { Changing = condition.Span }, own, condition.Span, at =>
            read.Select((c, i) => (BoundExpression)new BoundBinary(BinaryOperator.Equal, c, Column(names.Columns[own + i], at, condition.Span), SqlType.Boolean, c.Nullable, condition.Span)).ToList());
    }

    /// <summary>The combinations that there are of some columns, each once, under the names that they have around.</summary>
    private static BoundFrom Combinations(BoundFrom from, IReadOnlyList<BoundColumn> read, TextSpan span)
    {
        PlanColumn[] columns = read.Select(c => from.Input.Columns[c.Ordinal]).ToArray();
        ScanNode all = InnerQueries.Scan(new QueryPlan(new ProjectNode(from.Input, read.ToArray(), columns), from.Relation, from.Changing is not null));
        BoundExpression[] keys = all.Columns.Select((c, i) => (BoundExpression)new BoundColumn(i, c.Name, c.Type, c.Nullable, span)).ToArray();
        var window = GroupWindow.Whole(all, span);
        WindowSpec spec = WindowSpec.Whole(new BoundLiteral(EventTime.Epoch(window.Type), window.Type, span));
        PlanColumn[] once = all.Columns.Select(c => c with { EventTimeLag = null }).ToArray();
        var groups = new WindowAggregateNode(all, keys, spec, System.Array.Empty<BoundAggregate>(), EmitMode.Changes, once.Concat(EventTimeAnalysis.WindowColumns(window, grouped: true)).ToArray());
        ScanNode scan = InnerQueries.Scan(new QueryPlan(new ProjectNode(groups, keys, once), all.Relation, from.Changing is not null));
        var names = new NameScope(read.Select((c, i) => (Of: from.Scope.Columns.FirstOrDefault(s => s.Ordinal == c.Ordinal), c, i)).Select(x => new ScopeColumn(x.Of?.Table ?? string.Empty, x.Of?.Name ?? x.c.Name, x.i, x.c.Type, x.c.Nullable, null)).ToArray());
        return new BoundFrom(scan.Relation, scan, names, names, null) { Changing = from.Changing is not null ? span : null };
    }
}
