namespace Laminar;

/// <summary>What happens to a row that can't be decoded or computed with. Every such row is counted.</summary>
public enum ErrorPolicy
{
    /// <summary>The query or source stops with the row and its place in the message. The default: nothing is dropped.</summary>
    Fail,

    /// <summary>The row is left out and counted.</summary>
    Skip,

    /// <summary>The row goes to the dead-letter file with the reason, and is counted.</summary>
    DeadLetter,
}
