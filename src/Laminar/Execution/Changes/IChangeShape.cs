using System.ComponentModel;

namespace Laminar.Execution;

/// <summary>What a query makes of each row of one whose rows change, as generated code: static, so that loops are specialised for it.</summary>
/// <typeparam name="TIn">The input's row.</typeparam>
/// <typeparam name="TOut">The output's row.</typeparam>
[EditorBrowsable(EditorBrowsableState.Never)]
public interface IChangeShape<TIn, TOut>
{
    /// <summary>The output of a row.</summary>
    /// <param name="op">What it is computed with.</param>
    /// <param name="row">The row.</param>
    /// <param name="kind">What it does to the result.</param>
    /// <param name="result">The output.</param>
    /// <returns>False: a condition leaves it out.</returns>
    static abstract bool TryMake(EvaluationContext op, in TIn row, RowKind kind, out TOut result);

    /// <summary>Whether two rows are equal in all columns.</summary>
    static abstract bool IsSame(in TOut a, in TOut b);

    /// <summary>A row that does something else.</summary>
    static abstract TOut As(in TOut row, RowKind kind);
}
