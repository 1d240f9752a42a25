namespace Laminar.Runtime.Rings;

/// <summary>What travels in band with the rows.</summary>
internal enum SignalKind : byte
{
    /// <summary>Only rows, and the watermark behind them.</summary>
    None,

    /// <summary>Progress of event time.</summary>
    Watermark,

    /// <summary>The end of an epoch: state is saved between what came before and what comes after.</summary>
    Barrier,

    /// <summary>End of input. Barriers may still follow, so that what has ended takes part in epochs.</summary>
    End,
}
