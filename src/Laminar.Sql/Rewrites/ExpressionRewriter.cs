using System;
using System.Collections.Generic;
using System.Linq;
using Laminar.Sql.Binding;

namespace Laminar.Sql.Rewrites;

/// <summary>Walks an expression; what a rewrite doesn't touch stays the same object.</summary>
internal static class ExpressionRewriter
{
    /// <summary>The expression with <paramref name="change"/> applied to each direct child.</summary>
    public static BoundExpression Children(BoundExpression expression, Func<BoundExpression, BoundExpression> change)
    {
        switch (expression)
        {
            case BoundUnary unary:
                BoundExpression operand = change(unary.Operand);
                return ReferenceEquals(operand, unary.Operand) ? unary : unary with { Operand = operand, Nullable = operand.Nullable };
            case BoundBinary binary:
                BoundExpression left = change(binary.Left);
                BoundExpression right = change(binary.Right);
                return ReferenceEquals(left, binary.Left) && ReferenceEquals(right, binary.Right) ? binary : binary with { Left = left, Right = right };
            case BoundIsNull isNull:
                operand = change(isNull.Operand);
                return ReferenceEquals(operand, isNull.Operand) ? isNull : isNull with { Operand = operand };
            case BoundCast cast:
                operand = change(cast.Operand);
                return ReferenceEquals(operand, cast.Operand) ? cast : cast with { Operand = operand };
            case BoundCoalesce coalesce:
                return All(coalesce.Arguments, change) is { } arguments ? coalesce with { Arguments = arguments } : coalesce;
            case BoundCall call:
                return All(call.Arguments, change) is { } changed ? call with { Arguments = changed } : call;
            case BoundCase @case:
                return Case(@case, change);
            default:
                return expression;
        }
    }

    /// <summary>Bottom up: children first, then the node itself.</summary>
    public static BoundExpression BottomUp(BoundExpression expression, Func<BoundExpression, BoundExpression> change) =>
        change(Children(expression, child => BottomUp(child, change)));

    /// <summary>Whether the test holds for the expression or anything inside it.</summary>
    public static bool Any(BoundExpression expression, Func<BoundExpression, bool> test)
    {
        bool found = test(expression);
        if (!found)
        {
            Children(expression, child =>
            {
                found = found || Any(child, test);
                return child;
            });
        }

        return found;
    }

    private static BoundCase Case(BoundCase expression, Func<BoundExpression, BoundExpression> change)
    {
        bool changed = false;
        var whens = new List<BoundWhen>();
        foreach (BoundWhen when in expression.Whens)
        {
            BoundExpression condition = change(when.Condition);
            BoundExpression result = change(when.Result);
            bool same = ReferenceEquals(condition, when.Condition) && ReferenceEquals(result, when.Result);
            changed |= !same;
            whens.Add(same ? when : new BoundWhen(condition, result));
        }

        BoundExpression? otherwise = expression.Else is null ? null : change(expression.Else);
        changed |= !ReferenceEquals(otherwise, expression.Else);
        return changed ? expression with { Whens = whens, Else = otherwise } : expression;
    }

    private static IReadOnlyList<BoundExpression>? All(IReadOnlyList<BoundExpression> items, Func<BoundExpression, BoundExpression> change)
    {
        List<BoundExpression> changed = items.Select(change).ToList();
        return changed.Zip(items, ReferenceEquals).All(same => same) ? null : changed;
    }
}
