using System.ComponentModel;

namespace Laminar.Execution;

/// <summary>What a query says about the first rows of its partitions, as generated code.</summary>
/// <typeparam name="TIn">The input's row.</typeparam>
/// <typeparam name="TOut">The output's row.</typeparam>
[EditorBrowsable(EditorBrowsableState.Never)]
public interface ITopShape<TIn, TOut> : IPartitionShape<TIn>
{
    /// <summary>Whether two rows are equal in all columns.</summary>
    static abstract bool IsSame(in TIn a, in TIn b);

    /// <summary>The output of a row.</summary>
    /// <param name="row">The row.</param>
    /// <param name="rank">ROW_NUMBER, RANK or DENSE_RANK.</param>
    /// <param name="kind">What it does to the result.</param>
    static abstract TOut Make(in TIn row, long rank, RowKind kind);
}

/// <summary>How rows are counted.</summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public enum TopRank : byte
{
    /// <summary>ROW_NUMBER: one after the other, of equal ones the first to arrive first.</summary>
    RowNumber,

    /// <summary>RANK: by how many are before.</summary>
    Rank,

    /// <summary>DENSE_RANK: by how many different ones are before.</summary>
    DenseRank,
}

/// <summary>Which rows come first.</summary>
/// <param name="QueryName">For messages.</param>
/// <param name="Fingerprint">Of the state's layout.</param>
/// <param name="Skip">Rows that are left out.</param>
/// <param name="Last">The last rank that is put out.</param>
/// <param name="Rank">How rows are counted.</param>
/// <param name="ShowsRank">Whether the rank is in the output.</param>
[EditorBrowsable(EditorBrowsableState.Never)]
public sealed record TopLayout(string QueryName, string Fingerprint, long Skip, long Last, TopRank Rank, bool ShowsRank);
