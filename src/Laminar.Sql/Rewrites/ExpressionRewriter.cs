using System;
using System.Collections.Generic;
using System.Linq;
using Laminar.Sql.Binding;

namespace Laminar.Sql.Rewrites;

/// <summary>Changes expressions; what a rewrite doesn't touch stays the same object.</summary>
internal static class ExpressionRewriter
{
    /// <summary>The expression with <paramref name="change"/> applied to each direct child.</summary>
    public static BoundExpression Children(BoundExpression expression, Func<BoundExpression, BoundExpression> change)
    {
        IReadOnlyList<BoundExpression> children = expression.Children;
        BoundExpression[]? changed = null;
        for (int i = 0; i < children.Count; i++)
        {
            BoundExpression child = change(children[i]);
            if (!ReferenceEquals(child, children[i]))
            {
                changed ??= children.ToArray();
                changed[i] = child;
            }
        }

        return changed is null ? expression : expression.WithChildren(changed);
    }

    /// <summary>Bottom up: children first, then the node itself.</summary>
    public static BoundExpression BottomUp(BoundExpression expression, Func<BoundExpression, BoundExpression> change) =>
        change(Children(expression, child => BottomUp(child, change)));
}
