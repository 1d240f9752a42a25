namespace Laminar.Sql.Plan;

/// <summary>What the bounds of a frame count.</summary>
public enum FrameUnit
{
    /// <summary>Rows.</summary>
    Rows,

    /// <summary>How far apart the values of the only key of the order are; peers are together.</summary>
    Range,
}

/// <summary>Which rows of its partition an aggregate over a partition takes, seen from a row.</summary>
/// <param name="Unit">What the bounds count.</param>
/// <param name="From">The first row: below 0 before the row, 0 the row itself (of <see cref="FrameUnit.Range"/> its first peer); null: the partition's first.</param>
/// <param name="To">The last row, in the same way; null: the partition's last.</param>
public sealed record OverFrame(FrameUnit Unit, long? From, long? To)
{
    /// <summary>From the partition's first row on: rows come in and none go.</summary>
    public bool IsRunning => From is null;

    /// <summary>Whether a row is always in its own frame.</summary>
    public bool HasOwn => From is null or <= 0 && To is null or >= 0;
}
