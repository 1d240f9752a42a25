namespace Laminar;

/// <summary>How one source of a runtime behaves.</summary>
public sealed class SourceOptions
{
    /// <summary>Partitions of an in-process source; each is read on one core and has its own watermark. Default 1. Connectors bring their own number.</summary>
    public int Partitions { get; set; } = 1;

    /// <summary>A partition silent for this long stops holding the watermark back; it can't pull it back when it wakes. Null: never idle. At most 30 days.</summary>
    public TimeSpan? IdleTimeout { get; set; }

    /// <summary>
    /// How far, in event time, a partition may be ahead of the slowest partition of any source whose rows meet this one's in some query: beyond that its rows wait (and pushes, when the source is full), so
    /// that joins and windows needn't keep them. A source that a connector reads looks before each read of up to 1,024 rows, pushed rows stop at the first that is too far ahead. Idle and ended partitions are
    /// not waited for, nor are sources without a watermark; one that has had no row yet is, so push into the sources from tasks of their own. A flush, and a checkpoint that is to cover pushed rows, let those through.
    /// Null: nothing waits. Above 0, at most 100 years.
    /// </summary>
    public TimeSpan? MaxDrift { get; set; }

    /// <summary>What happens to a row that can't be decoded or computed with.</summary>
    public ErrorPolicy OnError { get; set; } = ErrorPolicy.Fail;

    /// <summary>The file that <see cref="ErrorPolicy.DeadLetter"/> appends to, one JSON object per row.</summary>
    public string? DeadLetterPath { get; set; }
}
