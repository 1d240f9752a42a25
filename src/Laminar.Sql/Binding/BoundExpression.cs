using System;
using System.Collections.Generic;
using System.Linq;
using Laminar.Sql.Functions;
using Laminar.Sql.Text;
using Laminar.Sql.Types;

namespace Laminar.Sql.Binding;

/// <summary>
/// A checked expression. All coercions are explicit (<see cref="BoundCast"/>): both sides of a binary operator have the same type
/// (but for time arithmetic), so emitter and interpreter never convert on their own.
/// </summary>
/// <param name="Type">Type of the value.</param>
/// <param name="Nullable">False only where the value provably can't be NULL.</param>
/// <param name="Span">Where it stands in the SQL text.</param>
public abstract record BoundExpression(SqlType Type, bool Nullable, TextSpan Span)
{
    /// <summary>
    /// The expressions that this one is made of, in the order in which they are evaluated (some maybe never: see the node). Whoever only has to reach
    /// them all walks these, so that a new kind of node is known to every walker.
    /// </summary>
    public abstract IReadOnlyList<BoundExpression> Children { get; }

    /// <summary>The same expression over other children, as many and in the same places as <see cref="Children"/>.</summary>
    public abstract BoundExpression WithChildren(IReadOnlyList<BoundExpression> children);

    /// <summary>This expression, then everything inside it, in the order of the text.</summary>
    public IEnumerable<BoundExpression> DescendantsAndSelf()
    {
        yield return this;
        foreach (BoundExpression child in Children)
        {
            foreach (BoundExpression inside in child.DescendantsAndSelf())
            {
                yield return inside;
            }
        }
    }
}

/// <summary>An expression that holds no other.</summary>
public abstract record BoundLeaf(SqlType Type, bool Nullable, TextSpan Span) : BoundExpression(Type, Nullable, Span)
{
    public sealed override IReadOnlyList<BoundExpression> Children => Array.Empty<BoundExpression>();

    public sealed override BoundExpression WithChildren(IReadOnlyList<BoundExpression> children) => this;
}

/// <summary>Column <paramref name="Ordinal"/> of the row that the plan node below hands up.</summary>
public sealed record BoundColumn(int Ordinal, string Name, SqlType Type, bool Nullable, TextSpan Span) : BoundLeaf(Type, Nullable, Span);

/// <summary>
/// A constant. <paramref name="Value"/> is null or, by type: bool, sbyte..ulong, float, double, decimal, string, byte[], Guid,
/// int days since 0001-01-01 (DATE), long ticks of the day (TIME), long ticks since 0001-01-01 UTC (TIMESTAMP, TIMESTAMPTZ),
/// long ticks (INTERVAL DAY TO SECOND), int months (INTERVAL YEAR TO MONTH). The same representation is used for values at run time.
/// </summary>
public sealed record BoundLiteral(object? Value, SqlType Type, TextSpan Span) : BoundLeaf(Type, Value is null, Span);

/// <summary>The time of the query's clock when it is evaluated: another one each time, so that it is no constant.</summary>
public sealed record BoundClock(TextSpan Span) : BoundLeaf(SqlType.TimestampTz, false, Span);

/// <summary>The query's watermark before the row, in the unit of its event time; NULL as long as there is none.</summary>
public sealed record BoundWatermark(SqlType Type, TextSpan Span) : BoundLeaf(Type, true, Span);

public enum UnaryOperator
{
    Negate,
    Not,
    BitNot,
}

public sealed record BoundUnary(UnaryOperator Operator, BoundExpression Operand, SqlType Type, bool Nullable, TextSpan Span) : BoundExpression(Type, Nullable, Span)
{
    public override IReadOnlyList<BoundExpression> Children => [Operand];

    public override BoundExpression WithChildren(IReadOnlyList<BoundExpression> children) => this with { Operand = children[0], Nullable = children[0].Nullable };
}

public enum BinaryOperator
{
    Add,
    Subtract,
    Multiply,
    Divide,
    Modulo,
    Concat,
    Equal,
    NotEqual,
    Less,
    LessOrEqual,
    Greater,
    GreaterOrEqual,

    /// <summary>IS NOT DISTINCT FROM: NULLs are equal, never NULL.</summary>
    NotDistinct,

    /// <summary>IS DISTINCT FROM.</summary>
    Distinct,

    /// <summary>Three-valued AND; the right side isn't evaluated when the left is FALSE.</summary>
    And,

    /// <summary>Three-valued OR; the right side isn't evaluated when the left is TRUE.</summary>
    Or,
    BitAnd,
    BitOr,
    BitXor,
}

/// <summary>
/// Both sides have the same type (but for DECIMALs, whose digits may differ), and it is the type of the result but for comparisons:
/// integers (checked: overflow and division by zero are error rows), REAL and DOUBLE (IEEE; compared with NaN = NaN above everything),
/// DECIMAL <c>+ - *</c> (never inexact: types that don't fit 28 digits were refused), text by UTF-8 bytes, intervals <c>+ -</c>,
/// times and timestamps compared by their numbers. All other time arithmetic, shifts and DECIMAL <c>/ %</c> come as <see cref="BoundCall"/>;
/// BIGINT event time +- INTERVAL comes as BIGINT +- BIGINT milliseconds.
/// </summary>
public sealed record BoundBinary(BinaryOperator Operator, BoundExpression Left, BoundExpression Right, SqlType Type, bool Nullable, TextSpan Span) : BoundExpression(Type, Nullable, Span)
{
    public override IReadOnlyList<BoundExpression> Children => [Left, Right];

    public override BoundExpression WithChildren(IReadOnlyList<BoundExpression> children) => this with { Left = children[0], Right = children[1] };
}

/// <summary>IS [NOT] NULL.</summary>
public sealed record BoundIsNull(BoundExpression Operand, bool Negated, TextSpan Span) : BoundExpression(SqlType.Boolean, false, Span)
{
    public override IReadOnlyList<BoundExpression> Children => [Operand];

    public override BoundExpression WithChildren(IReadOnlyList<BoundExpression> children) => this with { Operand = children[0] };
}

/// <summary>Searched CASE (a simple CASE is lowered with the operand's equality). Conditions in order; lazily evaluated; no match gives Else or NULL.</summary>
public sealed record BoundCase(IReadOnlyList<BoundWhen> Whens, BoundExpression? Else, SqlType Type, bool Nullable, TextSpan Span) : BoundExpression(Type, Nullable, Span)
{
    /// <summary>Condition and result of each WHEN, then ELSE if there is one.</summary>
    public override IReadOnlyList<BoundExpression> Children =>
        [.. Whens.SelectMany(w => new[] { w.Condition, w.Result }), .. Else is null ? Array.Empty<BoundExpression>() : [Else]];

    public override BoundExpression WithChildren(IReadOnlyList<BoundExpression> children) => this with
    {
        Whens = Whens.Select((_, i) => new BoundWhen(children[2 * i], children[(2 * i) + 1])).ToArray(),
        Else = Else is null ? null : children[2 * Whens.Count],
    };
}

public sealed record BoundWhen(BoundExpression Condition, BoundExpression Result);

/// <summary>The first argument that isn't NULL; lazily evaluated.</summary>
public sealed record BoundCoalesce(IReadOnlyList<BoundExpression> Arguments, SqlType Type, bool Nullable, TextSpan Span) : BoundExpression(Type, Nullable, Span)
{
    public override IReadOnlyList<BoundExpression> Children => Arguments;

    public override BoundExpression WithChildren(IReadOnlyList<BoundExpression> children) => this with { Arguments = children };
}

/// <summary>
/// An array of objects: the elements of an ARRAY, the fields of a ROW, keys and values in turn of a MAP to be, or what a function takes any number of. Never NULL;
/// all items are evaluated, left to right.
/// </summary>
public sealed record BoundItems(IReadOnlyList<BoundExpression> Items, SqlType Type, TextSpan Span) : BoundExpression(Type, false, Span)
{
    public override IReadOnlyList<BoundExpression> Children => Items;

    public override BoundExpression WithChildren(IReadOnlyList<BoundExpression> children) => this with { Items = children };
}

/// <summary>
/// Conversion; NULL stays NULL. What a plan holds is only what C# does by itself without failing: widening among numbers (also integer to
/// DOUBLE or DECIMAL, REAL to DOUBLE), DECIMAL to a DECIMAL that holds it, TIMESTAMP to and from TIMESTAMPTZ, a typed NULL: executors emit
/// <c>(clrType)value</c>. Every other conversion, and every TRY_CAST that can fail, was made a <see cref="BoundCall"/> of <c>SqlCast</c>
/// (<see cref="ScalarFunction.Name"/> is <c>CAST</c> or <c>TRY_CAST</c>) by the planner; <paramref name="Try"/> is then false here.
/// </summary>
public sealed record BoundCast(BoundExpression Operand, bool Try, SqlType Type, bool Nullable, TextSpan Span) : BoundExpression(Type, Nullable, Span)
{
    public override IReadOnlyList<BoundExpression> Children => [Operand];

    public override BoundExpression WithChildren(IReadOnlyList<BoundExpression> children) => this with { Operand = children[0] };
}

/// <summary>
/// A scalar function. Strict functions aren't called for NULL arguments: the result is NULL. Others take nullable parameters
/// (<c>long?</c>, <c>string?</c>) and are always called. All arguments are evaluated, left to right.
/// </summary>
public sealed record BoundCall(ScalarFunction Function, IReadOnlyList<BoundExpression> Arguments, SqlType Type, bool Nullable, TextSpan Span) : BoundExpression(Type, Nullable, Span)
{
    public override IReadOnlyList<BoundExpression> Children => Arguments;

    public override BoundExpression WithChildren(IReadOnlyList<BoundExpression> children) => this with { Arguments = children };
}

/// <summary>
/// A function over the rows of a partition. It stands in no plan: the query is taken apart at it, and it becomes a column (<see cref="Plan.OverNode"/>).
/// </summary>
/// <param name="Name">Upper case.</param>
/// <param name="Arguments">Over the query's rows.</param>
/// <param name="PartitionBy">Which rows belong together.</param>
/// <param name="OrderBy">In which order.</param>
internal sealed record BoundOver(string Name, IReadOnlyList<BoundExpression> Arguments, IReadOnlyList<BoundExpression> PartitionBy, IReadOnlyList<Plan.BoundOrder> OrderBy, SqlType Type, bool Nullable, TextSpan Span)
    : BoundExpression(Type, Nullable, Span)
{
    /// <inheritdoc cref="Plan.OverFunction.Number"/>
    public long Number { get; init; } = 1;

    /// <inheritdoc cref="Plan.OverFunction.IgnoreNulls"/>
    public bool IgnoreNulls { get; init; }

    /// <summary>An aggregate; <see cref="Arguments"/> is all that it reads, whatever it says itself. Null: a function of the row's place.</summary>
    public Plan.BoundAggregate? Aggregate { get; init; }

    /// <summary>Which rows it takes; null where that doesn't matter.</summary>
    public Plan.OverFrame? Frame { get; init; }

    public override IReadOnlyList<BoundExpression> Children => [.. Arguments, .. PartitionBy, .. OrderBy.Select(o => o.Key)];

    public override BoundExpression WithChildren(IReadOnlyList<BoundExpression> children) => this with
    {
        Arguments = children.Take(Arguments.Count).ToArray(),
        PartitionBy = children.Skip(Arguments.Count).Take(PartitionBy.Count).ToArray(),
        OrderBy = OrderBy.Select((o, i) => o with { Key = children[Arguments.Count + PartitionBy.Count + i] }).ToArray(),
    };
}
