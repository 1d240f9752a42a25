using System.ComponentModel;

namespace Laminar.Execution;

/// <summary>What a query says about its partitions, as generated code: static, so that loops are specialised for it.</summary>
/// <typeparam name="TIn">The input's row.</typeparam>
/// <typeparam name="TOut">The output's row.</typeparam>
[EditorBrowsable(EditorBrowsableState.Never)]
public interface IOverShape<TIn, TOut>
{
    /// <summary>No row of this one's event time can come once the watermark is above this.</summary>
    static abstract long Due(in TIn row);

    /// <summary>Whether two rows are of one partition.</summary>
    static abstract bool IsSamePartition(in TIn a, in TIn b);

    /// <summary>The order inside a partition; 0 for peers.</summary>
    static abstract int CompareOrder(in TIn a, in TIn b);

    /// <summary>An order of all rows: by partition, then as <see cref="CompareOrder"/>, then by all other columns, so that it never depends on arrival.</summary>
    static abstract int Compare(in TIn a, in TIn b);

    /// <summary>The output of a row.</summary>
    /// <param name="rows">All rows of its partition, in order.</param>
    /// <param name="place">Which one it is.</param>
    static abstract TOut Make(ReadOnlySpan<TIn> rows, in OverPlace place);
}

/// <summary>Where a row is in its partition.</summary>
/// <param name="Index">From 0.</param>
/// <param name="Peers">Where the rows begin that are equal in order.</param>
/// <param name="PeersEnd">Behind the last of those.</param>
/// <param name="DenseRank">How many different places there are up to it.</param>
[EditorBrowsable(EditorBrowsableState.Never)]
public readonly record struct OverPlace(int Index, int Peers, int PeersEnd, int DenseRank)
{
    /// <summary>ROW_NUMBER().</summary>
    public long RowNumber => Index + 1L;

    /// <summary>RANK().</summary>
    public long Rank => Peers + 1L;

    /// <summary>PERCENT_RANK(): 0 of a single row.</summary>
    public double PercentRank(int count) => count == 1 ? 0 : Peers / (count - 1.0);

    /// <summary>CUME_DIST().</summary>
    public double CumeDist(int count) => PeersEnd / (double)count;

    /// <summary>NTILE(n): the first buckets are one larger where rows don't divide.</summary>
    public long Bucket(int count, long buckets)
    {
        long size = count / buckets;
        long larger = count % buckets;
        long inLarger = larger * (size + 1);
        return Index < inLarger ? (Index / (size + 1)) + 1 : larger + ((Index - inLarger) / size) + 1;
    }
}
