using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using Laminar.Sql.Catalog;
using Laminar.Sql.Diagnostics;
using Laminar.Sql.Plan;
using Laminar.Sql.Streaming;
using Laminar.Sql.Syntax;
using Laminar.Sql.Text;
using Laminar.Sql.Types;

namespace Laminar.Sql.Binding;

/// <summary>UNION, INTERSECT and EXCEPT: the queries in them, brought to the same columns.</summary>
internal sealed class SetBinder
{
    private readonly DiagnosticBag _diagnostics;
    private readonly System.Func<QuerySyntax, QueryPlan?> _bind;
    private string _operator = "UNION";

    /// <param name="diagnostics">Where errors go.</param>
    /// <param name="bind">Binds a query inside.</param>
    public SetBinder(DiagnosticBag diagnostics, System.Func<QuerySyntax, QueryPlan?> bind)
    {
        _diagnostics = diagnostics;
        _bind = bind;
    }

    /// <summary>All rows of all queries; null when an error was reported.</summary>
    /// <param name="body">The operator, which may have others on its left.</param>
    /// <param name="emit">When windows of the queries inside are emitted; null: as usual.</param>
    public BoundFrom? Bind(SetBody body, EmitClause? emit)
    {
        _operator = body.Operator;
        var bodies = new List<(QueryBody Body, TextSpan Operator)>();
        if (body.Operator != "UNION")
        {
            bodies.Add((body.Left, default));
            bodies.Add((body.Right, body.OperatorSpan));
        }
        else
        {
            Flatten(body, default, bodies);
        }

        if (emit is { Kind: EmitKind.OnWindowClose } && !bodies.Any(b => b.Body is SelectBody { GroupBy: not null }))
        {
            _diagnostics.Report(SqlRules.EmitWithoutWindow, emit.Span, "EMIT ON WINDOW CLOSE");
            return null;
        }

        QueryPlan?[] bound = bodies.Select(b => Part(b.Body, emit)).ToArray();
        if (bound.Any(p => p is null))
        {
            return null;
        }

        QueryPlan[] plans = bound.Select(p => p!).ToArray();
        for (int i = 0; i < plans.Length; i++)
        {
            if (plans[i].Columns.Count != plans[0].Columns.Count)
            {
                _diagnostics.Report(SqlRules.UnionColumnCount, bodies[i].Operator, Text(plans[0].Columns.Count), Text(plans[i].Columns.Count));
                return null;
            }
        }

        if (Widened(plans) is not { } equal || !SameUnits(equal, bodies))
        {
            return null;
        }

        if (body.Operator != "UNION")
        {
            equal = equal.Select((p, i) => Marked(p, i == 0)).ToArray();
        }

        int changing = System.Array.FindIndex(equal, p => p.IsUpdating);
        if (changing >= 0)
        {
            // All rows have a kind where those of one query do.
            equal = equal.Select(p => p.IsUpdating ? p : InnerQueries.Inserting(p)).ToArray();
        }

        ScanNode scan = InnerQueries.Scan(equal);
        var names = new NameScope(scan.Columns.Select((c, i) => new ScopeColumn(string.Empty, i < plans[0].Columns.Count ? plans[0].Columns[i].Name : c.Name, i, c.Type, c.Nullable, c.EventTimeLag)).ToArray());
        return new BoundFrom(scan.Relation, scan, names, names, null) { Changing = changing < 0 ? null : bodies[changing].Body.Span };
    }

    /// <summary>With a column behind the others that says of which query rows are.</summary>
    private static QueryPlan Marked(QueryPlan plan, bool isLeft)
    {
        ProjectNode project = InnerQueries.Project(plan.Root);
        BoundExpression[] expressions = [.. project.Expressions, new BoundLiteral(isLeft, SqlType.Boolean, default)];
        return plan with { Root = project with { Expressions = expressions, Columns = [.. project.Columns, new PlanColumn("of_left", SqlType.Boolean, false)] } };
    }

    /// <summary>The queries from left to right. UNION without ALL on the left of another is the other's: equal rows go once, when all are there.</summary>
    private static void Flatten(QueryBody body, TextSpan at, List<(QueryBody, TextSpan)> bodies)
    {
        if (body is not SetBody { Operator: "UNION" } set)
        {
            bodies.Add((body, at));
            return;
        }

        if (set.All && set.Left is SetBody { All: false, Operator: "UNION" })
        {
            // Equal rows of that go before others come.
            bodies.Add((set.Left, at));
        }
        else
        {
            Flatten(set.Left, at, bodies);
        }

        Flatten(set.Right, set.OperatorSpan, bodies);
    }

    private QueryPlan? Part(QueryBody body, EmitClause? emit)
    {
        if (body is not NestedBody nested)
        {
            return _bind(new QuerySyntax(body, body.Span) { Emit = emit is { Kind: EmitKind.Final } || body is SelectBody { GroupBy: not null } ? emit : null });
        }

        QuerySyntax query = nested.Query;
        return InnerQueries.Refused(query, _diagnostics) || _bind(query) is not { } plan || InnerQueries.RefusedUpsert(query, plan, _diagnostics) ? null : plan;
    }

    private QueryPlan[]? Widened(QueryPlan[] plans)
    {
        ProjectNode[] projects = plans.Select(p => InnerQueries.Project(p.Root)).ToArray();
        var binder = new ExpressionBinder(NameScope.Empty, _diagnostics);
        var columns = new List<IReadOnlyList<BoundExpression>>();
        for (int c = 0; c < plans[0].Columns.Count; c++)
        {
            BoundExpression[] values = projects.Select(p => p.Expressions[c]).ToArray();

            // What widens is the column, not what it is computed from: its literals have types by now.
            BoundExpression[] typed = values.Select(v => v is BoundLiteral { Value: null } none ? new BoundLiteral(null, SqlType.Null, none.Span) : v).ToArray();
            if (binder.Unify(typed, $"{_operator}'s column '{plans[0].Columns[c].Name}'") is not { } unified)
            {
                return null;
            }

            columns.Add(unified);
        }

        return plans.Select((p, i) => p with
        {
            Root = projects[i] with
            {
                Expressions = columns.Select(c => c[i]).ToArray(),
                Columns = projects[i].Columns.Select((c, n) => c with { Type = columns[n][i].Type, Nullable = columns[n][i].Nullable }).ToArray(),
            },
        }).ToArray();
    }

    // The slowest input says how late it is, so that all must count time alike.
    private bool SameUnits(QueryPlan[] plans, List<(QueryBody Body, TextSpan Operator)> bodies)
    {
        SqlTypeKind?[] units = plans.Select(p => p.Reads.Select(EventTime.UnitOf).FirstOrDefault(u => u is not null)).ToArray();
        int other = System.Array.FindIndex(units, u => u is not null && u != units.First(k => k is not null));
        if (other < 0)
        {
            return true;
        }

        _diagnostics.Report(SqlRules.NotSupportedYet, bodies[other].Operator, _operator + " of event times of TIMESTAMP and of BIGINT");
        return false;
    }

    private static string Text(int number) => number.ToString(CultureInfo.InvariantCulture);
}
