using System.ComponentModel;
using Laminar.State;

namespace Laminar.Execution;

/// <summary>What a query says about the two sides of its join, as generated code: static, so that loops are specialised for it.</summary>
/// <typeparam name="TLeft">The left side's row.</typeparam>
/// <typeparam name="TRight">The right side's row.</typeparam>
/// <typeparam name="TOut">The output's row.</typeparam>
[EditorBrowsable(EditorBrowsableState.Never)]
public interface IJoinShape<TLeft, TRight, TOut>
{
    /// <summary>The hash of the keys; false where one is NULL, which equals nothing.</summary>
    static abstract bool HasKey(in TLeft row, out uint hash);

    /// <inheritdoc cref="HasKey(in TLeft, out uint)"/>
    static abstract bool HasKey(in TRight row, out uint hash);

    /// <summary>The event time; 0 where the join has no bound in time.</summary>
    static abstract long Time(in TLeft row);

    /// <inheritdoc cref="Time(in TLeft)"/>
    static abstract long Time(in TRight row);

    /// <summary>Whether keys that aren't NULL are equal.</summary>
    static abstract bool IsSameKey(in TLeft left, in TRight right);

    /// <summary>Whether keys of two rows of the right side, which aren't NULL, are equal.</summary>
    static abstract bool IsSameKey(in TRight a, in TRight b);

    /// <summary>Whether <see cref="IsMatch"/> can fail.</summary>
    static abstract bool CanFail { get; }

    /// <summary>What else the condition asks for.</summary>
    static abstract bool IsMatch(in TLeft left, in TRight right);

    /// <summary>The output of a pair; of a row without a match with NULLs for the other.</summary>
    static abstract TOut Make(in TLeft left, in TRight right, JoinSide sides);
}

/// <summary>Which sides a row of a join has.</summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public enum JoinSide : byte
{
    Left,
    Right,
    Both,
}

/// <summary>A row of either side on its way to a join.</summary>
/// <typeparam name="TLeft">The left side's row.</typeparam>
/// <typeparam name="TRight">The right side's row.</typeparam>
[EditorBrowsable(EditorBrowsableState.Never)]
public struct JoinRow<TLeft, TRight>
{
    /// <summary>The row, if it is of the left side.</summary>
    public TLeft Left;

    /// <summary>The row, if it is of the right side.</summary>
    public TRight Right;

    /// <summary>Of which side it is.</summary>
    public bool IsRight;

    /// <inheritdoc/>
    public override readonly string ToString() => (IsRight ? Convert.ToString(Right) : Convert.ToString(Left)) ?? "";
}

/// <summary>What comes of rows that match.</summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public enum JoinPairs : byte
{
    /// <summary>Every pair.</summary>
    All,

    /// <summary>The row of the left side, once.</summary>
    First,

    /// <summary>Nothing: only rows without a match come.</summary>
    None,
}

/// <summary>Which of the matches of a row counts.</summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public enum JoinChoice : byte
{
    All,
    Latest,
    Earliest,

    /// <summary>Of two that are equally far away the earlier one.</summary>
    Nearest,
}

/// <summary>What a join keeps of its sides.</summary>
/// <param name="QueryName">For messages.</param>
/// <param name="Fingerprint">Of the state's layout.</param>
/// <param name="Low">The right side's time less the left side's is at least this; <see cref="long.MinValue"/>: no bound.</param>
/// <param name="High">And at most this; <see cref="long.MaxValue"/>: no bound.</param>
/// <param name="LeftLag">How far behind the watermark a row of the left side isn't late.</param>
/// <param name="RightLag">The same of the right side.</param>
/// <param name="HasBound">Whether there is a bound in time at all: without one no row is late.</param>
/// <param name="KeepsLeft">A row of the left side without a match comes with NULLs.</param>
/// <param name="KeepsRight">The same of the right side.</param>
/// <param name="Pairs">What matches give.</param>
/// <param name="Pick">Of a join as of a time: which match counts.</param>
[EditorBrowsable(EditorBrowsableState.Never)]
public sealed record JoinLayout(string QueryName, string Fingerprint, long Low, long High, long LeftLag, long RightLag, bool HasBound, bool KeepsLeft, bool KeepsRight, JoinPairs Pairs, JoinChoice Pick)
{
    /// <summary>The earliest time of the right side that a row of the left side meets.</summary>
    /// <param name="left">The left row's time.</param>
    internal long Earliest(long left) => Low == long.MinValue ? long.MinValue : PaneMath.AddSaturated(left, Low);

    /// <summary>The latest.</summary>
    /// <param name="left">The left row's time.</param>
    internal long Latest(long left) => High == long.MaxValue ? long.MaxValue : PaneMath.AddSaturated(left, High);
}
