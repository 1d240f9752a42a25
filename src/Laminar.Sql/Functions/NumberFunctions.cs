using System.Collections.Generic;
using Laminar.Sql.Binding;
using Laminar.Sql.Types;

namespace Laminar.Sql.Functions;

/// <summary>Angles, powers and divisors: plain functions of <c>SqlMath</c>.</summary>
internal static class NumberFunctions
{
    private static readonly SqlType D = SqlType.Double;
    private static readonly SqlType I = SqlType.Int;
    private static readonly SqlType L = SqlType.BigInt;

    public static IEnumerable<FunctionEntry> All
    {
        get
        {
            yield return Double("SQRT", "Sqrt", canFail: true);
            yield return Double("CBRT", "Cbrt", canFail: false);
            yield return Double("EXP", "Exp", canFail: false);
            yield return Double("LN", "Ln", canFail: true);
            yield return Double("LOG2", "Log2", canFail: true);
            yield return Double("LOG10", "Log10", canFail: true);
            yield return Overload.Function("LOG", new Overload("SqlMath.Log10", D, D) { CanFail = true }, new Overload("SqlMath.Log", D, D, D) { CanFail = true });
            foreach (string name in new[] { "POWER", "POW" })
            {
                yield return Overload.Function(name, new Overload("SqlMath.Power", D, D, D) { CanFail = true });
            }

            yield return Double("DEGREES", "Degrees", canFail: false);
            yield return Double("RADIANS", "Radians", canFail: false);
            yield return Double("SIN", "Sin", canFail: true);
            yield return Double("COS", "Cos", canFail: true);
            yield return Double("TAN", "Tan", canFail: true);
            yield return Double("ASIN", "Asin", canFail: true);
            yield return Double("ACOS", "Acos", canFail: true);
            yield return Double("ATAN", "Atan", canFail: false);
            yield return Overload.Function("ATAN2", new Overload("SqlMath.Atan2", D, D, D));
            yield return Double("SINH", "Sinh", canFail: false);
            yield return Double("COSH", "Cosh", canFail: false);
            yield return Double("TANH", "Tanh", canFail: false);
            yield return Overload.Function("WIDTH_BUCKET", new Overload("SqlMath.WidthBucket", I, D, D, D, I) { CanFail = true });
            foreach ((string name, string method) in new[] { ("GCD", "SqlMath.Gcd"), ("LCM", "SqlMath.Lcm") })
            {
                yield return Overload.Function(name, new Overload(method, I, I, I) { CanFail = true }, new Overload(method, L, L, L) { CanFail = true });
            }

            foreach ((string name, string method) in new[] { ("IS_NAN", "IsNaN"), ("ISNAN", "IsNaN"), ("IS_INF", "IsInfinite"), ("ISINF", "IsInfinite"), ("IS_FINITE", "IsFinite"), ("ISFINITE", "IsFinite") })
            {
                yield return Overload.Function(name, new Overload("SqlMath." + method, SqlType.Boolean, D));
            }

            yield return new FunctionEntry("SAFE_DIVIDE", 2, 2, SafeDivide);
            yield return new FunctionEntry("PI", 0, 0, call => new BoundLiteral(System.Math.PI, D, call.Span));
        }
    }

    private static FunctionEntry Double(string name, string method, bool canFail) => Overload.Function(name, new Overload("SqlMath." + method, D, D) { CanFail = canFail });

    // The language's own division, and NULL where the divisor is zero.
    private static BoundExpression? SafeDivide(FunctionCall call)
    {
        BoundExpression? divisor = call[1].Type.IsNumeric ? ConditionalFunctions.NullIf(call, call[1], new BoundLiteral(0, I, call[1].Span)) : call[1];
        return divisor is null ? null : call.Binder.Divide(call[0], divisor, call.NameSpan, call.Span);
    }
}
