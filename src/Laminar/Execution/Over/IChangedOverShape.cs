using System.ComponentModel;

namespace Laminar.Execution;

/// <summary>What a query says about partitions of rows that change, as generated code.</summary>
/// <typeparam name="TIn">The input's row.</typeparam>
/// <typeparam name="TOut">The output's row.</typeparam>
/// <typeparam name="TPane">What the aggregates of a frame keep; <see cref="NoPane"/> without aggregates.</typeparam>
[EditorBrowsable(EditorBrowsableState.Never)]
public interface IChangedOverShape<TIn, TOut, TPane> : IOverShape<TIn, TOut, TPane>
    where TPane : unmanaged
{
    /// <summary>Whether two rows of the input are equal in all columns.</summary>
    static abstract bool IsSameRow(in TIn a, in TIn b);

    /// <summary>Whether two outputs are equal in all columns.</summary>
    static abstract bool IsSame(in TOut a, in TOut b);

    /// <summary>An output that does something else.</summary>
    static abstract TOut As(in TOut row, RowKind kind);
}
