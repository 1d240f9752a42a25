using System.Collections.Generic;
using System.Linq;
using Laminar.Sql.Binding;
using Laminar.Sql.Diagnostics;
using Laminar.Sql.Types;

namespace Laminar.Sql.Rewrites;

/// <summary>
/// Computes constants at build time. A constant that fails is reported where it would certainly be evaluated; behind a CASE, COALESCE, AND or OR
/// that may skip it, it stays as it is and fails, or doesn't, at run time. Nothing that could fail is dropped or moved.
/// </summary>
internal static class ConstantFolding
{
    /// <summary>Folds; failures are reported when a bag is given.</summary>
    public static BoundExpression Fold(BoundExpression expression, DiagnosticBag? diagnostics = null) => Fold(expression, diagnostics, guarded: false);

    private static BoundExpression Fold(BoundExpression expression, DiagnosticBag? diagnostics, bool guarded)
    {
        switch (expression)
        {
            case BoundBinary { Operator: BinaryOperator.And or BinaryOperator.Or } logic:
                return Logic(logic, diagnostics, guarded);
            case BoundCase @case:
                return Case(@case, diagnostics, guarded);
            case BoundCoalesce coalesce:
                return Coalesce(coalesce, diagnostics, guarded);
        }

        BoundExpression folded = ExpressionRewriter.Children(expression, child => Fold(child, diagnostics, guarded));
        if (folded is BoundIsNull { Operand: BoundColumn { Nullable: false } } known)
        {
            return new BoundLiteral(known.Negated, SqlType.Boolean, known.Span);
        }

        ConstantResult result = ConstantEvaluator.Evaluate(folded);
        string? failure = result.Failure ?? (DividesByZero(folded) ? "division by zero" : null);
        if (failure is not null && !guarded)
        {
            diagnostics?.Report(SqlRules.ConstantFails, folded.Span, failure);
        }

        return result.IsKnown ? new BoundLiteral(result.Value, folded.Type, folded.Span) : folded;
    }

    private static bool DividesByZero(BoundExpression expression) => expression switch
    {
        BoundBinary { Operator: BinaryOperator.Divide or BinaryOperator.Modulo, Type.IsInteger: true, Right: BoundLiteral { Value: { } zero } } =>
            System.Convert.ToDecimal(zero, System.Globalization.CultureInfo.InvariantCulture) == 0,
        BoundCall { Function.Method: "SqlDecimal.Divide" or "SqlDecimal.Modulo" } call => call.Arguments[1] is BoundLiteral { Value: 0m },
        _ => false,
    };

    private static BoundExpression Logic(BoundBinary logic, DiagnosticBag? diagnostics, bool guarded)
    {
        BoundExpression left = Fold(logic.Left, diagnostics, guarded);
        bool and = logic.Operator == BinaryOperator.And;
        if (left is BoundLiteral { Value: bool known })
        {
            // FALSE AND x and TRUE OR x never look at x; TRUE AND x and FALSE OR x are x.
            return known != and ? left with { Span = logic.Span } : Fold(logic.Right, diagnostics, guarded);
        }

        BoundExpression right = Fold(logic.Right, diagnostics, guarded: true);
        if (right is BoundLiteral { Value: bool neutral } && neutral == and)
        {
            return left;
        }

        return ReferenceEquals(left, logic.Left) && ReferenceEquals(right, logic.Right) ? logic : logic with { Left = left, Right = right };
    }

    private static BoundExpression Case(BoundCase expression, DiagnosticBag? diagnostics, bool guarded)
    {
        var whens = new List<BoundWhen>();
        BoundExpression? otherwise = expression.Else;
        bool certain = !guarded;
        foreach (BoundWhen when in expression.Whens)
        {
            BoundExpression condition = Fold(when.Condition, diagnostics, guarded: !certain);
            if (condition is BoundLiteral literal)
            {
                if (literal.Value is true)
                {
                    otherwise = when.Result;
                    break;
                }

                continue;
            }

            certain = false;
            whens.Add(new BoundWhen(condition, Fold(when.Result, diagnostics, guarded: true)));
        }

        bool alone = whens.Count == 0;
        BoundExpression? rest = otherwise is null ? null : Fold(otherwise, diagnostics, guarded: guarded || !alone);
        if (alone)
        {
            return rest ?? new BoundLiteral(null, expression.Type, expression.Span);
        }

        bool nullable = rest is null || rest.Nullable || whens.Any(w => w.Result.Nullable);
        return expression with { Whens = whens, Else = rest, Nullable = nullable };
    }

    private static BoundExpression Coalesce(BoundCoalesce expression, DiagnosticBag? diagnostics, bool guarded)
    {
        var arguments = new List<BoundExpression>();
        foreach (BoundExpression argument in expression.Arguments)
        {
            BoundExpression folded = Fold(argument, diagnostics, guarded || arguments.Count > 0);
            if (folded is BoundLiteral { Value: null })
            {
                continue;
            }

            arguments.Add(folded);
            if (!folded.Nullable)
            {
                break;
            }
        }

        return arguments.Count switch
        {
            0 => new BoundLiteral(null, expression.Type, expression.Span),
            1 => arguments[0],
            _ => expression with { Arguments = arguments, Nullable = arguments.All(a => a.Nullable) },
        };
    }
}
