using System.Collections.Generic;
using Laminar.Sql.Binding;

namespace Laminar.Sql.Plan;

public enum JoinType
{
    Inner,

    /// <summary>A row of the left side without a match comes once, with NULLs, when no match can come any more.</summary>
    Left,

    /// <summary>The same of the right side.</summary>
    Right,

    /// <summary>The same of both.</summary>
    Full,

    /// <summary>A row of the left side that has a match, once, when the first is there. The right side's columns are NULL.</summary>
    Semi,

    /// <summary>A row of the left side without a match, once, when no match can come any more. The right side's columns are NULL.</summary>
    Anti,
}

/// <summary>Of all matches of a row of the left side the nearest in time, known when the watermark has passed the row.</summary>
public enum JoinPick
{
    /// <summary>All of them.</summary>
    All,

    /// <summary>The latest.</summary>
    Latest,

    /// <summary>The earliest.</summary>
    Earliest,

    /// <summary>The one least far away; the earlier one of two.</summary>
    Nearest,
}

/// <summary>How two queries inside a query are joined. Columns of the join: those of the left one, then those of the right one.</summary>
/// <param name="Type">What becomes of rows without a match.</param>
/// <param name="LeftKeys">Ordinals of the left side's columns that must be equal to those of the right; NULL equals nothing.</param>
/// <param name="RightKeys">As many, of the right side's columns.</param>
/// <param name="Bound">How far apart in time matches are; null: any distance, so that all rows are kept.</param>
/// <param name="Residual">What else must be TRUE, over the columns of the join; null: nothing.</param>
public sealed record JoinSpec(JoinType Type, IReadOnlyList<int> LeftKeys, IReadOnlyList<int> RightKeys, JoinBound? Bound, BoundExpression? Residual)
{
    /// <summary>Which of the matches of a row of the left side are taken.</summary>
    public JoinPick Pick { get; init; }

    /// <summary>
    /// The result changes: rows of a side do, or a row without a match is put out at once, and taken back when it finds one. All rows are kept as long as they are there.
    /// </summary>
    public bool IsUpdating { get; init; }

    /// <summary>Of a join as of a time: each row has an answer from the beginning, which may change; it is told at once, or, of one that isn't updating, when it is final.</summary>
    public bool NeedsAnswersThatChange => Pick != JoinPick.All && (IsUpdating || (Pick != JoinPick.Latest && Bound is { High: long.MaxValue }));

    /// <summary>A row of the left side without a match comes with NULLs.</summary>
    public bool KeepsLeft => Type is JoinType.Left or JoinType.Full or JoinType.Anti;

    /// <summary>A row of the right side without a match comes with NULLs.</summary>
    public bool KeepsRight => Type is JoinType.Right or JoinType.Full;
}

/// <summary>The right side's time less the left side's lies from <paramref name="Low"/> to <paramref name="High"/>, in the unit of the event time.</summary>
/// <param name="LeftTime">Ordinal of the left side's event time.</param>
/// <param name="RightTime">Ordinal of the right side's.</param>
/// <param name="Low"><see cref="long.MinValue"/>: no bound.</param>
/// <param name="High"><see cref="long.MaxValue"/>: no bound.</param>
/// <param name="LeftLag">How far behind the watermark the left side's time may be without being late.</param>
/// <param name="RightLag">The same of the right side's.</param>
public sealed record JoinBound(int LeftTime, int RightTime, long Low, long High, long LeftLag, long RightLag)
{
    /// <summary>How long behind its time (at its watermark) a row of the left side can still match; null: for ever.</summary>
    public long? LeftKept => High == long.MaxValue ? null : High + RightLag;

    /// <summary>The same of the right side.</summary>
    public long? RightKept => Low == long.MinValue ? null : LeftLag - Low;
}
