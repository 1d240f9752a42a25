using Laminar.Generators.Emit.Expressions;
using Laminar.Sql.Plan;
using Laminar.Sql.Types;

namespace Laminar.Generators.Emit.Operators.Aggregates;

/// <summary>Comparisons as ORDER BY makes them.</summary>
internal static class OrderCode
{
    /// <summary>C# of type <c>int</c>: below 0 where <paramref name="a"/> comes before <paramref name="b"/>.</summary>
    public static string Compare(EmittedValue a, EmittedValue b, BoundOrder order)
    {
        string compare = order.Descending ? Compare(b.Code, a.Code, a.Type) : Compare(a.Code, b.Code, a.Type);
        string first = order.NullsFirst ? "-1" : "1";
        string last = order.NullsFirst ? "1" : "-1";
        return (a.Null, b.Null) switch
        {
            (null, null) => compare,
            (null, { } other) => $"({other} ? {last} : {compare})",
            ({ } one, null) => $"({one} ? {first} : {compare})",
            ({ } one, { } other) => $"({one} ? {other} ? 0 : {first} : {other} ? {last} : {compare})",
        };
    }

    /// <summary>The same of values that aren't NULL, in ascending order.</summary>
    public static string Compare(string a, string b, SqlType type) => type.Kind switch
    {
        SqlTypeKind.Varchar or SqlTypeKind.Json or SqlTypeKind.Bytes or SqlTypeKind.Real or SqlTypeKind.Double => $"Functions::SqlCompare.Compare({a}, {b})",
        _ when type.IsNested => $"Functions::NestedValues.Compare({a}, {b})",
        _ => $"({a}).CompareTo({b})",
    };
}
