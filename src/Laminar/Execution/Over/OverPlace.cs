using System.ComponentModel;

namespace Laminar.Execution;

/// <summary>Where a row is in its partition.</summary>
/// <param name="Index">From 0, in the rows that are at hand.</param>
/// <param name="Before">Rows of the partition that are no longer at hand.</param>
/// <param name="Peers">Where the rows begin that are equal in order, among those at hand.</param>
/// <param name="PeersEnd">Behind the last of those.</param>
/// <param name="DenseRank">How many different places there are up to it.</param>
/// <param name="From">Where the row's frame begins, among those at hand.</param>
/// <param name="To">Behind the last row of its frame.</param>
[EditorBrowsable(EditorBrowsableState.Never)]
public readonly record struct OverPlace(int Index, long Before, int Peers, int PeersEnd, long DenseRank, int From = 0, int To = 0)
{
    /// <summary>ROW_NUMBER().</summary>
    public long RowNumber => Before + Index + 1L;

    /// <summary>RANK().</summary>
    public long Rank => Before + Peers + 1L;

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
