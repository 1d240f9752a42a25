using System.Collections.Generic;
using System.Linq;
using Laminar.Sql.Catalog;
using Laminar.Sql.Diagnostics;
using Laminar.Sql.Functions.Aggregates;
using Laminar.Sql.Plan;
using Laminar.Sql.Rewrites;
using Laminar.Sql.Streaming;
using Laminar.Sql.Syntax;
using Laminar.Sql.Text;
using Laminar.Sql.Types;

namespace Laminar.Sql.Binding;

/// <summary>One SELECT: scan, filter, window, HAVING, projection.</summary>
internal sealed partial class SelectBinder
{
    private readonly ICatalog _catalog;
    private readonly DiagnosticBag _diagnostics;
    private readonly string _sql;
    private readonly List<Relation> _reads;
    private readonly IReadOnlyList<CommonTableExpression> _with;

    /// <summary>What subqueries for a value have become.</summary>
    private IReadOnlyList<(ExpressionSyntax Syntax, BoundExpression Bound)> _known = System.Array.Empty<(ExpressionSyntax, BoundExpression)>();

    /// <param name="catalog">What names mean.</param>
    /// <param name="diagnostics">Where errors go.</param>
    /// <param name="sql">The whole text.</param>
    /// <param name="reads">Gets what is read.</param>
    /// <param name="with">Common table expressions of the queries around.</param>
    public SelectBinder(ICatalog catalog, DiagnosticBag diagnostics, string sql, List<Relation> reads, IReadOnlyList<CommonTableExpression>? with = null)
    {
        _with = with ?? System.Array.Empty<CommonTableExpression>();
        _catalog = catalog;
        _diagnostics = diagnostics;
        _sql = sql;
        _reads = reads;
    }

    /// <summary>The plan before rewrites, or null when an error was reported.</summary>
    public QueryPlan? Bind(QuerySyntax query)
    {
        bool isBare = query is { Emit: null, AllowLateness: null, LateData: null, Options.Count: 0 } && OrderSpan(query) is null;
        switch (query.Body)
        {
            case SetBody set when OrderSpan(query) is null:
                return Union(query, set);
            case NestedBody { Query: var nested } when isBare:
                return Bind(nested with { With = new SyntaxList<CommonTableExpression>(query.With.Concat(nested.With).ToArray()) });
            case ValuesBody values when isBare:
                return new ConstantRows(_diagnostics, _catalog.Functions, _sql).Bind(values);
            case not SelectBody:
                return Bind(AsTable(query));
            case SelectBody { Distinct: true, GroupBy: null } distinct when OrderSpan(query) is not null && !SyntaxFacts.IsGrouped(distinct) && !distinct.From.Any(f => f is WindowTable):
                return Bind(AsTable(query));
        }

        var body = (SelectBody)query.Body;
        OptionSyntax? ttl = QueryOptions.OfJoins(query, body);
        var tables = new FromBinder(_catalog, _diagnostics, _reads, _sql, _with.Concat(query.With).ToArray()) { StateTtl = ttl, TellsChanges = query.Emit is { Kind: EmitKind.Changes } && !SyntaxFacts.IsGrouped(body) };
        BoundFrom? from = tables.Bind(body);
        if (from is null || (from.Table is not null && tables.IsAlone(from, body.From[0].Span)))
        {
            return null;
        }

        from = from.Calling(_catalog.Functions);
        if (ttl is not null && (body.GroupBy is null ? !body.Distinct && !SyntaxFacts.IsGrouped(body) : body.GroupBy.Elements.Any(e => e.Sets.Any(x => x.Any(k => k is CallExpression call && WindowCall.Parse(call) is not null)))))
        {
            // It is of the joins alone: a window's groups go with it.
            query = QueryOptions.WithoutTtl(query);
        }

        if (!SubqueryBinder.IsIn(body.Where) && !SubqueryBinder.IsIn(body.Having) && !SubqueryBinder.IsIn(body.GroupBy) && !body.Items.Any(i => SubqueryBinder.IsIn(i.Expression)))
        {
            return Bind(query, body, from);
        }

        if (GroupedSubqueries.Of(query, body, from.Scope) is { } grouped)
        {
            return OverGroups(grouped, query);
        }

        var subqueries = new SubqueryBinder(_catalog, _diagnostics, _sql, _reads, _with.Concat(query.With).ToArray());
        from = subqueries.Bind(from, body);
        _known = subqueries.Known;
        return from is null ? null : Bind(query, body with { Where = subqueries.Where }, from);
    }

    /// <summary>A query that asks subqueries about groups, which another makes.</summary>
    private QueryPlan? OverGroups(GroupedSubqueries grouped, QuerySyntax query)
    {
        if (Bind(grouped.Inner) is not { } groups)
        {
            return null;
        }

        BoundFrom? from = grouped.From(groups, out var known);
        var subqueries = new SubqueryBinder(_catalog, _diagnostics, _sql, _reads, _with.Concat(query.With).ToArray(), known);
        from = subqueries.Bind(from, grouped.OuterBody);
        _known = subqueries.Known;
        return from is null ? null : Bind(grouped.Outer, grouped.OuterBody with { Where = subqueries.Where }, from);
    }

    /// <summary>A query whose FROM is bound already.</summary>
    /// <param name="query">Its clauses.</param>
    /// <param name="body">Its body.</param>
    /// <param name="from">What FROM is.</param>
    /// <param name="known">What expressions in it have become.</param>
    public QueryPlan? Bind(QuerySyntax query, SelectBody body, BoundFrom from, IReadOnlyList<(ExpressionSyntax Syntax, BoundExpression Bound)> known)
    {
        _known = known;
        return Bind(query with { Body = body }, body, from);
    }

    private QueryPlan? Bind(QuerySyntax query, SelectBody body, BoundFrom from)
    {
        var windows = new WindowBinder(from.Scope, from.Relation, _diagnostics);
        string[] aliases = body.Items.Where(i => i.Alias is not null).Select(i => i.Alias!.Text).ToArray();
        BoundExpression? where = null;
        bool failed = false;
        if (body.Where is not null)
        {
            where = new ExpressionBinder(from.Scope, _diagnostics) { Clause = "WHERE", Sql = _sql, Windows = windows, Aliases = aliases, Known = _known }.BindCondition(body.Where, "WHERE");
            failed = where is null;
        }

        BoundGroup? group = null;
        if (body.GroupBy is not null)
        {
            if (from.StandsApart)
            {
                return Bind(query, body, from.OverInner());
            }

            var groups = new GroupBinder(from, body, windows, _diagnostics, _sql, _known);
            group = groups.Bind(body.GroupBy);
            if (groups.NeedsRowsOfWindows)
            {
                return Bind(query, body, from.AsInner());
            }

            if (group is null)
            {
                return null;
            }
        }

        // All of time has no bounds that anybody could ask for.
        GroupWindow? window = group?.Window is { IsWhole: false } bounded ? bounded : null;
        ExpressionBinder Binder(string clause) =>
            new(from.Scope, _diagnostics)
            {
                Clause = clause, Sql = _sql, AllowAggregates = true, IsGlobal = body.GroupBy is null, GivesNone = group?.GivesNone == true, Window = window, Windows = windows, Aliases = aliases,
                AllowOver = clause is not "HAVING", NamedWindows = body.Windows, Known = _known,
            };
        IReadOnlyList<OutputItem>? items = new SelectList(from, Binder("SELECT"), _diagnostics).Bind(body.Items);
        BoundExpression? having = null;
        if (body.Having is not null)
        {
            having = Binder("HAVING").BindCondition(body.Having, "HAVING");
            failed |= having is null;
        }

        if (failed || items is null)
        {
            return null;
        }

        bool looksAround = body.Qualify is not null || OrderSpan(query) is not null || items.Any(i => OverPlanner.IsIn(i.Expression));
        OverClauses? around = looksAround ? Around(query, body, items, Binder) : null;
        if (looksAround && around is null)
        {
            return null;
        }

        bool hasAggregates = having is not null || around?.Expressions.Any(e => FirstAggregate(e) is not null) == true || items.Any(i => FirstAggregate(i.Expression) is not null);
        if (from.Changing is not null && !((group is not null || hasAggregates) && query.Emit is { Kind: EmitKind.OnWindowClose or EmitKind.Final }) && RefusedEmission(query.Emit))
        {
            return null;
        }

        if (group is null && hasAggregates)
        {
            if (from.StandsApart || from.Window is not null)
            {
                return from.Window is { IsSession: true } ? SessionRows(from.Window) : Bind(query, body, from.AsInner());
            }

            group = Global(from, body, items);
        }

        if (around is not null)
        {
            return Over(query, body, from, group, where, having, items, windows, around);
        }

        if (body.Distinct && group is not null)
        {
            return DistinctGroups(query, body, from, group, where, having, items, windows);
        }

        if (body.Distinct && (from.StandsApart || from.Window is not null))
        {
            return from.Window is { IsSession: true } ? SessionRows(from.Window) : Bind(query, body, from.AsInner());
        }

        Emission? emission = new EmissionBinder(windows, _diagnostics).Bind(query, body.Distinct ? GroupWindow.Whole(from.Input, body.DistinctSpan) : group?.Window);
        if (emission is null)
        {
            return null;
        }

        PlanNode? root = group is not null ? Grouped(from, group, where, having, items, emission)
            : body.Distinct ? Distinct(from, Plain(from, where, items), emission, body)
            : Plain(from, where, items);

        return Finish(query, body, from, root, group is null ? body.DistinctSpan : body.GroupBy?.Span ?? default, emission);
    }

    private QueryPlan? Finish(QuerySyntax query, SelectBody body, BoundFrom from, PlanNode? root, TextSpan groups, Emission emission)
    {
        WarnOfGrowth(root, groups);

        // DISTINCT puts out each row once, at its first sight, and takes none back.
        bool isUpdating = from.Changing is null ? emission.IsUpdating && (!body.Distinct || query.Emit is not null) : IsUpdating(root, from);
        return root is null ? null : new QueryPlan(root, root.DownToScan().OfType<ScanNode>().Single().Relation, isUpdating) { LateTo = query.LateData?.Target.Text, LateSpan = query.LateData?.Target.Span ?? default };
    }

    /// <summary>Whether a query over rows that change puts out such rows: groups that are told when their window closes don't.</summary>
    private static bool IsUpdating(PlanNode? root, BoundFrom from) =>
        root?.DownToScan().OfType<WindowAggregateNode>().FirstOrDefault() is { } groups ? groups.IsUpdating : from.Changing is not null;

    private void WarnOfGrowth(PlanNode? root, TextSpan span)
    {
        if (root?.DownToScan().First(n => n is not (ProjectNode or FilterNode)) is not WindowAggregateNode { Window.Kind: WindowKind.Whole, StateTtl: 0 } groups
            || root.DownToScan().OfType<ScanNode>().Single() is { IsConstant: true } or { Relation.IsUpdating: true })
        {
            return;
        }

        if (groups.Keys.Count > 0)
        {
            _diagnostics.Report(SqlRules.UnboundedGroups, span, PlanText.BytesPerKey(groups));
        }
        else if (groups.Aggregates.FirstOrDefault(a => a.KeepsValues) is { } values)
        {
            _diagnostics.Report(SqlRules.UnboundedValues, values.Span, values.Distinct ? "the distinct values" : values.Function.Beside ?? "its values");
        }
    }

    /// <summary>Aggregates without GROUP BY: one group of all rows.</summary>
    private static BoundGroup Global(BoundFrom from, SelectBody body, IReadOnlyList<OutputItem> items)
    {
        TextSpan span = items.Select(i => FirstAggregate(i.Expression)).FirstOrDefault(a => a is not null)?.Span ?? body.Having!.Span;
        return new BoundGroup(System.Array.Empty<BoundExpression>(), GroupWindow.Whole(from.Input, span));
    }

    private QueryPlan? SessionRows(GroupWindow sessions)
    {
        _diagnostics.Report(SqlRules.NotSupportedYet, sessions.Span, "rows of a session one by one; GROUP BY window_start, window_end gives each session once");
        return null;
    }

    /// <summary>SELECT DISTINCT over groups. Where the keys and the window are among the columns no two rows are equal; otherwise DISTINCT reads what the groups put out.</summary>
    private QueryPlan? DistinctGroups(
        QuerySyntax query, SelectBody body, BoundFrom from, BoundGroup group, BoundExpression? where, BoundExpression? having, IReadOnlyList<OutputItem> items, WindowBinder windows)
    {
        // Windows of CUMULATE begin together: their start tells none from the others.
        bool startTells = group.Window.Spec.Kind != WindowKind.Cumulate;
        int start = from.Input.Columns.Count;
        bool hasWindow = group.Window.IsWhole
            || items.Any(i => i.Expression is BoundWindowReference window ? startTells || window.Part != WindowPart.Start : i.Expression is BoundColumn c && c.Ordinal >= start && (startTells || c.Ordinal != start));
        if (hasWindow && group.Sets is null && group.Keys.All(k => items.Any(i => ExpressionComparer.Same(i.Expression, k))))
        {
            return Bind(query, body with { Distinct = false }, from);
        }

        QuerySyntax plain = query with { Emit = null, Options = SyntaxList<OptionSyntax>.Empty };
        Emission? inside = new EmissionBinder(windows, _diagnostics).Bind(plain, group.Window);
        if (inside is null)
        {
            return null;
        }

        if (Grouped(from, group, where, having, items, inside) is not { } groups)
        {
            return null;
        }

        return DistinctOf(query, body, new QueryPlan(groups, from.Relation, inside.IsUpdating));
    }

    /// <summary>Equal rows of a query, once.</summary>
    private QueryPlan? DistinctOf(QuerySyntax query, SelectBody body, QueryPlan rows)
    {
        ScanNode scan = InnerQueries.Scan(rows);
        var scope = new NameScope(scan.Columns.Select((c, i) => new ScopeColumn(string.Empty, c.Name, i, c.Type, c.Nullable, c.EventTimeLag)).ToArray());
        var over = new BoundFrom(scan.Relation, scan, scope, scope, null) { Changing = rows.IsUpdating ? body.DistinctSpan : null };
        Emission? emission = new EmissionBinder(new WindowBinder(scope, scan.Relation, _diagnostics), _diagnostics).Bind(query with { AllowLateness = null }, GroupWindow.Whole(scan, body.DistinctSpan));
        OutputItem[] same = scan.Columns.Select((c, i) => new OutputItem(rows.Columns[i].Name, new BoundColumn(i, c.Name, c.Type, c.Nullable, body.DistinctSpan))).ToArray();
        return emission is null ? null : Finish(query, body, over, Distinct(over, Plain(over, null, same), emission, body), body.DistinctSpan, emission);
    }

    /// <summary>Rows as they are, once each: groups of which nothing is asked but their keys.</summary>
    private PlanNode? Distinct(BoundFrom from, PlanNode? rows, Emission emission, SelectBody body)
    {
        string what = body.Items.Count == 0 ? "UNION" : "SELECT DISTINCT";
        if (rows is null || !rows.Columns.Select((c, i) => NestedKeys.CanBe(c.Type, what, i < body.Items.Count && rows.Columns.Count == body.Items.Count ? body.Items[i].Expression.Span : body.DistinctSpan, _diagnostics)).ToArray().All(can => can))
        {
            return null;
        }

        var window = GroupWindow.Whole(from.Input, body.DistinctSpan);
        BoundExpression[] keys = rows.Columns.Select((c, i) => (BoundExpression)new BoundColumn(i, c.Name, c.Type, c.Nullable, body.DistinctSpan)).ToArray();
        PlanColumn[] columns = rows.Columns.Concat(EventTimeAnalysis.WindowColumns(window, grouped: true)).ToArray();
        PlanNode input = rows;
        WindowSpec spec = WindowSpec.Whole(new BoundLiteral(EventTime.Epoch(window.Type), window.Type, body.DistinctSpan));
        if (emission.StateTtl > 0 && rows is ProjectNode project && window.Spec.Time is BoundColumn time)
        {
            // Which rows were seen is forgotten by their time, which needn't be among their columns.
            input = project with
            {
                Expressions = project.Expressions.Append(time).ToArray(),
                Columns = project.Columns.Append(from.Input.Columns[time.Ordinal]).ToArray(),
            };
            spec = WindowSpec.Whole(new BoundColumn(project.Columns.Count, time.Name, time.Type, time.Nullable, time.Span));
        }

        var node = new WindowAggregateNode(input, keys, spec, System.Array.Empty<BoundAggregate>(), emission.Mode, columns) { EmitInterval = emission.Interval, StateTtl = emission.StateTtl };
        return new ProjectNode(node, keys, rows.Columns);
    }

    private PlanNode? Plain(BoundFrom from, BoundExpression? where, IReadOnlyList<OutputItem> items)
    {
        PlanNode node = from.Input;
        int rowColumns = from.Input.Columns.Count;
        bool onWindow = where is not null && where.DescendantsAndSelf().Any(e => e is BoundColumn c && c.Ordinal >= rowColumns);
        if (where is not null && !onWindow)
        {
            node = new FilterNode(node, where);
        }

        if (from.Window is { IsSession: true })
        {
            SessionRows(from.Window);
            return null;
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

    private PlanNode? Grouped(BoundFrom from, BoundGroup group, BoundExpression? where, BoundExpression? having, IReadOnlyList<OutputItem> items, Emission emission)
    {
        int rowColumns = from.Input.Columns.Count;
        var rewriter = new GroupedRewriter(group.Window, group.Keys, rowColumns, _diagnostics, group.Sets);
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

        PlanNode input = from.Input;
        var conditions = new WindowConditions(group, rewriter, rowColumns, _diagnostics);
        if (where is not null)
        {
            if (!conditions.Split(where))
            {
                return null;
            }

            input = conditions.Before is null ? input : new FilterNode(input, conditions.Before);
        }

        IReadOnlyList<BoundExpression> keys = group.Keys;
        WindowSpec spec = EventTimeAnalysis.Shifted(group.Window);
        IReadOnlyList<BoundAggregate> aggregates = rewriter.Aggregates.ToArray();
        if (group.Sets is not null)
        {
            (input, keys, spec, aggregates) = group.Sets.Expand(input, keys, rewriter.KeyNames, spec, aggregates);
            if (group.Window.IsSession || emission.StateTtl > 0)
            {
                // Groups of a time of their own are looked for row by row: they take the rows of sets one by one.
                (input, keys, spec, aggregates) = GroupingSets.Apart(from.Relation, input, keys, spec, aggregates);
            }
        }

        PlanNode node = new WindowAggregateNode(input, keys, spec, aggregates, emission.Mode, rewriter.Columns())
        {
            EmitInterval = emission.Interval,
            Lateness = emission.Lateness,
            StateTtl = emission.StateTtl,
            EmptySets = group.GivesNone && emission.StateTtl == 0 ? group.Sets!.Empty : System.Array.Empty<int>(),
        };
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
            .Select(i => input is ScanNode { Inner.Count: 0, IsConstant: true } ? ConstantRows.Column(i.Name, i.Expression) : new PlanColumn(i.Name, i.Expression.Type, i.Expression.Nullable) { EventTimeLag = EventTimeAnalysis.LagOf(ConstantFolding.Fold(i.Expression), input.Columns) })
            .ToArray();
        return new ProjectNode(input, items.Select(i => i.Expression).ToArray(), columns);
    }

    private static BoundAggregateReference? FirstAggregate(BoundExpression expression) => expression.DescendantsAndSelf().OfType<BoundAggregateReference>().FirstOrDefault();
}
