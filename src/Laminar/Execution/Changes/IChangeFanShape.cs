using System.ComponentModel;

namespace Laminar.Execution;

/// <summary>What a query makes of each row of one whose rows change, where that may be several (UNNEST, windows, grouping sets), as generated code.</summary>
/// <typeparam name="TIn">The input's row.</typeparam>
/// <typeparam name="TOut">The output's row.</typeparam>
[EditorBrowsable(EditorBrowsableState.Never)]
public interface IChangeFanShape<TIn, TOut>
{
    /// <summary>The outputs of a row, in their order.</summary>
    /// <param name="op">What they are computed with.</param>
    /// <param name="row">The row.</param>
    /// <param name="kind">What they do to the result.</param>
    /// <param name="results">Gets them.</param>
    void Make(EvaluationContext op, in TIn row, RowKind kind, List<TOut> results);

    /// <summary>Whether two rows are equal in all columns.</summary>
    static abstract bool IsSame(in TOut a, in TOut b);

    /// <summary>A row that does something else.</summary>
    static abstract TOut As(in TOut row, RowKind kind);
}
