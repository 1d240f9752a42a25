namespace Laminar;

/// <summary>How one source of a runtime behaves.</summary>
public sealed class SourceOptions
{
    /// <summary>Partitions of an in-process source; each is read on one core and has its own watermark. Default 1. Connectors bring their own number.</summary>
    public int Partitions { get; set; } = 1;

    /// <summary>A partition silent for this long stops holding the watermark back; it can't pull it back when it wakes. Null: never idle. At most 30 days.</summary>
    public TimeSpan? IdleTimeout { get; set; }

    /// <summary>What happens to a row that can't be decoded or computed with.</summary>
    public ErrorPolicy OnError { get; set; } = ErrorPolicy.Fail;

    /// <summary>The file that <see cref="ErrorPolicy.DeadLetter"/> appends to, one JSON object per row.</summary>
    public string? DeadLetterPath { get; set; }
}
