using System.Collections.Generic;
using System.Linq;
using Laminar.Sql.Binding;
using Laminar.Sql.Types;

namespace Laminar.Sql.Functions;

/// <summary>Arrays and maps; run by <c>SqlArray</c> and <c>SqlNested</c>. Places count from 1.</summary>
internal static class ArrayFunctions
{
    private static readonly SqlType T = SqlType.Varchar;
    private static readonly SqlType B = SqlType.Boolean;
    private static readonly SqlType L = SqlType.BigInt;

    public static IEnumerable<FunctionEntry> All =>
    [
        new("CARDINALITY", 1, 1, Cardinality),
        new("ARRAY_CONTAINS", 2, 2, call => WithElement(call) is var (array, value) ? call.Call("SqlArray.Contains", B, array, value) : null),
        new("ARRAY_POSITION", 2, 2, call => WithElement(call) is var (array, value) ? Loose(call, "Position", SqlType.Int, true, array, value) : null),
        new("ARRAY_APPEND", 2, 2, call => WithElement(call) is var (array, value) ? Append(call, array, value) : null),
        new("ARRAY_PREPEND", 2, 2, call => WithElement(call, 1) is var (array, value) ? Loose(call, "Prepend", Holding(array.Type, value), false, value, array) : null),
        new("ARRAY_CONCAT", 1, int.MaxValue, Concat),
        new("ARRAY_DISTINCT", 1, 1, call => Array(call, 0) is { } array ? call.Call("SqlArray.Distinct", array.Type, array) : null),
        new("ARRAY_JOIN", 2, 3, Join),
        new("ARRAY_SLICE", 3, 3, Slice),
        new("ARRAY_SORT", 1, 3, Sort),
        new("ARRAY_MIN", 1, 1, call => Extreme(call, "SqlArray.Min")),
        new("ARRAY_MAX", 1, 1, call => Extreme(call, "SqlArray.Max")),
        new("MAP_KEYS", 1, 1, call => Map(call) is { } map ? call.Call("SqlNested.Keys", SqlType.Array(map.Type.Fields[0].Type, false), map) : null),
        new("MAP_VALUES", 1, 1, call => Map(call) is { } map ? call.Call("SqlNested.Values", SqlType.Array(map.Type.Fields[1].Type, map.Type.Fields[1].Nullable), map) : null),
    ];

    /// <summary><c>a || b</c> where one of them is an array: the other is one too, or an element in front or behind.</summary>
    public static BoundExpression? Concat(FunctionCall call)
    {
        if (call.Arguments.Count == 2 && call.Name == "||" && !call.Arguments.All(a => a.Type.Kind is SqlTypeKind.Array or SqlTypeKind.Null))
        {
            bool isFirst = call[0].Type.Kind == SqlTypeKind.Array;
            return WithElement(call, isFirst ? 0 : 1) is not var (array, value) ? null
                : isFirst ? Append(call, array, value)
                : Loose(call, "Prepend", Holding(array.Type, value), false, value, array);
        }

        for (int i = 0; i < call.Arguments.Count; i++)
        {
            if (call[i].Type.Kind is not (SqlTypeKind.Array or SqlTypeKind.Null))
            {
                return call.WrongType(i, "an ARRAY");
            }
        }

        IReadOnlyList<BoundExpression>? arrays = call.Binder.Unify(call.Arguments, call.Name);
        return arrays?.Skip(1).Aggregate(arrays[0], (a, b) => Loose(call, "Concat", a.Type, a.Nullable && b.Nullable, a, b, canReturnNull: true));
    }

    private static BoundExpression? Cardinality(FunctionCall call) => call[0].Type.Kind switch
    {
        SqlTypeKind.Array => call.Call("SqlArray.Length", SqlType.Int, call[0]),
        SqlTypeKind.Map => call.Call("SqlNested.Length", SqlType.Int, call[0]),
        _ => call.WrongType(0, "an ARRAY or MAP"),
    };

    // A call with parameters that can be NULL; what it returns is said here.
    private static BoundCall Loose(FunctionCall call, string method, SqlType type, bool nullable, BoundExpression a, BoundExpression b, bool canReturnNull = false)
    {
        var function = new ScalarFunction(call.Name, "SqlArray." + method) { Strict = false, CanReturnNull = canReturnNull || nullable };
        return new BoundCall(function, [a, b], type, nullable, call.Span);
    }

    private static BoundCall Append(FunctionCall call, BoundExpression array, BoundExpression value) => Loose(call, "Append", Holding(array.Type, value), false, array, value);

    private static SqlType Holding(SqlType array, BoundExpression value) => SqlType.Array(array.Fields[0].Type, array.Fields[0].Nullable || value.Nullable);

    private static BoundExpression? Join(FunctionCall call)
    {
        if (Array(call, 0) is not { } array)
        {
            return null;
        }

        for (int i = 1; i < call.Arguments.Count; i++)
        {
            if (!Coercion.Widens(call[i].Type, T))
            {
                return call.WrongType(i, "VARCHAR");
            }
        }

        BoundExpression texts = Coercion.To(array, SqlType.Array(T));
        return call.Call("SqlArray.Join", T, true, [texts, .. call.Arguments.Skip(1).Select(a => Coercion.To(a, T))]);
    }

    private static BoundExpression? Slice(FunctionCall call)
    {
        if (Array(call, 0) is not { } array)
        {
            return null;
        }

        for (int i = 1; i < 3; i++)
        {
            if (!(call[i].Type.IsInteger || call[i].Type.Kind == SqlTypeKind.Null) || !Coercion.Widens(call[i].Type, L))
            {
                return call.WrongType(i, "BIGINT");
            }
        }

        return call.Call("SqlArray.Slice", array.Type, array, Coercion.To(call[1], L), Coercion.To(call[2], L));
    }

    private static BoundExpression? Sort(FunctionCall call)
    {
        if (Ordered(call) is not { } array)
        {
            return null;
        }

        for (int i = 1; i < call.Arguments.Count; i++)
        {
            if (call[i].Type.Kind is not (SqlTypeKind.Boolean or SqlTypeKind.Null))
            {
                return call.WrongType(i, i == 1 ? "BOOLEAN: whether to sort descending" : "BOOLEAN: whether NULLs come first");
            }
        }

        return call.Call("SqlArray.Sort", array.Type, [array, .. call.Arguments.Skip(1).Select(a => Coercion.To(a, B))]);
    }

    private static BoundExpression? Extreme(FunctionCall call, string method) => Ordered(call) is { } array
        ? ScalarCalls.Make(new ScalarFunction(call.Name, method) { Unboxes = true, CanReturnNull = true }, array.Type.Fields[0].Type, call.Span, array)
        : null;

    private static BoundExpression? Ordered(FunctionCall call) => Array(call, 0) is not { } array ? null
        : Aggregates.ExtremeFunctions.IsOrdered(array.Type.Fields[0].Type) ? array
        : call.WrongType(0, "an ARRAY of values that have an order (number, text, time, BOOLEAN)");

    private static BoundExpression? Array(FunctionCall call, int index) => call[index].Type.Kind == SqlTypeKind.Array ? call[index] : call.WrongType(index, "an ARRAY");

    private static BoundExpression? Map(FunctionCall call) => call[0].Type.Kind == SqlTypeKind.Map ? call[0] : call.WrongType(0, "a MAP");

    /// <summary>An array and a value, brought to one type of element.</summary>
    private static (BoundExpression Array, BoundExpression Value)? WithElement(FunctionCall call, int at = 0)
    {
        if (Array(call, at) is not { } array)
        {
            return null;
        }

        SqlField element = array.Type.Fields[0];
        BoundExpression value = call[1 - at];
        IReadOnlyList<BoundExpression>? both = call.Binder.Unify([new BoundColumn(-1, "element", element.Type, true, array.Span), value], call.Name);
        return both is null ? null : (Coercion.To(array, SqlType.Array(both[0].Type, element.Nullable)), both[1]);
    }
}
