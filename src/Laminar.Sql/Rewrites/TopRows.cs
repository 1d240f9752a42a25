using System;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using Laminar.Sql.Binding;
using Laminar.Sql.Plan;

namespace Laminar.Sql.Rewrites;

/// <summary>
/// <c>ROW_NUMBER() ... &lt;= n</c>: where only the first rows of each partition pass the condition on their number, no others are kept. The condition stays: it
/// says nothing new then.
/// </summary>
internal static class TopRows
{
    public static QueryPlan Apply(QueryPlan plan)
    {
        ScanNode scan = plan.Scan;
        if (scan.Inner.Count == 0)
        {
            return plan;
        }

        InnerQuery[] inner = scan.Inner.Select(i => i with { Plan = Apply(i.Plan) }).ToArray();
        if (inner.Length == 1 && Most(plan.Root, scan, inner[0].Plan.Root) is { } most)
        {
            inner[0] = inner[0] with { Plan = inner[0].Plan with { Root = Limited(inner[0].Plan.Root, most) } };
        }

        return plan with { Root = PlanNodes.Over(plan.Root, scan with { Inner = inner }) };
    }

    private static PlanNode Limited(PlanNode root, long most) => root switch
    {
        ProjectNode project => project with { Input = Limited(project.Input, most) },
        OverNode over => over with { Take = most },
        _ => root,
    };

    /// <summary>How many rows of each partition pass; null: any number.</summary>
    private static long? Most(PlanNode root, ScanNode scan, PlanNode inner)
    {
        var project = inner as ProjectNode;
        if ((project?.Input ?? inner) is not OverNode { Functions: [{ Name: var name }], Skip: 0, Take: long.MaxValue } over
            || !(name == "ROW_NUMBER" || (over.Release == OverRelease.Changes && name is "RANK" or "DENSE_RANK")))
        {
            return null;
        }

        int number = over.Input.Columns.Count;
        int column = project is null ? number : project.Expressions.ToList().FindIndex(e => e is BoundColumn c && c.Ordinal == number);
        FilterNode? filter = root.DownToScan().OfType<FilterNode>().FirstOrDefault(f => ReferenceEquals(f.Input, scan));
        return column < 0 || filter is null ? null : Conditions(filter.Predicate).Select(c => Most(c, column)).Where(m => m is not null).Min();
    }

    /// <summary>Whether all rows that a limited partition puts out pass a condition on their number.</summary>
    /// <param name="predicate">The condition.</param>
    /// <param name="column">The number.</param>
    /// <param name="take">How many there are.</param>
    public static bool IsImplied(BoundExpression predicate, int column, long take) => Conditions(predicate).All(c => c is BoundBinary { Operator: var op } && Most(c, column) is { } most && most >= take
        && (op is not BinaryOperator.Equal || take == 1));

    private static IEnumerable<BoundExpression> Conditions(BoundExpression predicate) =>
        predicate is BoundBinary { Operator: BinaryOperator.And } and ? Conditions(and.Left).Concat(Conditions(and.Right)) : new[] { predicate };

    private static long? Most(BoundExpression condition, int column)
    {
        if (condition is not BoundBinary comparison)
        {
            return null;
        }

        (BoundExpression left, BoundExpression right, BinaryOperator op) = comparison.Left is BoundLiteral
            ? (comparison.Right, comparison.Left, Turned(comparison.Operator))
            : (comparison.Left, comparison.Right, comparison.Operator);
        if (left is not BoundColumn { Ordinal: var ordinal } || ordinal != column || right is not BoundLiteral { Value: not null } literal || !literal.Type.IsInteger)
        {
            return null;
        }

        decimal value = Convert.ToDecimal(literal.Value, CultureInfo.InvariantCulture);
        decimal? most = op switch
        {
            BinaryOperator.Less => value - 1,
            BinaryOperator.LessOrEqual or BinaryOperator.Equal => value,
            _ => null,
        };
        return most is >= 1 and <= int.MaxValue ? (long)most : null;
    }

    private static BinaryOperator Turned(BinaryOperator comparison) => comparison switch
    {
        BinaryOperator.Greater => BinaryOperator.Less,
        BinaryOperator.GreaterOrEqual => BinaryOperator.LessOrEqual,
        BinaryOperator.Less => BinaryOperator.Greater,
        BinaryOperator.LessOrEqual => BinaryOperator.GreaterOrEqual,
        _ => comparison,
    };
}
