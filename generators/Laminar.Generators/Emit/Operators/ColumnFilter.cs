using System.Collections.Generic;
using System.Linq;
using Laminar.Generators.Emit.Expressions;
using Laminar.Sql.Binding;
using Laminar.Sql.Catalog;
using Laminar.Sql.Plan;
using Laminar.Sql.Types;

namespace Laminar.Generators.Emit.Operators;

/// <summary>
/// A WHERE right above the scan that can be answered for many rows of a batch at once: comparisons of integer columns that can't be NULL
/// with constants, and AND, OR, NOT of those. Such a filter can't fail.
/// </summary>
internal static class ColumnFilter
{
    private const string Mask = "Laminar::ColumnMask.";

    /// <summary>C# of the mask of the rows from <c>block64</c> to <c>count</c>, at most 64; null where it has to be answered row by row.</summary>
    /// <param name="shape">The query.</param>
    /// <param name="vectors">The accessors of columns as memory.</param>
    public static string? Of(QueryShape shape, IReadOnlyDictionary<int, string> vectors)
    {
        // Rows that are skipped many at a time bring no watermark.
        if (shape.ReadsWatermark || shape.Aggregate is not null || shape.Scan.Relation.Kind != RelationKind.Source || shape.Before.FirstOrDefault() is not FilterNode filter)
        {
            return null;
        }

        return Emit(filter.Predicate, vectors);
    }

    private static string? Emit(BoundExpression expression, IReadOnlyDictionary<int, string> vectors) => expression switch
    {
        BoundUnary { Operator: UnaryOperator.Not } not => Emit(not.Operand, vectors) is { } operand ? $"~{operand}" : null,
        BoundBinary { Operator: BinaryOperator.And } and => Both(and, "&", vectors),
        BoundBinary { Operator: BinaryOperator.Or } or => Both(or, "|", vectors),
        BoundBinary comparison => Compare(comparison, vectors),
        _ => null,
    };

    private static string? Both(BoundBinary pair, string sign, IReadOnlyDictionary<int, string> vectors) =>
        Emit(pair.Left, vectors) is { } left && Emit(pair.Right, vectors) is { } right ? $"({left} {sign} {right})" : null;

    private static string? Compare(BoundBinary comparison, IReadOnlyDictionary<int, string> vectors)
    {
        if (comparison.Right is not BoundLiteral { Value: not null, Type.IsInteger: true } literal)
        {
            return null;
        }

        if (comparison is { Operator: BinaryOperator.Equal or BinaryOperator.NotEqual, Left: BoundBinary { Operator: BinaryOperator.Modulo } remainder })
        {
            return remainder is { Left: BoundColumn { Nullable: false, Type.Kind: SqlTypeKind.BigInt } dividend, Right: BoundLiteral { Value: long and > 0 } divisor } && literal.Value is 0L
                ? $"{(comparison.Operator == BinaryOperator.NotEqual ? "~" : "")}{Mask}MultipleOf(ref input.{vectors[dividend.Ordinal]}(block64), count - block64, {ClrForm.Literal(divisor.Value)})"
                : null;
        }

        if (comparison.Left is not BoundColumn { Nullable: false, Type.IsInteger: true } column)
        {
            return null;
        }

        string? test = comparison.Operator switch
        {
            BinaryOperator.Equal => "Equal",
            BinaryOperator.NotEqual => "~Equal",
            BinaryOperator.Less => "Less",
            BinaryOperator.LessOrEqual => "~Greater",
            BinaryOperator.Greater => "Greater",
            BinaryOperator.GreaterOrEqual => "~Less",
            _ => null,
        };
        if (test is null)
        {
            return null;
        }

        string not = test[0] == '~' ? "~" : "";
        return $"{not}{Mask}{test.TrimStart('~')}(ref input.{vectors[column.Ordinal]}(block64), count - block64, {ClrForm.Literal(literal.Value)})";
    }
}
