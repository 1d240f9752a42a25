using System.Collections.Generic;
using System.Linq;
using Laminar.Sql.Catalog;
using Laminar.Sql.Text;

namespace Laminar.Sql.Plan;

/// <summary>A whole query, ready to be generated or interpreted.</summary>
/// <param name="Root">The topmost node; its columns are the output.</param>
/// <param name="Input">The relation that is scanned.</param>
/// <param name="IsUpdating">Whether output rows carry a RowKind.</param>
public sealed record QueryPlan(PlanNode Root, Relation Input, bool IsUpdating)
{
    public IReadOnlyList<PlanColumn> Columns => Root.Columns;

    /// <summary>LATE DATA TO: the name by which rows of <see cref="Input"/> can be read that missed a window; null without the clause.</summary>
    public string? LateTo { get; init; }

    /// <summary>Where that name stands.</summary>
    public TextSpan LateSpan { get; init; }

    /// <summary>What the query says about its own errors, which holds for the queries inside it too; null: they follow its sources.</summary>
    public OwnErrors? Errors { get; init; }

    /// <summary>What the rows come from.</summary>
    public ScanNode Scan => Root.DownToScan().OfType<ScanNode>().First();

    /// <summary>The relations that it reads by name, itself or in a query inside it; one read several times as often.</summary>
    public IEnumerable<Relation> Reads => AllInner().Select(inner => inner.Plan).Append(this).Where(plan => plan.Scan.Inner.Count == 0 && plan.Input.Kind != RelationKind.OneRow).Select(plan => plan.Input);

    /// <summary>The reference tables that rows are joined with, here or in a query inside this one, each once.</summary>
    public IEnumerable<Relation> Tables => AllInner().Select(inner => inner.Plan).Append(this).SelectMany(plan => plan.Root.DownToScan()).OfType<LookupJoinNode>().Select(node => node.Table).GroupBy(t => t.Name).Select(g => g.First());

    /// <summary>See <see cref="Relation.BaseTables"/>.</summary>
    public IReadOnlyList<string> BaseTables => Tables.Select(TableKeys.ClrOf).Concat(AllInner().Select(inner => inner.Plan.Input).Append(Input).SelectMany(r => r.BaseTables)).Distinct().ToArray();

    /// <summary>The queries inside this one, at any depth, each before those that read it.</summary>
    public IEnumerable<InnerQuery> AllInner() => Scan.Inner.SelectMany(inner => inner.Plan.AllInner().Append(inner));
}
