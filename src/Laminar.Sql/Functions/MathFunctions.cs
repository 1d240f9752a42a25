using System.Collections.Generic;
using System.Linq;
using Laminar.Sql.Binding;
using Laminar.Sql.Diagnostics;
using Laminar.Sql.Types;

namespace Laminar.Sql.Functions;

/// <summary>Functions whose type follows that of their arguments; run by <c>SqlMath</c> and, for DECIMAL, <c>SqlDecimal</c>.</summary>
internal static class MathFunctions
{
    public static IEnumerable<FunctionEntry> All
    {
        get
        {
            yield return new FunctionEntry("ABS", 1, 1, Abs);
            foreach (string name in new[] { "CEIL", "CEILING" })
            {
                yield return new FunctionEntry(name, 1, 1, call => Whole(call, "Ceil"));
            }

            yield return new FunctionEntry("FLOOR", 1, 1, call => Whole(call, "Floor"));
            yield return new FunctionEntry("ROUND", 1, 2, call => Round(call, "Round"));
            yield return new FunctionEntry("TRUNC", 1, 2, call => Round(call, "Trunc"));
            yield return new FunctionEntry("TRUNCATE", 1, 2, call => Round(call, "Trunc"));
            yield return new FunctionEntry("MOD", 2, 2, call => call.Binder.Modulo(call[0], call[1], call.NameSpan, call.Span));
            yield return new FunctionEntry("SIGN", 1, 1, Sign);
            yield return new FunctionEntry("GREATEST", 1, int.MaxValue, call => Extreme(call, "Greatest"));
            yield return new FunctionEntry("LEAST", 1, int.MaxValue, call => Extreme(call, "Least"));
        }
    }

    // A bare NULL counts as a DOUBLE; anything but numbers is refused.
    private static BoundExpression? Number(FunctionCall call, int index)
    {
        BoundExpression argument = call[index];
        return argument.Type.IsNumeric ? argument
            : argument.Type.Kind == SqlTypeKind.Null ? Coercion.To(argument, SqlType.Double)
            : call.WrongType(index, "a number");
    }

    private static BoundExpression? Abs(FunctionCall call)
    {
        BoundExpression? x = Number(call, 0);
        if (x is null || x.Type.IsUnsigned)
        {
            return x;
        }

        return x.Type.Kind == SqlTypeKind.Decimal ? call.Call("SqlDecimal.Abs", x.Type, x) : call.Call("SqlMath.Abs", x.Type, x.Type.IsInteger, x);
    }

    // CEIL and FLOOR: integers stay what they are, DECIMAL loses its scale and may gain a digit.
    private static BoundExpression? Whole(FunctionCall call, string method)
    {
        BoundExpression? x = Number(call, 0);
        if (x is null || x.Type.IsInteger)
        {
            return x;
        }

        if (x.Type.Kind != SqlTypeKind.Decimal)
        {
            return call.Call("SqlMath." + method, x.Type, x);
        }

        SqlType type = x.Type.Open ? x.Type : SqlType.Decimal(System.Math.Min(28, x.Type.Precision - x.Type.Scale + 1), 0);
        return call.Call("SqlDecimal." + method, type, x);
    }

    private static BoundExpression? Round(FunctionCall call, string method)
    {
        BoundExpression? x = Number(call, 0);
        if (x is null)
        {
            return null;
        }

        BoundExpression digits = call.Arguments.Count > 1 ? call[1] : call.Int(0);
        if (!Coercion.Widens(digits.Type, SqlType.Int))
        {
            return call.WrongType(1, "INT (digits behind the point)");
        }

        digits = Coercion.To(digits, SqlType.Int);
        int? constant = digits is BoundLiteral { Value: int n } ? n : digits is BoundUnary { Operator: UnaryOperator.Negate, Operand: BoundLiteral { Value: int m } } ? -m : null;
        if (x.Type.Kind == SqlTypeKind.Decimal)
        {
            int scale = constant is { } c ? System.Math.Min(x.Type.Scale, System.Math.Max(0, c)) : x.Type.Scale;
            SqlType type = x.Type.Open ? x.Type : SqlType.Decimal(System.Math.Min(28, System.Math.Max(1, x.Type.Precision - x.Type.Scale + scale + 1)), scale);
            return call.Call("SqlDecimal." + method, type, x, digits);
        }

        if (x.Type.IsInteger && constant >= 0)
        {
            return x;
        }

        return call.Call("SqlMath." + method, x.Type, x.Type.IsInteger, x, digits);
    }

    // An exact number's sign is an INT; that of a float is a float, since NaN has none.
    private static BoundExpression? Sign(FunctionCall call)
    {
        BoundExpression? x = Number(call, 0);
        return x is null ? null : call.Call("SqlMath.Sign", x.Type.IsFloat ? SqlType.Double : SqlType.Int, x.Type.Kind == SqlTypeKind.Real ? Coercion.To(x, SqlType.Double) : x);
    }

    // NULLs are left out, as in PostgreSQL and DuckDB: NULL only when all are.
    private static BoundExpression? Extreme(FunctionCall call, string method)
    {
        IReadOnlyList<BoundExpression>? values = call.Binder.Unify(call.Arguments, call.Name);
        if (values is null)
        {
            return null;
        }

        SqlType type = values[0].Type;
        if (type.Kind is SqlTypeKind.Json or SqlTypeKind.Array or SqlTypeKind.Map or SqlTypeKind.Row)
        {
            call.Diagnostics.Report(SqlRules.NotSupportedYet, call.NameSpan, $"{call.Name} of {type}");
            return null;
        }

        BoundExpression result = values[0];
        foreach (BoundExpression value in values.Skip(1))
        {
            // The Known methods return a nullable type also where one side is never NULL: what the method may do and what the value is differ.
            bool strict = !result.Nullable && !value.Nullable;
            var function = new ScalarFunction(call.Name, "SqlMath." + (strict ? method : method + "Known")) { Strict = strict, CanReturnNull = !strict };
            result = new BoundCall(function, new[] { result, value }, type, result.Nullable && value.Nullable, call.Span);
        }

        return result;
    }
}
