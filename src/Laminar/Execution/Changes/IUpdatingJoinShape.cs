using System.ComponentModel;

namespace Laminar.Execution;

/// <summary>What a query says about a join whose result changes, as generated code.</summary>
/// <typeparam name="TLeft">The left side's row.</typeparam>
/// <typeparam name="TRight">The right side's row.</typeparam>
/// <typeparam name="TOut">The output's row.</typeparam>
[EditorBrowsable(EditorBrowsableState.Never)]
public interface IUpdatingJoinShape<TLeft, TRight, TOut> : IJoinShape<TLeft, TRight, TOut>
{
    /// <summary>What a row does to the left side's content.</summary>
    static virtual RowKind KindOf(in TLeft row) => RowKind.Insert;

    /// <summary>What a row does to the right side's content.</summary>
    static virtual RowKind KindOf(in TRight row) => RowKind.Insert;

    /// <summary>Whether keys of two rows of the left side, which aren't NULL, are equal.</summary>
    static abstract bool IsSameKey(in TLeft a, in TLeft b);

    /// <summary>Whether two rows are equal in all columns.</summary>
    static abstract bool IsSameRow(in TLeft a, in TLeft b);

    /// <inheritdoc cref="IsSameRow(in TLeft, in TLeft)"/>
    static abstract bool IsSameRow(in TRight a, in TRight b);

    /// <summary>Whether two results are equal in all columns.</summary>
    static abstract bool IsSame(in TOut a, in TOut b);

    /// <summary>A row that does something else.</summary>
    static abstract TOut As(in TOut row, RowKind kind);
}
