using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using Laminar.Sql.Catalog;
using Laminar.Sql.Diagnostics;
using Laminar.Sql.Plan;
using Laminar.Sql.Rewrites;
using Laminar.Sql.Streaming;
using Laminar.Sql.Syntax;
using Laminar.Sql.Text;
using Laminar.Sql.Types;

namespace Laminar.Sql.Binding;

/// <summary>What FROM came to: the scan, the names in it, and the window of a table function.</summary>
/// <param name="Relation">What is read.</param>
/// <param name="Input">The scan of it, or the plan of a subquery over that.</param>
/// <param name="Rows">Names over the input alone.</param>
/// <param name="Scope">Names as the query sees them: with the window columns of a table function.</param>
/// <param name="Window">The table function's window, or null.</param>
internal sealed record BoundFrom(Relation Relation, PlanNode Input, NameScope Rows, NameScope Scope, GroupWindow? Window)
{
    /// <summary>Of a subquery that groups, makes rows distinct or assigns windows: where it stands.</summary>
    public TextSpan? Stateful { get; init; }

    /// <summary>The first UNNEST.</summary>
    public TextSpan? Unnested { get; init; }

    /// <summary>The first join with a reference table.</summary>
    public TextSpan? LookedUp { get; init; }

    /// <summary>A reference table, which isn't joined with a stream yet.</summary>
    public Relation? Table { get; init; }

    /// <summary>Of a subquery whose rows change: where it stands.</summary>
    public TextSpan? Changing { get; init; }

    /// <summary>The rows can't be grouped, or put into windows, by the operator that makes them.</summary>
    public bool StandsApart => Stateful is not null || Unnested is not null || LookedUp is not null;

    /// <summary>What stands below a window of FROM is made by a query inside this one.</summary>
    public BoundFrom OverInner()
    {
        ScanNode scan = InnerQueries.Scan(new QueryPlan(Input, Relation, Changing is not null));
        return this with { Relation = scan.Relation, Input = scan, Stateful = null, Unnested = null, LookedUp = null };
    }

    /// <summary>The same columns, made by a query inside this one. A window of FROM is a column like others then.</summary>
    public BoundFrom AsInner()
    {
        PlanNode rows = Window is null
            ? Input
            : new WindowAssignNode(Input, Window.Spec, Input.Columns.Concat(EventTimeAnalysis.WindowColumns(Window, grouped: false)).ToArray());
        ScanNode scan = InnerQueries.Scan(new QueryPlan(rows, Relation, Changing is not null));
        var scope = new NameScope(Scope.Columns.Select(c => c with { Part = null }).ToArray()) { Functions = Scope.Functions };
        return new BoundFrom(scan.Relation, scan, scope, scope, null) { Changing = Changing };
    }

    /// <summary>The same, with what expressions over it can call.</summary>
    public BoundFrom Calling(ClrFunctions functions) => this with { Rows = Rows with { Functions = functions }, Scope = Scope with { Functions = functions } };
}

/// <summary>FROM: one relation, maybe inside a window table function, or a subquery.</summary>
internal sealed class FromBinder
{
    private readonly ICatalog _catalog;
    private readonly DiagnosticBag _diagnostics;
    private readonly List<Relation> _reads;
    private readonly string _sql;
    private readonly IReadOnlyList<CommonTableExpression> _with;
    private ExpressionSyntax? _where;
    private bool _isJoined;

    /// <param name="catalog">What names mean.</param>
    /// <param name="diagnostics">Where errors go.</param>
    /// <param name="reads">Gets what is read.</param>
    /// <param name="sql">The whole text.</param>
    /// <param name="with">Common table expressions in sight; the last of a name hides those before.</param>
    public FromBinder(ICatalog catalog, DiagnosticBag diagnostics, List<Relation> reads, string sql, IReadOnlyList<CommonTableExpression> with)
    {
        _catalog = catalog;
        _diagnostics = diagnostics;
        _reads = reads;
        _sql = sql;
        _with = with;
    }

    /// <summary>What the query says about how long rows of its joins are kept; null: nothing.</summary>
    public OptionSyntax? StateTtl { get; init; }

    /// <summary>The query is emitted as changes, row by row.</summary>
    public bool TellsChanges { get; init; }

    public BoundFrom? Bind(SelectBody body)
    {
        if (body.From.Count == 0)
        {
            return ConstantRows.Nothing;
        }

        _where = body.Where;
        BoundFrom? from = Bind(body.From[0]);
        foreach (TableSyntax table in body.From.Skip(1))
        {
            from = from is null ? null
                : table is UnnestTable unnest ? IsAlone(from, body.From[0].Span) ? null : UnnestBinder.Bind(from, unnest, keepsEmpty: false, _diagnostics, _sql)
                : Bind(table) is { } other ? new JoinBinder(_diagnostics, _sql, _catalog.Functions) { StateTtl = StateTtl, TellsChanges = TellsChanges }.Bind(new JoinTable(body.From[0], JoinKind.Cross, table, table.Span, table.Span), from, other, _where)
                : null;
        }

        return from;
    }

    /// <summary>Reports a reference table where only a stream can stand.</summary>
    public bool IsAlone(BoundFrom from, TextSpan span)
    {
        if (from.Table is { } table)
        {
            _diagnostics.Report(SqlRules.TableAlone, span, table.Name, $"join a stream with it, as in FROM trades t JOIN {table.Name} r ON t.{table.Columns[table.Key!.Columns[0]].Name} = r.{table.Columns[table.Key.Columns[0]].Name}");
            return true;
        }

        return false;
    }

    /// <summary>One table.</summary>
    public BoundFrom? Bind(TableSyntax table)
    {
        switch (table)
        {
            case NamedTable named:
                return Named(named);
            case WindowTable window:
                return Windowed(window);
            case DerivedTable { Lateral: false } derived:
                return Derived(derived.Query, derived.Alias?.Text ?? string.Empty, derived.ColumnAliases, derived.Query.Span, _with);
            case JoinTable { Right: UnnestTable unnest } beside when UnnestBinder.Takes(beside):
                return Bind(beside.Left) is { } left && !IsAlone(left, beside.Left.Span) ? UnnestBinder.Bind(left, unnest, beside.Kind == JoinKind.Left, _diagnostics, _sql) : null;
            case JoinTable { Right: not UnnestTable } pair:
                return Join(pair);
            case UnnestTable alone:
                return UnnestBinder.Bind(ConstantRows.Nothing.Calling(_catalog.Functions), alone, keepsEmpty: false, _diagnostics, _sql);
            case MissingTable:
                return null;
            default:
                string what = table switch
                {
                    DerivedTable => "LATERAL",
                    JoinTable => "joins",
                    MatchRecognizeTable => "MATCH_RECOGNIZE",
                    _ => "this table",
                };
                TextSpan span = table is JoinTable join && join.KindSpan.Length > 0 ? join.KindSpan : table.Span;
                _diagnostics.Report(SqlRules.NotSupportedYet, span, what);
                return null;
        }
    }

    /// <summary>
    /// A join. What WHERE says is used below it only where rows come up as they are: not on a side that gets NULLs, and not among those that a row is picked from.
    /// </summary>
    private BoundFrom? Join(JoinTable join)
    {
        ExpressionSyntax? where = _where;
        _where = join.Kind is JoinKind.Right or JoinKind.Full ? null : where;
        BoundFrom? left = Bind(join.Left);
        _where = join.Kind is JoinKind.Inner or JoinKind.Cross or JoinKind.Right && join.Right is not NamedTable { AsOf: not null } ? where : null;
        _isJoined = join.Right is NamedTable;
        BoundFrom? right = left is null ? null : Bind(join.Right);
        _isJoined = false;
        _where = where;
        return left is null || right is null ? null : new JoinBinder(_diagnostics, _sql, _catalog.Functions) { StateTtl = StateTtl, TellsChanges = TellsChanges }.Bind(join, left, right, where);
    }

    private BoundFrom? Named(NamedTable table)
    {
        if (table.Name.Parts.Count == 0)
        {
            return null;
        }

        if (table.AsOf is not null && !_isJoined)
        {
            _diagnostics.Report(SqlRules.AsofTime, table.AsOf.Span, string.Empty);
            return null;
        }

        string name = string.Join(".", table.Name.Parts.Select(p => p.Text));
        for (int i = _with.Count - 1; i >= 0; i--)
        {
            if (table.Name.Parts.Count == 1 && SqlName.Same(_with[i].Name.Text, name))
            {
                IReadOnlyList<Identifier> columns = table.ColumnAliases.Count > 0 ? table.ColumnAliases : _with[i].Columns;
                return Derived(_with[i].Query, table.Alias?.Text ?? name, columns, table.Name.Span, _with.Take(i).ToArray());
            }
        }

        Relation? relation = _catalog.Find(name) ?? (table.Name.Parts.Count > 1 ? _catalog.Find(table.Name.Last.Text) : null);
        if (relation is null)
        {
            string? nearest = NearestName.Of(name, _catalog.Relations.Select(r => r.Name));
            string[] all = _catalog.Relations.Select(r => r.Name).Take(8).ToArray();
            string help = nearest is not null ? $"; did you mean '{nearest}'?" : all.Length == 0 ? "; declare one with [StreamSource] or CREATE SOURCE" : "; there are " + string.Join(", ", all);
            _diagnostics.Add(new SqlDiagnostic(SqlRules.UnknownRelation, table.Name.Span, name, help) { Suggestion = nearest });
            return null;
        }

        if (!_reads.Any(r => r.Name == relation.Name))
        {
            _reads.Add(relation);
        }

        if (relation.IsUpsert)
        {
            _diagnostics.Report(SqlRules.NotSupportedYet, table.Name.Span, $"reading '{relation.Name}', whose rows come without what they were before (EMIT ON UPDATE, EMIT EVERY); make it EMIT CHANGES");
            return null;
        }

        return Scan(relation, table) is { } scanned ? scanned with { Table = relation.Kind == RelationKind.Table ? relation : null, Changing = relation.IsUpdating ? table.Name.Span : null } : null;
    }

    /// <summary>A query in place of a relation.</summary>
    private BoundFrom? Derived(QuerySyntax query, string alias, IReadOnlyList<Identifier> aliases, TextSpan span, IReadOnlyList<CommonTableExpression> with)
    {
        if (InnerQueries.Refused(query, _diagnostics) || new SelectBinder(_catalog, _diagnostics, _sql, _reads, with).Bind(query) is not { } plan || InnerQueries.RefusedUpsert(query, plan, _diagnostics))
        {
            return null;
        }

        if (aliases.Count > 0 && aliases.Count != plan.Columns.Count)
        {
            _diagnostics.Report(SqlRules.AliasColumnCount, aliases[0].Span, alias, plan.Columns.Count.ToString(CultureInfo.InvariantCulture), aliases.Count.ToString(CultureInfo.InvariantCulture));
            return null;
        }

        var names = new NameScope(plan.Columns.Select((c, i) => new ScopeColumn(alias, aliases.Count > 0 ? aliases[i].Text : c.Name, i, c.Type, c.Nullable, c.EventTimeLag)).ToArray());
        bool isStateful = plan.Root.DownToScan().Any(n => n is WindowAggregateNode or WindowAssignNode);
        var from = new BoundFrom(plan.Input, plan.Root, names, names, null) { Stateful = isStateful ? span : null, Unnested = plan.Root.DownToScan().Any(n => n is UnnestNode) ? span : null, LookedUp = plan.Root.DownToScan().Any(n => n is LookupJoinNode) ? span : null, Changing = plan.IsUpdating ? span : null };
        return plan.Root.DownToScan().Any(n => n is OverNode || (plan.IsUpdating && n is WindowAggregateNode)) ? from.AsInner() : from;
    }

    private BoundFrom? Scan(Relation relation, NamedTable table)
    {
        string alias = table.Alias?.Text ?? relation.Name;
        int count = relation.Columns.Count + relation.Computed.Count;
        if (table.ColumnAliases.Count > 0 && table.ColumnAliases.Count != count)
        {
            string columns = count.ToString(CultureInfo.InvariantCulture);
            string aliases = table.ColumnAliases.Count.ToString(CultureInfo.InvariantCulture);
            _diagnostics.Report(SqlRules.AliasColumnCount, table.ColumnAliases[0].Span, alias, columns, aliases);
            return null;
        }

        PlanColumn[] plan = relation.Columns.Select((c, i) => new PlanColumn(c.Name, c.Type, c.Nullable) { EventTimeLag = EventTimeAnalysis.LagOf(relation, i) }).ToArray();
        PlanNode input = new ScanNode(relation, plan);
        if (relation.Computed.Count > 0)
        {
            input = WithComputed(relation, input);
            plan = input.Columns.ToArray();
        }

        ScopeColumn[] scope = plan.Select((c, i) => new ScopeColumn(alias, table.ColumnAliases.Count > 0 ? table.ColumnAliases[i].Text : c.Name, i, c.Type, c.Nullable, c.EventTimeLag)).ToArray();
        var names = new NameScope(scope);
        return new BoundFrom(relation, input, names, names, null);
    }

    /// <summary>All columns of a source in the order in which they were declared: a projection, over others for columns that are computed from computed ones.</summary>
    private static PlanNode WithComputed(Relation relation, PlanNode scan)
    {
        int stored = relation.Columns.Count;
        IReadOnlyList<ComputedColumn> computed = relation.Computed;
        int[] levels = new int[computed.Count];
        int level(int column) => levels[column] > 0 ? levels[column]
            : levels[column] = 1 + Used(computed[column].Expression, stored).Select(level).DefaultIfEmpty(0).Max();
        int last = Enumerable.Range(0, computed.Count).Max(level);

        // Where each of the relation's columns, and then of the computed ones, stands so far.
        var places = Enumerable.Range(0, stored).ToDictionary(i => i, i => i);
        BoundExpression at(int column, PlanNode node) => new BoundColumn(places[column], node.Columns[places[column]].Name, node.Columns[places[column]].Type, node.Columns[places[column]].Nullable, default);
        BoundExpression over(int column) => ExpressionRewriter.BottomUp(computed[column].Expression, e => e is BoundColumn c ? c with { Ordinal = places[c.Ordinal] } : e);
        PlanNode node = scan;
        for (int now = 1; now < last; now++)
        {
            int[] added = Enumerable.Range(0, computed.Count).Where(c => levels[c] == now).ToArray();
            PlanNode below = node;
            BoundExpression[] expressions = below.Columns.Select((c, i) => (BoundExpression)new BoundColumn(i, c.Name, c.Type, c.Nullable, default)).Concat(added.Select(over)).ToArray();
            PlanColumn[] columns = below.Columns.Concat(added.Select(c => Column(computed[c], expressions[below.Columns.Count + System.Array.IndexOf(added, c)], below))).ToArray();
            node = new ProjectNode(below, expressions, columns);
            foreach (int column in added)
            {
                places[stored + column] = places.Count;
            }
        }

        List<BoundExpression> all = Enumerable.Range(0, stored).Select(i => at(i, node)).ToList();
        List<PlanColumn> named = Enumerable.Range(0, stored).Select(i => node.Columns[i]).ToList();
        for (int i = 0; i < computed.Count; i++)
        {
            BoundExpression expression = levels[i] < last ? at(stored + i, node) : over(i);
            all.Insert(computed[i].Position, expression);
            named.Insert(computed[i].Position, Column(computed[i], expression, node));
        }

        return new ProjectNode(node, all, named);
    }

    private static PlanColumn Column(ComputedColumn computed, BoundExpression expression, PlanNode below) =>
        new(computed.Name, expression.Type, expression.Nullable) { EventTimeLag = computed.EventTimeLag ?? EventTimeAnalysis.LagOf(expression, below.Columns) };

    private static IEnumerable<int> Used(BoundExpression expression, int stored) =>
        expression.DescendantsAndSelf().OfType<BoundColumn>().Where(c => c.Ordinal >= stored).Select(c => c.Ordinal - stored).Distinct();

    private BoundFrom? Windowed(WindowTable table)
    {
        if (table.Input is not NamedTable)
        {
            if (table.Input is not MissingTable)
            {
                _diagnostics.Report(SqlRules.NotSupportedYet, table.Input.Span, "a window table function over anything but a source or query");
            }

            return null;
        }

        BoundFrom? input = Bind(table.Input);
        if (input is null || IsAlone(input, table.Input.Span))
        {
            return null;
        }

        input = input.Stateful is null ? input : input.AsInner();

        GroupWindow? window = new WindowBinder(input.Scope, input.Relation, _diagnostics).Bind(table);
        if (window is null)
        {
            return null;
        }

        // The input's columns are called by the alias of the whole; the window's hide columns of the same name.
        string alias = table.Alias?.Text ?? input.Scope.Columns.Select(c => c.Table).FirstOrDefault() ?? input.Relation.Name;
        int count = input.Input.Columns.Count;
        IEnumerable<ScopeColumn> columns = input.Scope.Columns
            .Select(c => c with { Table = alias })
            .Concat(EventTimeAnalysis.WindowColumns(window, grouped: false).Select((c, i) => new ScopeColumn(alias, c.Name, count + i, c.Type, false, c.EventTimeLag) { Part = (WindowPart)i }));
        return input with { Scope = new NameScope(columns.ToArray()), Window = window };
    }
}
