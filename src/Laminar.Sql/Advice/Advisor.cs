using System.Collections.Generic;
using System.Linq;
using Laminar.Sql.Binding;
using Laminar.Sql.Diagnostics;
using Laminar.Sql.Plan;
using Laminar.Sql.Text;

namespace Laminar.Sql.Advice;

/// <summary>What is allowed and hardly meant: looks at the bound plan before constants are folded, while every expression is still as written.</summary>
internal static class Advisor
{
    public static void Report(PlanNode root, string sql, DiagnosticBag diagnostics)
    {
        var text = new SourceText(sql);
        foreach (PlanNode node in Nodes(root))
        {
            WindowAggregateNode? groups = Groups(node.Below);
            foreach (BoundExpression expression in Expressions(node))
            {
                IntegerDivision.Report(expression, text, diagnostics);
                NullComparison.Report(expression, text, diagnostics);
                ConstantCondition.Report(expression, groups, text, diagnostics);
            }

            ClockInState.Report(node, text, diagnostics);
        }

        foreach (BoundAggregate aggregate in Aggregates(root))
        {
            IntegerDivision.Report(aggregate, text, diagnostics);
        }
    }

    private static IEnumerable<PlanNode> Nodes(PlanNode root) => root.DownToScan()
        .SelectMany(node => node is ScanNode scan ? scan.Inner.SelectMany(inner => Nodes(inner.Plan.Root)).Prepend(node) : new[] { node });

    private static IEnumerable<BoundAggregate> Aggregates(PlanNode root) => Nodes(root).OfType<WindowAggregateNode>().SelectMany(n => n.Aggregates);

    /// <summary>The groups whose columns a node reads as they are.</summary>
    private static WindowAggregateNode? Groups(PlanNode? below) => below is FilterNode filter ? Groups(filter.Input) : below as WindowAggregateNode;

    private static IEnumerable<BoundExpression> Expressions(PlanNode node) => node switch
    {
        FilterNode n => new[] { n.Predicate },
        ProjectNode n => n.Expressions,
        UnnestNode n => new[] { n.Values },
        LookupJoinNode n => n.Expressions,
        WindowAggregateNode n => n.Keys.Concat(n.Aggregates.SelectMany(a => a.Expressions)),
        _ => Enumerable.Empty<BoundExpression>(),
    };
}

/// <summary>The query's text, for messages that repeat a part of it.</summary>
internal sealed class SourceText
{
    private readonly string _sql;

    public SourceText(string sql) => _sql = sql;

    public bool Has(TextSpan span) => span.Length > 0 && span.Start >= 0 && span.End <= _sql.Length;

    /// <summary>The characters, or <paramref name="otherwise"/> for a tree made by hand.</summary>
    public string Of(TextSpan span, string otherwise = "x") => Has(span) ? _sql.Substring(span.Start, span.Length) : otherwise;
}
