using System.ComponentModel;

namespace Laminar.Execution;

/// <summary>What a query says about a join as of a time whose answers change, as generated code.</summary>
/// <typeparam name="TLeft">The left side's row.</typeparam>
/// <typeparam name="TRight">The right side's row.</typeparam>
/// <typeparam name="TOut">The output's row.</typeparam>
[EditorBrowsable(EditorBrowsableState.Never)]
public interface IAsofChangeShape<TLeft, TRight, TOut> : IJoinShape<TLeft, TRight, TOut>
{
    /// <summary>Whether two outputs are equal in all columns.</summary>
    static abstract bool IsSame(in TOut a, in TOut b);

    /// <summary>An output that does something else.</summary>
    static abstract TOut As(in TOut row, RowKind kind);
}
