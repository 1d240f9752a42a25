using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using Laminar.Sql.Catalog;
using Laminar.Sql.Diagnostics;
using Laminar.Sql.Plan;
using Laminar.Sql.Syntax;
using Laminar.Sql.Text;

namespace Laminar.Sql.Binding;

/// <summary>Queries inside a query that run by themselves, as a query over a query does: what one operator can't do, several in a row can.</summary>
internal static class InnerQueries
{
    private const string Unnamed = "the subquery";
    private const string Name = "Inner";

    /// <summary>Reports a clause that a query inside another can't have: nobody could read the rows by their name.</summary>
    public static bool Refused(QuerySyntax query, DiagnosticBag diagnostics)
    {
        if (query.LateData is { } late)
        {
            diagnostics.Report(SqlRules.NotSupportedYet, late.Span, "LATE DATA TO of a query inside another; make it a query of its own and read that");
        }

        return query.LateData is not null;
    }

    /// <summary>Reports a query inside another whose changes tell the new row only.</summary>
    public static bool RefusedUpsert(QuerySyntax query, QueryPlan plan, DiagnosticBag diagnostics)
    {
        bool isRefused = ResultKey.IsUpsert(plan);
        if (isRefused)
        {
            diagnostics.Report(SqlRules.NotSupportedYet, query.Emit?.Span ?? query.Span, "EMIT ON UPDATE and EMIT EVERY of a query inside another: its rows come without what they were before; make it EMIT CHANGES");
        }

        return isRefused;
    }

    /// <summary>A scan of what inner queries put out, one behind the other or, of several, as it comes.</summary>
    /// <param name="plans">With columns of equal types.</param>
    public static ScanNode Scan(params QueryPlan[] plans)
    {
        PlanColumn[] columns = Columns(plans);
        InnerQuery[] inner = plans.Select(p => new InnerQuery(Unnamed, p with { Root = Over(p.Root, columns) })).ToArray();
        string[] sources = plans.SelectMany(p => p.Input.SourcesBelow).Distinct().ToArray();
        Relation relation = QuerySignature.ToRelation(inner[0].Plan, Unnamed, Unnamed + ".Row", Unnamed, sources);
        return new ScanNode(relation, columns) { Inner = inner };
    }

    /// <summary>A query that joins two others.</summary>
    /// <param name="left">With a projection at the top.</param>
    /// <param name="right">The same.</param>
    /// <param name="join">How.</param>
    /// <param name="columns">Those of the left one, then those of the right one.</param>
    public static QueryPlan Joined(QueryPlan left, QueryPlan right, JoinSpec join, PlanColumn[] columns)
    {
        ScanNode l = Scan(left);
        ScanNode r = Scan(right);
        PlanColumn[] unique = Unique(columns);
        string[] sources = l.Relation.BaseSources.Concat(r.Relation.BaseSources).Distinct().ToArray();
        var shape = new QueryPlan(new ProjectNode(l, System.Array.Empty<BoundExpression>(), unique), l.Relation, join.IsUpdating);
        Relation relation = QuerySignature.ToRelation(shape, Unnamed, Unnamed + ".Row", Unnamed, sources);
        var scan = new ScanNode(relation, unique) { Inner = l.Inner.Concat(r.Inner).ToArray(), Join = join };
        return new QueryPlan(Project(scan), relation, join.IsUpdating);
    }

    /// <summary>Rows that only come, as changes.</summary>
    public static QueryPlan Inserting(QueryPlan plan)
    {
        ScanNode scan = Scan(plan);
        return new QueryPlan(Project(scan) with { Columns = plan.Columns }, scan.Relation, true);
    }

    /// <summary>The projection at the top of a plan, made where there is none.</summary>
    public static ProjectNode Project(PlanNode root) => root as ProjectNode
        ?? new ProjectNode(root, root.Columns.Select((c, i) => (BoundExpression)new BoundColumn(i, c.Name, c.Type, c.Nullable, default)).ToArray(), root.Columns);

    /// <summary>The plan with a name for each inner query, and the relations that they are read as.</summary>
    public static QueryPlan Named(QueryPlan plan)
    {
        int count = 0;
        return Named(plan, ref count);
    }

    private static QueryPlan Named(QueryPlan plan, ref int count)
    {
        ScanNode scan = plan.Scan;
        if (scan.Inner.Count == 0)
        {
            return plan;
        }

        var inner = new List<InnerQuery>();
        foreach (InnerQuery each in scan.Inner)
        {
            QueryPlan named = Named(each.Plan, ref count);
            count++;
            inner.Add(new InnerQuery(Name + count.ToString(CultureInfo.InvariantCulture), named));
        }

        // Parts of a UNION ALL put out rows of the first one's type.
        string name = inner[0].Name;
        Relation relation = scan.Relation with { Name = name, QueryClrType = name, ClrType = name + ".Row" };
        return plan with { Input = relation, Root = PlanNodes.Over(plan.Root, scan with { Relation = relation, Inner = inner }) };
    }

    /// <summary>Each name once: they become members of a C# type, and nobody but the query itself reads them.</summary>
    private static PlanColumn[] Columns(IReadOnlyList<QueryPlan> plans)
    {
        return Unique(plans[0].Columns.Select((column, i) =>
        {
            PlanColumn[] all = plans.Select(p => p.Columns[i]).ToArray();
            long? lag = all.All(c => c.EventTimeLag is not null) ? all.Max(c => c.EventTimeLag) : null;
            return new PlanColumn(column.Name, column.Type, all.Any(c => c.Nullable)) { EventTimeLag = lag };
        }));
    }

    private static PlanColumn[] Unique(IEnumerable<PlanColumn> columns)
    {
        var taken = new HashSet<string>();
        return columns.Select(column =>
        {
            string name = column.Name;
            for (int n = 2; !taken.Add(OutputNames.Of(name)); n++)
            {
                name = column.Name + "_" + n.ToString(CultureInfo.InvariantCulture);
            }

            return column with { Name = name };
        }).ToArray();
    }

    private static ProjectNode Over(PlanNode root, IReadOnlyList<PlanColumn> columns) => Project(root) with { Columns = columns };
}
