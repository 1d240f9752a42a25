using System.Linq;
using Laminar.Sql.Types;

namespace Laminar.Sql.Binding;

/// <summary>The two sides of a join with a reference table, by the ordinals of their columns: the stream's, then the table's.</summary>
/// <param name="width">How many the stream has.</param>
internal sealed class LookupSides(int width)
{
    /// <summary>What a column of the table's key is equal to by a condition, over the stream and of the column's type; null when the condition says nothing of the kind.</summary>
    /// <param name="condition">One of those between the ANDs.</param>
    /// <param name="ordinal">The column, in the table.</param>
    /// <param name="type">Its type.</param>
    public BoundExpression? KeyOf(BoundExpression condition, int ordinal, SqlType type) => condition is BoundBinary { Operator: BinaryOperator.Equal } equal
        ? Compared(equal.Left, equal.Right, ordinal, type) ?? Compared(equal.Right, equal.Left, ordinal, type)
        : null;

    private BoundExpression? Compared(BoundExpression key, BoundExpression value, int ordinal, SqlType type)
    {
        if (value.DescendantsAndSelf().Any(e => e is BoundColumn c && c.Ordinal >= width))
        {
            return null;
        }

        return key switch
        {
            BoundColumn column => column.Ordinal == width + ordinal ? value : null,

            // Compared as wider integers: a value that the key's type doesn't hold is no key.
            BoundCast { Operand: BoundColumn column } when column.Ordinal == width + ordinal && type.IsInteger && value.Type.IsInteger =>
                new BoundCast(value, true, type, true, value.Span),

            // Decimals of another scale, and times with and without a zone, are the same values.
            BoundCast { Operand: BoundColumn column } when column.Ordinal == width + ordinal && ((type.IsTimestamp && value.Type.IsTimestamp) || (type.Kind == SqlTypeKind.Decimal && value.Type.Kind == SqlTypeKind.Decimal)) => value,
            _ => null,
        };
    }
}
