using System.Collections.Generic;
using Laminar.Sql.Binding;
using Laminar.Sql.Functions;
using Laminar.Sql.Types;

namespace Laminar.Sql.Rewrites;

/// <summary>Turns every CAST that isn't plain into a call of <c>SqlCast</c>, so that executors know only one way to convert.</summary>
internal static class CastLowering
{
    public static BoundExpression Apply(BoundExpression expression) => expression is BoundCast cast ? Lower(cast) : expression;

    private static BoundExpression Lower(BoundCast cast)
    {
        SqlType from = cast.Operand.Type;
        if (CastRules.IsPlain(from, cast.Type))
        {
            return cast.Try ? cast with { Try = false, Nullable = cast.Operand.Nullable } : cast;
        }

        if (from.IsNested && cast.Type.Kind == SqlTypeKind.Varchar)
        {
            return Coercion.To(JsonFunctions.ToJson(cast.Operand), SqlType.Varchar);
        }

        if (cast.Type.IsNested)
        {
            return ToNested(cast);
        }

        if (cast.Type.Kind == SqlTypeKind.Json && from.Kind != SqlTypeKind.Varchar)
        {
            return JsonFunctions.ToJson(cast.Operand);
        }

        if (from.Kind == SqlTypeKind.Json)
        {
            return OfJson(cast);
        }

        bool canFail = CastRules.CanFail(from, cast.Type);
        bool @try = cast.Try && canFail;
        var arguments = new List<BoundExpression> { Prepare(cast.Operand, cast.Type) };
        string method = Method(arguments[0].Type, cast.Type);
        if (cast.Type.Kind == SqlTypeKind.Decimal)
        {
            arguments.Add(new BoundLiteral(cast.Type.Precision, SqlType.Int, cast.Span));
            arguments.Add(new BoundLiteral(cast.Type.Scale, SqlType.Int, cast.Span));
        }
        else if (method == "DecimalToText")
        {
            arguments.Add(new BoundLiteral(from.Open ? -1 : from.Scale, SqlType.Int, cast.Span));
        }

        var function = new ScalarFunction(@try ? "TRY_CAST" : "CAST", "SqlCast." + (@try ? "Try" : string.Empty) + method)
        {
            CanFail = canFail && !@try,
            CanReturnNull = @try,
        };
        return new BoundCall(function, arguments, cast.Type, cast.Operand.Nullable || @try, cast.Span);
    }

    /// <summary>JSON, also as text, read as the type; a nested value whose values are cast.</summary>
    private static BoundExpression ToNested(BoundCast cast)
    {
        BoundExpression[] arguments = cast.Operand.Type.IsNested
            ? [cast.Operand, JsonFunctions.Form(cast.Operand.Type, cast.Span), JsonFunctions.Form(cast.Type, cast.Span)]
            : [cast.Operand, JsonFunctions.Form(cast.Type, cast.Span)];
        var function = new ScalarFunction(cast.Try ? "TRY_CAST" : "CAST", (cast.Try ? "SqlNested.Try" : "SqlNested.") + (cast.Operand.Type.IsNested ? "Cast" : "Parse"))
        {
            CanFail = !cast.Try,
            CanReturnNull = true,
            Unboxes = true,
        };
        return new BoundCall(function, arguments, cast.Type, cast.Nullable, cast.Span);
    }

    /// <summary>A JSON string's own text, or a number or truth as written, read as the type; JSON null is NULL.</summary>
    private static BoundExpression OfJson(BoundCast cast)
    {
        bool isExact = cast.Type.IsInteger || cast.Type.Kind == SqlTypeKind.Decimal;
        var function = new ScalarFunction(cast.Try ? "TRY_CAST" : "CAST", (cast.Try ? "SqlJson.Try" : "SqlJson.") + (isExact ? "Number" : "Scalar")) { CanFail = !cast.Try, CanReturnNull = true };
        BoundExpression value = ScalarCalls.Make(function, isExact ? ClrTypes.ClrDecimal : SqlType.Varchar, cast.Span, cast.Operand);
        return Apply(new BoundCast(value, cast.Try, cast.Type, true, cast.Span));
    }

    // Small integers come as BIGINT (only BIGINT UNSIGNED has more), REAL as DOUBLE where the result is a number: fewer overloads.
    private static BoundExpression Prepare(BoundExpression operand, SqlType to)
    {
        SqlType type = operand.Type;
        if (to.Kind == SqlTypeKind.Decimal && type.IsInteger)
        {
            return Coercion.To(operand, NumericTypes.AsDecimal(type));
        }

        if (type.IsInteger && type.Kind is not (SqlTypeKind.BigInt or SqlTypeKind.UBigInt))
        {
            return Coercion.To(operand, SqlType.BigInt);
        }

        return type.Kind == SqlTypeKind.Real && to.Kind != SqlTypeKind.Varchar ? Coercion.To(operand, SqlType.Double) : operand;
    }

    private static string Method(SqlType from, SqlType to) => to.Kind switch
    {
        SqlTypeKind.Boolean => "ToBoolean",
        SqlTypeKind.TinyInt => "ToInt8",
        SqlTypeKind.SmallInt => "ToInt16",
        SqlTypeKind.Int => "ToInt32",
        SqlTypeKind.BigInt => "ToInt64",
        SqlTypeKind.UTinyInt => "ToUInt8",
        SqlTypeKind.USmallInt => "ToUInt16",
        SqlTypeKind.UInt => "ToUInt32",
        SqlTypeKind.UBigInt => "ToUInt64",
        SqlTypeKind.Real => "ToFloat",
        SqlTypeKind.Double => "ToDouble",
        SqlTypeKind.Decimal => "ToDecimal",
        SqlTypeKind.Json => "ToJson",
        SqlTypeKind.Varchar => ToText(from),
        SqlTypeKind.Bytes => "ToBytes",
        SqlTypeKind.Uuid => "ToUuid",
        SqlTypeKind.Date => from.IsTimestamp ? "TimestampToDate" : "ToDate",
        SqlTypeKind.Time => from.IsTimestamp ? "TimestampToTime" : from.Kind == SqlTypeKind.IntervalDayTime ? "IntervalToTime" : "ToTime",
        SqlTypeKind.Timestamp or SqlTypeKind.TimestampTz when from.Kind == SqlTypeKind.Date => "DateToTimestamp",
        SqlTypeKind.Timestamp => "ToTimestamp",
        SqlTypeKind.TimestampTz => "ToTimestampTz",
        SqlTypeKind.IntervalDayTime => from.Kind == SqlTypeKind.Time ? "TimeToInterval" : "ToInterval",
        _ => "ToMonths",
    };

    private static string ToText(SqlType from) => from.Kind switch
    {
        SqlTypeKind.Date => "DateToText",
        SqlTypeKind.Time => "TimeToText",
        SqlTypeKind.Timestamp => "TimestampToText",
        SqlTypeKind.TimestampTz => "TimestampTzToText",
        SqlTypeKind.IntervalDayTime => "IntervalToText",
        SqlTypeKind.IntervalYearMonth => "MonthsToText",
        SqlTypeKind.Decimal => "DecimalToText",
        _ => "ToText",
    };
}
