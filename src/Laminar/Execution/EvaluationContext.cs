using System.ComponentModel;
using Laminar.Functions;

namespace Laminar.Execution;

/// <summary>What rows and results are computed with: the part of an operator that doesn't depend on their types.</summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public abstract class EvaluationContext
{
    /// <summary>The row being computed with, or -1 while nothing that can fail is under way. Only queries that can fail set it.</summary>
    public int Position { get; set; } = -1;

    /// <summary>
    /// The function in C# being called, from 1; 0 outside such calls. What is thrown meanwhile is the row's fault, whatever it is. -1 while a row is added to an
    /// aggregate in C#: what is thrown then is nobody's but the aggregate's, which may be half changed.
    /// </summary>
    public int Calling { get; set; }

    /// <summary>What an aggregate in C# threw last, where the query goes on behind that.</summary>
    public string? AddFailure { get; set; }

    /// <summary>
    /// Which of the input's partitions the rows of the next calls come from. Of rows at one event time FIRST_VALUE and LAST_VALUE take those
    /// of a lower partition for the earlier ones, and of one partition those that arrived before: the order in which partitions meet says nothing.
    /// </summary>
    public int Partition { get; set; }

    /// <summary>What CURRENT_TIMESTAMP and its kind read.</summary>
    public TimeProvider Clock { get; set; } = TimeProvider.System;

    /// <summary>Rows emitted.</summary>
    public long RowsOut { get; set; }

    /// <summary>Rows left out of at least one window because it had closed.</summary>
    public long LateRows { get; set; }

    /// <summary>Whether an exception means that a row can't be computed with, rather than a fault of ours or of the sink.</summary>
    protected internal bool IsRowError(Exception error) =>
        (Calling >= 0 && error is (OverflowException or DivideByZeroException or (LaminarException and not (StreamRowException or StateLimitException))))
        || (Calling > 0 && UserCall.IsRowError(error));
}
