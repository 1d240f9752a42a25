using System;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using Laminar.Sql.Catalog;
using Laminar.Sql.Diagnostics;
using Laminar.Sql.Plan;
using Laminar.Sql.Rewrites;
using Laminar.Sql.Syntax;
using Laminar.Sql.Text;

namespace Laminar.Sql.Binding;

/// <summary>What a query says about its result's rows besides their columns.</summary>
/// <param name="Qualify">Keeps rows; null: all.</param>
/// <param name="Limit">ORDER BY, LIMIT and OFFSET; null without.</param>
internal sealed record OverClauses(BoundExpression? Qualify, BoundLimit? Limit)
{
    public IEnumerable<BoundExpression> Expressions => (Limit?.OrderBy.Select(o => o.Key) ?? Array.Empty<BoundExpression>()).Concat(Qualify is null ? Array.Empty<BoundExpression>() : [Qualify]);
}

/// <content>Functions over partitions, QUALIFY, ORDER BY and LIMIT.</content>
internal sealed partial class SelectBinder
{
    /// <summary>Where ORDER BY, LIMIT and OFFSET stand.</summary>
    private static TextSpan? OrderSpan(QuerySyntax query)
    {
        TextSpan[] spans = [.. query.OrderBy.Select(o => o.Span), .. new[] { query.Limit, query.Offset }.Where(e => e is not null).Select(e => e!.Span)];
        return spans.Length == 0 ? null : spans.Aggregate(TextSpan.Cover);
    }

    private OverClauses? Around(QuerySyntax query, SelectBody body, IReadOnlyList<OutputItem> items, Func<string, ExpressionBinder> binder)
    {
        BoundExpression? qualify = null;
        if (body.Qualify is not null)
        {
            qualify = binder("QUALIFY").Seeing(items).BindCondition(body.Qualify, "QUALIFY");
            if (qualify is null)
            {
                return null;
            }

            if (!OverPlanner.IsIn(qualify) && !items.Any(i => OverPlanner.IsIn(i.Expression)))
            {
                _diagnostics.Report(SqlRules.QualifyWithoutOver, body.Qualify.Span);
                return null;
            }
        }

        if (OrderSpan(query) is not { } span)
        {
            return new OverClauses(qualify, null);
        }

        var order = new List<BoundOrder>();
        foreach (OrderItem item in query.OrderBy)
        {
            ExpressionBinder keys = binder("ORDER BY").Seeing(items);
            BoundExpression? key = Named(item.Expression, items) ?? (Ordinal(item.Expression, items, out bool failed) is { } counted ? counted : failed ? null : keys.Bind(item.Expression));
            if (key is null || new OverCall(keys, body.Windows, _diagnostics).Order(item, key) is not { } bound)
            {
                return null;
            }

            if (key is not BoundOver && OverPlanner.IsIn(key))
            {
                _diagnostics.Report(SqlRules.NotSupportedYet, item.Span, "ORDER BY of what is computed from a function with OVER; compute it in a subquery");
                return null;
            }

            order.Add(bound);
        }

        long? take = query.Limit is null ? long.MaxValue : Count(query.Limit, "LIMIT", 1);
        long? skip = query.Offset is null ? 0 : Count(query.Offset, "OFFSET", 0);
        return take is null || skip is null ? null : new OverClauses(qualify, new BoundLimit(order, skip.Value, take.Value, span));
    }

    /// <summary>ORDER BY names a column of the result before one of the input.</summary>
    private static BoundExpression? Named(ExpressionSyntax syntax, IReadOnlyList<OutputItem> items) =>
        syntax is ColumnExpression { Name: { Parts.Count: 1, Last.Text: var name } } ? items.FirstOrDefault(i => SqlName.Same(i.Name, name))?.Expression : null;

    private BoundExpression? Ordinal(ExpressionSyntax syntax, IReadOnlyList<OutputItem> items, out bool failed)
    {
        failed = false;
        if (syntax is not LiteralExpression { Text: var text } || !long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out long number))
        {
            return null;
        }

        failed = number < 1 || number > items.Count;
        if (failed)
        {
            _diagnostics.Report(SqlRules.OrdinalOutOfRange, syntax.Span, "ORDER BY " + text, items.Count.ToString(CultureInfo.InvariantCulture));
            return null;
        }

        return items[(int)number - 1].Expression;
    }

    private long? Count(ExpressionSyntax syntax, string clause, long least)
    {
        BoundExpression? bound = new ExpressionBinder(NameScope.Empty, _diagnostics) { Clause = clause, Sql = _sql }.Bind(syntax);
        if (bound is null)
        {
            return null;
        }

        if (ConstantFolding.Fold(bound) is BoundLiteral { Value: not null } literal && literal.Type.IsInteger
            && Convert.ToDecimal(literal.Value, CultureInfo.InvariantCulture) is var number && number >= least && number <= int.MaxValue)
        {
            return (long)number;
        }

        _diagnostics.Report(SqlRules.ConstantRequired, syntax.Span, clause, $", a whole number from {least} on");
        return null;
    }

    private QueryPlan? Over(
        QuerySyntax query, SelectBody body, BoundFrom from, BoundGroup? group, BoundExpression? where, BoundExpression? having, IReadOnlyList<OutputItem> items, WindowBinder windows, OverClauses around)
    {
        string what = around.Limit is not null ? "ORDER BY and LIMIT" : "OVER";
        TextSpan place = around.Limit?.Span ?? body.Qualify?.Span ?? items.First(i => OverPlanner.IsIn(i.Expression)).Expression.Span;
        if (body.Distinct)
        {
            if (around.Limit is null)
            {
                return DistinctOver(query, body, from, group, where, having, items, windows, around);
            }

            _diagnostics.Report(SqlRules.NotSupportedYet, body.DistinctSpan, $"SELECT DISTINCT with {what} of groups or windows; compute it in a subquery");
            return null;
        }

        if (query.LateData is { } late)
        {
            _diagnostics.Report(SqlRules.NotSupportedYet, late.Span, $"LATE DATA TO with {what}; make the groups a query of their own");
            return null;
        }

        EmitClause? emit = query.Emit;
        bool tellsChanges = group is null && emit is { Kind: EmitKind.Changes };
        query = tellsChanges ? query with { Emit = null } : query;
        OptionSyntax? kept = null;
        long? ttl = group is { Window.IsWhole: true } ? 0 : new QueryOptions(_diagnostics).PartitionTtl(query, out kept, out query);
        if (ttl is null || new EmissionBinder(windows, _diagnostics).Bind(query, group?.Window) is not { } emission)
        {
            return null;
        }

        if (emission is { IsUpdating: true, Mode: not EmitMode.Changes } or { Lateness: > 0 })
        {
            _diagnostics.Report(SqlRules.NotSupportedYet, place, $"{what} over groups that are emitted otherwise than ON WINDOW CLOSE or as CHANGES");
            return null;
        }

        BoundExpression[] window = group is { Window.IsWhole: false } ? Enumerable.Range(0, 3).Select(i => (BoundExpression)new BoundWindowReference((WindowPart)i, group.Window.Type, place)).ToArray()
            : group is null && from.Window is not null ? from.Scope.Columns.Where(c => c.Part is not null).Select(c => (BoundExpression)new BoundColumn(c.Ordinal, c.Name, c.Type, c.Nullable, place)).ToArray()
            : Array.Empty<BoundExpression>();
        if (around.Limit is { } limit)
        {
            if (window.Length == 0 && limit.Take == long.MaxValue)
            {
                _diagnostics.Report(SqlRules.UnboundedOrder, limit.Span);
                return null;
            }

            if (window.Length > 0 && query.Limit is not null)
            {
                _diagnostics.Report(SqlRules.LimitPerWindow, query.Limit.Span, "LIMIT");
            }
        }

        QueryPlan? Inner(IReadOnlyList<OutputItem> columns)
        {
            PlanNode? root = group is not null ? Grouped(from, group, where, having, columns, emission) : Plain(from, where, columns);
            return root is null ? null : new QueryPlan(root, from.Relation, from.Changing is null ? emission.IsUpdating : IsUpdating(root, from));
        }

        long? lag = group is null && from.Window is { IsSession: false } of ? of.TimeLag + of.Spec.LongestSize : null;
        QueryPlan? plan = new OverPlanner(_diagnostics, group?.Keys ?? Array.Empty<BoundExpression>(), Inner, lag) { StateTtl = ttl.Value, TtlSpan = kept?.Span ?? default }.Plan(items, around.Qualify, around.Limit, window);
        if (plan is not null && tellsChanges && !plan.IsUpdating)
        {
            // Rows that come once and are never taken back, as changes.
            return InnerQueries.Inserting(plan);
        }

        return plan is { IsUpdating: true } && RefusedEmission(query.Emit) ? null : plan;
    }

    /// <summary>Equal rows of what functions over partitions give, once.</summary>
    private QueryPlan? DistinctOver(
        QuerySyntax query, SelectBody body, BoundFrom from, BoundGroup? group, BoundExpression? where, BoundExpression? having, IReadOnlyList<OutputItem> items, WindowBinder windows, OverClauses around)
    {
        QuerySyntax plain = group is null && query.Emit is { Kind: EmitKind.Changes } ? query with { Emit = null } : query;
        return Over(plain, body with { Distinct = false }, from, group, where, having, items, windows, around) is { } rows ? DistinctOf(query with { Options = SyntaxList<OptionSyntax>.Empty }, body, rows) : null;
    }

    /// <summary>Rows that change, and the first rows of a stream, come as changes and in no other way.</summary>
    private bool RefusedEmission(EmitClause? emit)
    {
        if (emit is null or { Kind: EmitKind.Changes })
        {
            return false;
        }

        _diagnostics.Report(SqlRules.NotSupportedYet, emit.Span, "anything but EMIT CHANGES of rows that change");
        return true;
    }
}
