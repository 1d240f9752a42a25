using System.Linq;
using Laminar.Sql.Binding;
using Laminar.Sql.Diagnostics;
using Laminar.Sql.Plan;

namespace Laminar.Sql.Rewrites;

/// <summary>Logical to physical: every rewrite over every expression of a plan, in a fixed order. Nodes keep their shape and columns.</summary>
internal static class PlanRewriter
{
    /// <summary>The expression as executors get it. Constants that fail are reported.</summary>
    public static BoundExpression Apply(BoundExpression expression, DiagnosticBag diagnostics)
    {
        BoundExpression folded = ConstantFolding.Fold(expression, diagnostics);
        return ExpressionRewriter.BottomUp(folded, e => LikePatterns.Apply(CastLowering.Apply(e)));
    }

    public static PlanNode Apply(PlanNode node, DiagnosticBag diagnostics)
    {
        switch (node)
        {
            case FilterNode filter:
                PlanNode input = Apply(filter.Input, diagnostics);
                BoundExpression predicate = Apply(filter.Predicate, diagnostics);
                return predicate is BoundLiteral { Value: true } ? input : new FilterNode(input, predicate);
            case ProjectNode project:
                return project with { Input = Apply(project.Input, diagnostics), Expressions = project.Expressions.Select(e => Apply(e, diagnostics)).ToArray() };
            case UnnestNode unnest:
                return unnest with { Input = Apply(unnest.Input, diagnostics), Values = Apply(unnest.Values, diagnostics) };
            case LookupJoinNode lookup:
                return lookup with
                {
                    Input = Apply(lookup.Input, diagnostics),
                    Keys = lookup.Keys.Select(k => Apply(k, diagnostics)).ToArray(),
                    Condition = lookup.Condition is null ? null : Apply(lookup.Condition, diagnostics),
                };
            case WindowAssignNode assign:
                return assign with { Input = Apply(assign.Input, diagnostics), Window = Apply(assign.Window, diagnostics) };
            case ExpandNode expand:
                return expand with { Input = Apply(expand.Input, diagnostics) };
            case OverNode over:
                return over with { Input = Apply(over.Input, diagnostics) };
            case WindowAggregateNode aggregate:
                return aggregate with
                {
                    Input = Apply(aggregate.Input, diagnostics),
                    Keys = aggregate.Keys.Select(k => Apply(k, diagnostics)).ToArray(),
                    Window = Apply(aggregate.Window, diagnostics),
                    Aggregates = aggregate.Aggregates.Select(a => Apply(a, diagnostics)).ToArray(),
                };
            case ScanNode { Inner.Count: > 0 } scan:
                return scan with
                {
                    Inner = scan.Inner.Select(i => i with { Plan = i.Plan with { Root = Apply(i.Plan.Root, diagnostics) } }).ToArray(),
                    Join = scan.Join is { Residual: { } residual } join ? join with { Residual = Apply(residual, diagnostics) } : scan.Join,
                };
            default:
                return node;
        }
    }

    private static WindowSpec Apply(WindowSpec window, DiagnosticBag diagnostics) => window with { Time = Apply(window.Time, diagnostics) };

    private static BoundAggregate Apply(BoundAggregate aggregate, DiagnosticBag diagnostics)
    {
        BoundAggregate rewritten = aggregate with
        {
            Arguments = aggregate.Arguments.Select(a => Apply(a, diagnostics)).ToArray(),
            OrderBy = aggregate.OrderBy.Select(o => o with { Key = Apply(o.Key, diagnostics) }).ToArray(),
            Filter = aggregate.Filter is null ? null : Apply(aggregate.Filter, diagnostics),
        };
        return CountNotNull.Apply(rewritten with { Filter = rewritten.Filter is BoundLiteral { Value: true } ? null : rewritten.Filter });
    }
}
