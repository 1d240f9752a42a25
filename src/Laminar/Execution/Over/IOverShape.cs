using System.ComponentModel;
using Laminar.State;

namespace Laminar.Execution;

/// <summary>Which rows are of one partition.</summary>
/// <typeparam name="TIn">The input's row.</typeparam>
[EditorBrowsable(EditorBrowsableState.Never)]
public interface IPartitionShape<TIn>
{
    /// <summary>Equal for rows of one partition.</summary>
    static abstract uint Hash(in TIn row);

    /// <summary>Whether two rows are of one partition.</summary>
    static abstract bool IsSamePartition(in TIn a, in TIn b);

    /// <summary>The order inside a partition; 0 for peers.</summary>
    static virtual int CompareOrder(in TIn a, in TIn b) => 0;
}

/// <summary>What a query says about its partitions, as generated code: static where it can be, so that loops are specialised for it.</summary>
/// <typeparam name="TIn">The input's row.</typeparam>
/// <typeparam name="TOut">The output's row.</typeparam>
/// <typeparam name="TPane">What the aggregates of a frame keep; <see cref="NoPane"/> without aggregates.</typeparam>
[EditorBrowsable(EditorBrowsableState.Never)]
public interface IOverShape<TIn, TOut, TPane> : IPartitionShape<TIn>, IPaneShape<TIn, TPane>
    where TPane : unmanaged
{
    /// <summary>No row of this one's event time can come once the watermark is above this.</summary>
    static abstract long Due(in TIn row);

    /// <summary>An order of all rows: by partition, then as <see cref="IPartitionShape{TIn}.CompareOrder"/>, then by all other columns, so that it never depends on arrival.</summary>
    static abstract int Compare(in TIn a, in TIn b);

    /// <summary>The key of the order as a number, where a frame goes by how far apart keys are; false for NULL.</summary>
    static virtual bool Key(in TIn row, out long key)
    {
        key = 0;
        return false;
    }

    /// <summary>Whether a row can be put out yet that looks for one behind it past NULLs.</summary>
    static virtual bool HasAhead(ReadOnlySpan<TIn> rows, int index) => true;

    /// <summary>The first row that one behind all these can look back at past NULLs.</summary>
    static virtual int Behind(ReadOnlySpan<TIn> rows) => rows.Length;

    /// <summary>The output of a row.</summary>
    /// <param name="rows">Rows of its partition, in order.</param>
    /// <param name="place">Which one it is.</param>
    /// <param name="pane">The aggregates over its frame.</param>
    TOut Make(ReadOnlySpan<TIn> rows, in OverPlace place, ref TPane pane);
}

/// <summary>What is kept of a frame without aggregates.</summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public struct NoPane;
