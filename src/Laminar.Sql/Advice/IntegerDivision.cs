using System;
using System.Globalization;
using System.Linq;
using Laminar.Sql.Binding;
using Laminar.Sql.Diagnostics;
using Laminar.Sql.Plan;
using Laminar.Sql.Types;

namespace Laminar.Sql.Advice;

/// <summary>LAM2038: <c>a / b</c> of integers where a fraction is wanted: it becomes DOUBLE or DECIMAL, is averaged, or is a constant with a remainder.</summary>
internal static class IntegerDivision
{
    public static void Report(BoundExpression expression, SourceText text, DiagnosticBag diagnostics) => Walk(expression, null, text, diagnostics);

    public static void Report(BoundAggregate aggregate, SourceText text, DiagnosticBag diagnostics)
    {
        if (aggregate.Type.IsFloat || aggregate.Type.Kind == SqlTypeKind.Decimal)
        {
            foreach (BoundExpression argument in aggregate.Arguments.Where(a => a.Type.IsInteger))
            {
                Walk(argument, aggregate.Type, text, diagnostics);
            }
        }
    }

    /// <param name="expression">What is looked at.</param>
    /// <param name="wanted">The type with a fraction that the integer ends up in, or null.</param>
    /// <param name="text">For the suggestion.</param>
    /// <param name="diagnostics">Where it is said.</param>
    private static void Walk(BoundExpression expression, SqlType? wanted, SourceText text, DiagnosticBag diagnostics)
    {
        switch (expression)
        {
            case BoundCast { Operand.Type.IsInteger: true } cast:
                Walk(cast.Operand, cast.Type.IsFloat || cast.Type.Kind == SqlTypeKind.Decimal ? cast.Type : cast.Type.IsInteger ? wanted : null, text, diagnostics);
                return;
            case BoundBinary { Type.IsInteger: true, Operator: BinaryOperator.Add or BinaryOperator.Subtract or BinaryOperator.Multiply or BinaryOperator.Divide } binary:
                if (binary.Operator == BinaryOperator.Divide && (wanted is not null || HasRemainder(binary)))
                {
                    Say(binary, wanted, text, diagnostics);
                    return;
                }

                Walk(binary.Left, wanted, text, diagnostics);
                Walk(binary.Right, wanted, text, diagnostics);
                return;
            case BoundUnary { Operator: UnaryOperator.Negate, Type.IsInteger: true } sign:
                Walk(sign.Operand, wanted, text, diagnostics);
                return;
        }

        foreach (BoundExpression child in expression.Children)
        {
            Walk(child, null, text, diagnostics);
        }
    }

    private static void Say(BoundBinary division, SqlType? wanted, SourceText text, DiagnosticBag diagnostics)
    {
        string left = text.Of(division.Left.Span);
        string fraction = division.Left is BoundLiteral or BoundCast { Operand: BoundLiteral } ? left + ".0" : $"CAST({left} AS DOUBLE)";
        string written = fraction + " / " + text.Of(division.Right.Span, "y");
        SqlFix[] fixes = text.Has(division.Left.Span)
            ? new[] { new SqlFix("divide", $"Divide with a fraction: {written}", new SqlEdit(division.Left.Span, fraction)) }
            : Array.Empty<SqlFix>();
        diagnostics.Add(new SqlDiagnostic(SqlRules.IntegerDivision, division.Span, wanted is null ? string.Empty : $" before the result becomes {(wanted.Kind == SqlTypeKind.Decimal ? "DECIMAL" : wanted.ToString())}", written) { Fixes = fixes });
    }

    private static bool HasRemainder(BoundBinary division) => Value(division.Left) is { } left && Value(division.Right) is { } right && right != 0 && left % right != 0;

    private static decimal? Value(BoundExpression expression) => expression switch
    {
        BoundLiteral { Value: { } value, Type.IsInteger: true } => Convert.ToDecimal(value, CultureInfo.InvariantCulture),
        BoundCast { Type.IsInteger: true } cast => Value(cast.Operand),
        _ => null,
    };
}
