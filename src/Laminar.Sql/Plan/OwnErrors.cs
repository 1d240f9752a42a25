namespace Laminar.Sql.Plan;

/// <summary>What becomes of an error that no single row of a source has made.</summary>
public enum ErrorAction
{
    /// <summary>The query ends with it.</summary>
    Fail,

    /// <summary>What failed is left out and counted.</summary>
    Skip,

    /// <summary>As <see cref="Skip"/>, and it is written into a file.</summary>
    DeadLetter,
}

/// <summary>What a query says about errors of its own: in what is computed of groups, and of the rows of other queries. Those of a source's rows follow the source.</summary>
/// <param name="Action">What becomes of them.</param>
/// <param name="DeadLetterPath">The file of <see cref="ErrorAction.DeadLetter"/>, variables not yet replaced; null otherwise.</param>
public sealed record OwnErrors(ErrorAction Action, string? DeadLetterPath)
{
    /// <summary><c>skip</c>, <c>dead letter 'errors.jsonl'</c>.</summary>
    public override string ToString() => Action switch
    {
        ErrorAction.Skip => "skip",
        ErrorAction.DeadLetter => $"dead letter '{DeadLetterPath}'",
        _ => "fail",
    };
}
