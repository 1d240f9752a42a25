using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using Laminar.Sql.Binding;
using Laminar.Sql.Catalog;
using Laminar.Sql.Diagnostics;
using Laminar.Sql.Plan;
using Laminar.Sql.Rewrites;
using Laminar.Sql.Syntax;
using Laminar.Sql.Text;
using Laminar.Sql.Types;

namespace Laminar.Sql.Scripts;

/// <summary>Brings a query's columns to a sink's: by position (or by the names of INSERT INTO), types may widen, NULL may not go into NOT NULL.</summary>
internal sealed class FeedFitter
{
    private readonly string _sink;
    private readonly IReadOnlyList<RelationColumn> _columns;
    private readonly DiagnosticBag _diagnostics;

    public FeedFitter(string sink, IReadOnlyList<RelationColumn> columns, DiagnosticBag diagnostics)
    {
        _sink = sink;
        _columns = columns;
        _diagnostics = diagnostics;
    }

    public CompiledFeed? Fit(string name, SinkInput input)
    {
        int[]? order = Order(input);
        if (order is null || !Check(input, order))
        {
            return null;
        }

        bool same = order.Length == input.Columns.Count
            && order.Select((from, to) => from == to && input.Columns[from].Name == _columns[to].Name && input.Columns[from].Type == _columns[to].Type
                && input.Columns[from].Nullable == _columns[to].Nullable).All(s => s);
        if (input.Stream is { } stream)
        {
            // Rows that change can't be read by a query yet, so they go to the sink as they are: whoever writes the sink renames their columns.
            bool sameTypes = order.Select((from, to) => from == to && input.Columns[from].Type == _columns[to].Type).All(s => s);
            if (stream.IsUpdating && !sameTypes)
            {
                _diagnostics.Report(SqlRules.NotSupportedYet, input.Span, $"other column types for '{stream.Name}', whose rows change (EMIT CHANGES)");
                return null;
            }

            return same || stream.IsUpdating ? new CompiledFeed(name, stream.Name, input.Sql, null) : Fitted(name, input.Sql, PlanOf(stream), order);
        }

        return same ? new CompiledFeed(name, null, input.Sql, input.Plan) : Fitted(name, input.Sql, input.Plan!, order);
    }

    /// <summary>For each column of the sink, which column of the query goes there; -1 for none.</summary>
    private int[]? Order(SinkInput input)
    {
        string count = input.Columns.Count.ToString(CultureInfo.InvariantCulture);
        if (input.Targets.Count == 0)
        {
            if (input.Columns.Count == _columns.Count)
            {
                return Enumerable.Range(0, _columns.Count).ToArray();
            }

            _diagnostics.Report(SqlRules.InsertColumnCount, input.Span, count, _sink, Text(_columns.Count), string.Join(", ", _columns.Select(c => c.Name)));
            return null;
        }

        if (input.Targets.Count != input.Columns.Count)
        {
            _diagnostics.Report(SqlRules.InsertColumnCount, input.Span, count, _sink, Text(input.Targets.Count), string.Join(", ", input.Targets.Select(t => t.Text)));
            return null;
        }

        int[] order = Enumerable.Repeat(-1, _columns.Count).ToArray();
        for (int i = 0; i < input.Targets.Count; i++)
        {
            Identifier target = input.Targets[i];
            int at = _columns.ToList().FindIndex(c => SqlName.Same(c.Name, target.Text));
            if (at < 0)
            {
                string? nearest = NearestName.Of(target.Text, _columns.Select(c => c.Name));
                string help = nearest is null ? string.Empty : $"; did you mean '{nearest}'?";
                _diagnostics.Add(new SqlDiagnostic(SqlRules.UnknownColumn, target.Span, target.Text, $"sink '{_sink}'", help) { Suggestion = nearest });
                return null;
            }

            if (order[at] >= 0)
            {
                _diagnostics.Report(SqlRules.DuplicateColumn, target.Span, target.Text);
                return null;
            }

            order[at] = i;
        }

        return order;
    }

    private bool Check(SinkInput input, int[] order)
    {
        bool fits = true;
        for (int i = 0; i < order.Length; i++)
        {
            RelationColumn to = _columns[i];
            RelationColumn? from = order[i] < 0 ? null : input.Columns[order[i]];
            bool typed = from is null || Coercion.Widens(from.Type, to.Type);
            bool nulls = to.Nullable || from is { Nullable: false };
            if (!typed || !nulls)
            {
                fits = false;
                string given = from is null ? "nothing (NULL)" : from.Type + (from.Nullable ? string.Empty : " NOT NULL");
                _diagnostics.Report(SqlRules.InsertColumnType, input.Span, to.Name, _sink, to.Type + (to.Nullable ? string.Empty : " NOT NULL"), given);
            }
        }

        return fits;
    }

    private static QueryPlan PlanOf(Relation stream)
    {
        PlanColumn[] columns = stream.Columns.Select(c => new PlanColumn(c.Name, c.Type, c.Nullable) { EventTimeLag = c.EventTimeLag }).ToArray();
        var scan = new ScanNode(stream, columns);
        var none = new TextSpan(0, 0);
        BoundExpression[] same = columns.Select((c, i) => (BoundExpression)new BoundColumn(i, c.Name, c.Type, c.Nullable, none)).ToArray();
        return new QueryPlan(new ProjectNode(scan, same, columns), stream, stream.IsUpdating);
    }

    // A plan's root is its projection: its items are reordered, widened and renamed.
    private CompiledFeed? Fitted(string name, string sql, QueryPlan plan, int[] order)
    {
        if (plan.Root is not ProjectNode project)
        {
            return null;
        }

        var none = new TextSpan(0, 0);
        BoundExpression[] items = order
            .Select((from, to) => from < 0 ? new BoundLiteral(null, _columns[to].Type, none) : PlanRewriter.Apply(Coercion.To(project.Expressions[from], _columns[to].Type), _diagnostics))
            .ToArray();
        PlanColumn[] columns = order
            .Select((from, to) => new PlanColumn(_columns[to].Name, _columns[to].Type, _columns[to].Nullable) { EventTimeLag = from < 0 ? null : project.Columns[from].EventTimeLag })
            .ToArray();
        return new CompiledFeed(name, null, sql, plan with { Root = project with { Expressions = items, Columns = columns } });
    }

    private static string Text(int number) => number.ToString(CultureInfo.InvariantCulture);
}
