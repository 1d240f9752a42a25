using Laminar.Sql.Binding;
using Laminar.Sql.Rewrites;
using Laminar.Sql.Types;

namespace Laminar.Generators.Emit.Expressions;

/// <summary>What an expression may do besides giving a value.</summary>
internal static class Failure
{
    /// <summary>Whether evaluating it can throw, so that a row may become an error row.</summary>
    public static bool Possible(BoundExpression? expression) => expression is not null && ExpressionFacts.CanFail(expression);

    /// <summary>Whether an output column of this type can refuse a value: a timestamp outside DateTime's range.</summary>
    public static bool AtOutput(BoundExpression expression) =>
        expression is not (BoundColumn or BoundLiteral) && (expression.Type.IsTimestamp || expression.Type.Kind is SqlTypeKind.Date or SqlTypeKind.Time);
}
