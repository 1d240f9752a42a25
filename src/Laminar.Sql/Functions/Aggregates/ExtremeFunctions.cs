using System.Collections.Generic;
using Laminar.Sql.Binding;
using Laminar.Sql.Plan;
using Laminar.Sql.Types;

namespace Laminar.Sql.Functions.Aggregates;

/// <summary>MIN and MAX, and the same of truths: BOOL_AND and BOOL_OR. Text is ordered by UTF-8 bytes, NaN is above everything.</summary>
internal static class ExtremeFunctions
{
    /// <summary>For messages.</summary>
    public const string Ordered = "a value that has an order (number, text, time, BOOLEAN, ARRAY and ROW of those)";

    public static IEnumerable<AggregateFunction> All =>
    [
        Extreme("MIN"),
        Extreme("MAX"),
        new("BOOL_AND", 1, 1, OfTruth) { Synonyms = ["EVERY"], IgnoresDistinct = true },
        new("BOOL_OR", 1, 1, OfTruth) { IgnoresDistinct = true },
    ];

    /// <summary>Whether values of a type are ordered.</summary>
    public static bool IsOrdered(SqlType type) => type.HasOrder && type.Kind is not (SqlTypeKind.Bytes or SqlTypeKind.Uuid);

    private static AggregateFunction Extreme(string name) => new(name, 1, 1, Of) { IgnoresDistinct = true, TakesNested = true, Bytes = a => PlanText.Bytes(a.Type) };

    private static BoundAggregate? Of(AggregateCall call)
    {
        BoundExpression argument = call.Typed(0, SqlType.Varchar);
        return IsOrdered(argument.Type) ? call.Result(argument.Type, argument) : call.WrongType(0, Ordered);
    }

    private static BoundAggregate? OfTruth(AggregateCall call)
    {
        BoundExpression argument = call.Typed(0, SqlType.Boolean);
        return argument.Type.Kind == SqlTypeKind.Boolean ? call.Result(SqlType.Boolean, argument) : call.WrongType(0, "a BOOLEAN");
    }
}
