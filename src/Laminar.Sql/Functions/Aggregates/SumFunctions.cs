using System;
using System.Collections.Generic;
using Laminar.Sql.Binding;
using Laminar.Sql.Plan;
using Laminar.Sql.Types;

namespace Laminar.Sql.Functions.Aggregates;

/// <summary>SUM and AVG.</summary>
internal static class SumFunctions
{
    public static IEnumerable<AggregateFunction> All =>
    [
        new("SUM", 1, 1, call => Of(call, SumType)) { Bytes = _ => 16 },
        new("AVG", 1, 1, call => Of(call, AverageType)) { Bytes = _ => 24 },
    ];

    private static BoundAggregate? Of(AggregateCall call, Func<SqlType, SqlType?> typeOf)
    {
        BoundExpression argument = call.Typed(0, SqlType.BigInt);
        return typeOf(argument.Type) is { } type ? call.Result(type, argument) : call.WrongType(0, "a number");
    }

    /// <summary>Of integers BIGINT (checked at output), of BIGINT UNSIGNED DECIMAL(28,0), of floats DOUBLE, of DECIMAL DECIMAL.</summary>
    private static SqlType? SumType(SqlType argument) =>
        argument.Kind == SqlTypeKind.UBigInt ? SqlType.Decimal(28, 0)
        : argument.IsInteger ? SqlType.BigInt
        : argument.IsFloat ? SqlType.Double
        : argument.Kind == SqlTypeKind.Decimal ? new SqlType(SqlTypeKind.Decimal, 28, argument.Scale) { Open = argument.Open }
        : null;

    /// <summary>Of integers and floats DOUBLE, of DECIMAL DECIMAL.</summary>
    private static SqlType? AverageType(SqlType argument) =>
        argument.IsInteger || argument.IsFloat ? SqlType.Double
        : argument.Kind == SqlTypeKind.Decimal ? new SqlType(SqlTypeKind.Decimal, 28, Math.Max(6, argument.Scale)) { Open = argument.Open }
        : null;
}
