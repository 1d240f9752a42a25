using System;
using System.Linq;
using Laminar.Sql.Binding;
using Laminar.Sql.Diagnostics;
using Laminar.Sql.Text;
using Laminar.Sql.Types;

namespace Laminar.Sql.Advice;

/// <summary>LAM2039: <c>x = NULL</c>, which is NULL for every row, also inside IN and CASE, and <c>x LIKE NULL</c>.</summary>
internal static class NullComparison
{
    public static void Report(BoundExpression expression, SourceText text, DiagnosticBag diagnostics)
    {
        foreach (BoundBinary binary in expression.DescendantsAndSelf().OfType<BoundBinary>().Where(b => b.Operator is >= BinaryOperator.Equal and <= BinaryOperator.GreaterOrEqual))
        {
            bool right = binary.Right is BoundLiteral { Value: null };
            if (!right && binary.Left is not BoundLiteral { Value: null })
            {
                if (IsNull(binary.Left) || IsNull(binary.Right))
                {
                    TextSpan part = (IsNull(binary.Left) ? binary.Left : binary.Right).Span;
                    diagnostics.Report(SqlRules.NullComparison, binary.Span, $"{text.Of(part)} is always NULL");
                }

                continue;
            }

            BoundExpression other = right ? binary.Left : binary.Right;
            if (binary.Span == (right ? binary.Right.Span : binary.Left.Span))
            {
                diagnostics.Report(SqlRules.NullComparison, binary.Span, $"take NULL out here and add {text.Of(other.Span)} IS NULL");
                continue;
            }

            bool not = binary.Operator == BinaryOperator.NotEqual;
            string written = text.Of(other.Span) + (not ? " IS NOT NULL" : " IS NULL");
            bool test = binary.Operator is BinaryOperator.Equal or BinaryOperator.NotEqual;
            SqlFix[] fixes = test && text.Has(binary.Span) ? new[] { new SqlFix("null", "Write " + written, new SqlEdit(binary.Span, written)) } : Array.Empty<SqlFix>();
            diagnostics.Add(new SqlDiagnostic(SqlRules.NullComparison, binary.Span, test ? "write " + written : "test for NULL with IS NULL") { Fixes = fixes });
        }

        // LIKE, SIMILAR TO, REGEXP_LIKE and whatever else answers yes or no.
        foreach (BoundCall call in expression.DescendantsAndSelf().OfType<BoundCall>().Where(c => c.Type.Kind == SqlTypeKind.Boolean && c.Function.Strict && c.Arguments.Any(IsNull)))
        {
            diagnostics.Report(SqlRules.NullComparison, call.Span, "test for NULL with IS NULL");
        }
    }

    /// <summary>NULL for every row: NULL itself, and what is computed with it.</summary>
    private static bool IsNull(BoundExpression expression) => expression switch
    {
        BoundLiteral literal => literal.Value is null,
        BoundCast cast => IsNull(cast.Operand),
        BoundBinary { Operator: not (BinaryOperator.And or BinaryOperator.Or) } binary => IsNull(binary.Left) || IsNull(binary.Right),
        BoundCall { Function.Strict: true } call => call.Arguments.Any(IsNull),
        _ => false,
    };
}
