using System.Collections.Generic;
using System.Linq;
using Laminar.Sql.Catalog;
using Laminar.Sql.Diagnostics;
using Laminar.Sql.Plan;
using Laminar.Sql.Rewrites;
using Laminar.Sql.Streaming;
using Laminar.Sql.Syntax;
using Laminar.Sql.Text;

namespace Laminar.Sql.Binding;

/// <summary>One SELECT: scan, filter, window, HAVING, projection.</summary>
internal sealed class SelectBinder
{
    private readonly ICatalog _catalog;
    private readonly DiagnosticBag _diagnostics;
    private readonly string _sql;
    private readonly List<Relation> _reads;

    public SelectBinder(ICatalog catalog, DiagnosticBag diagnostics, string sql, List<Relation> reads)
    {
        _catalog = catalog;
        _diagnostics = diagnostics;
        _sql = sql;
        _reads = reads;
    }

    /// <summary>The plan before rewrites, or null when an error was reported.</summary>
    public QueryPlan? Bind(QuerySyntax query)
    {
        if (query.Body is not SelectBody body)
        {
            string what = query.Body switch { SetBody set => set.Operator, ValuesBody => "VALUES", _ => "a query in parentheses" };
            TextSpan span = query.Body is SetBody { OperatorSpan.Length: > 0 } at ? at.OperatorSpan : query.Body.Span;
            _diagnostics.Report(SqlRules.NotSupportedYet, span, what);
            return null;
        }

        BoundFrom? from = new FromBinder(_catalog, _diagnostics, _reads).Bind(body);
        if (from is null)
        {
            return null;
        }

        bool changes = query.Emit?.Kind == EmitKind.Changes;
        var windows = new WindowBinder(from.Scope, from.Relation, _diagnostics);
        string[] aliases = body.Items.Where(i => i.Alias is not null).Select(i => i.Alias!.Text).ToArray();
        BoundExpression? where = null;
        bool failed = false;
        if (body.Where is not null)
        {
            where = new ExpressionBinder(from.Scope, _diagnostics) { Clause = "WHERE", Sql = _sql, Windows = windows, Aliases = aliases }.BindCondition(body.Where, "WHERE");
            failed = where is null;
        }

        BoundGroup? group = null;
        if (body.GroupBy is not null)
        {
            group = new GroupBinder(from, body, windows, _diagnostics, _sql).Bind(body.GroupBy);
            if (group is null)
            {
                return null;
            }

            if (from.Window is not null && !from.Window.SameAs(group.Window.Spec))
            {
                _diagnostics.Report(SqlRules.NotSupportedYet, body.GroupBy.Span, "a window over the windows of FROM");
                return null;
            }
        }

        var binder = new ExpressionBinder(from.Scope, _diagnostics) { Clause = "SELECT", Sql = _sql, AllowAggregates = true, Window = group?.Window, Windows = windows, Aliases = aliases };
        IReadOnlyList<OutputItem>? items = new SelectList(from, binder, _diagnostics).Bind(body.Items);
        BoundExpression? having = null;
        if (body.Having is not null)
        {
            having = new ExpressionBinder(from.Scope, _diagnostics) { Clause = "HAVING", Sql = _sql, AllowAggregates = true, Window = group?.Window, Windows = windows, Aliases = aliases }
                .BindCondition(body.Having, "HAVING");
            failed |= having is null;
        }

        if (failed || items is null)
        {
            return null;
        }

        if (query.Emit is { Kind: EmitKind.OnWindowClose } && group is null)
        {
            _diagnostics.Report(SqlRules.EmitWithoutWindow, query.Emit.Span, "EMIT ON WINDOW CLOSE");
            return null;
        }

        PlanNode? root = group is null ? Plain(from, where, having, items, body) : Grouped(from, group, where, having, items, changes ? EmitMode.Changes : EmitMode.OnWindowClose);
        return root is null ? null : new QueryPlan(root, from.Relation, changes);
    }

    private PlanNode? Plain(BoundFrom from, BoundExpression? where, BoundExpression? having, IReadOnlyList<OutputItem> items, SelectBody body)
    {
        BoundExpression? aggregate = items.Select(i => i.Expression).Concat(having is null ? Enumerable.Empty<BoundExpression>() : new[] { having }).Select(FirstAggregate).FirstOrDefault(a => a is not null);
        if (aggregate is not null || having is not null)
        {
            TextSpan span = aggregate?.Span ?? body.Having!.Span;
            _diagnostics.Report(SqlRules.NotSupportedYet, span, "aggregates without a window; add GROUP BY TUMBLE(ts, INTERVAL '1' MINUTE)");
            return null;
        }

        PlanNode node = from.Scan;
        int rowColumns = from.Scan.Columns.Count;
        bool onWindow = where is not null && where.DescendantsAndSelf().Any(e => e is BoundColumn c && c.Ordinal >= rowColumns);
        if (where is not null && !onWindow)
        {
            node = new FilterNode(node, where);
        }

        if (from.Window is not null)
        {
            node = new WindowAssignNode(node, from.Window.Spec, node.Columns.Concat(EventTimeAnalysis.WindowColumns(from.Window, grouped: false)).ToArray());
        }

        if (onWindow)
        {
            node = new FilterNode(node, where!);
        }

        return Project(node, items);
    }

    private PlanNode? Grouped(BoundFrom from, BoundGroup group, BoundExpression? where, BoundExpression? having, IReadOnlyList<OutputItem> items, EmitMode emit)
    {
        int rowColumns = from.Scan.Columns.Count;
        var rewriter = new GroupedRewriter(group.Window, group.Keys, rowColumns, _diagnostics);
        var outputs = new List<OutputItem>();
        bool failed = false;
        foreach (OutputItem item in items)
        {
            BoundExpression? rewritten = rewriter.Rewrite(item.Expression);
            failed |= rewritten is null;
            outputs.Add(item with { Expression = rewritten ?? item.Expression });
        }

        BoundExpression? filter = having is null ? null : rewriter.Rewrite(having);
        failed |= having is not null && filter is null;
        if (failed || !NoWindowColumnsInside(rewriter, rowColumns))
        {
            return null;
        }

        PlanNode input = from.Scan;
        var conditions = new WindowConditions(group, rewriter, rowColumns, _diagnostics);
        if (where is not null)
        {
            if (!conditions.Split(where))
            {
                return null;
            }

            input = conditions.Before is null ? input : new FilterNode(input, conditions.Before);
        }

        PlanNode node = new WindowAggregateNode(input, group.Keys, EventTimeAnalysis.Shifted(group.Window), rewriter.Aggregates.ToArray(), emit, rewriter.Columns());
        if (conditions.After is not null)
        {
            node = new FilterNode(node, conditions.After);
        }

        if (filter is not null)
        {
            node = new FilterNode(node, filter);
        }

        return Project(node, outputs);
    }

    // The aggregates see rows, not windows: in HOP a row has several.
    private bool NoWindowColumnsInside(GroupedRewriter rewriter, int rowColumns)
    {
        BoundExpression? found = rewriter.Aggregates.SelectMany(a => a.Expressions)
            .FirstOrDefault(e => e.DescendantsAndSelf().Any(x => x is BoundColumn c && c.Ordinal >= rowColumns));
        if (found is null)
        {
            return true;
        }

        _diagnostics.Report(SqlRules.NotSupportedYet, found.Span, "window columns inside an aggregate");
        return false;
    }

    private static ProjectNode Project(PlanNode input, IReadOnlyList<OutputItem> items)
    {
        PlanColumn[] columns = items
            .Select(i => new PlanColumn(i.Name, i.Expression.Type, i.Expression.Nullable) { EventTimeLag = EventTimeAnalysis.LagOf(ConstantFolding.Fold(i.Expression), input.Columns) })
            .ToArray();
        return new ProjectNode(input, items.Select(i => i.Expression).ToArray(), columns);
    }

    private static BoundAggregateReference? FirstAggregate(BoundExpression expression) => expression.DescendantsAndSelf().OfType<BoundAggregateReference>().FirstOrDefault();
}
