namespace Laminar.Runtime.Flow;

/// <summary>
/// Takes rows from something on the same core. Never blocks: what it can't take now stays with the sender, which comes again when the core
/// has done something else.
/// </summary>
internal interface IReceiver<TRow>
{
    /// <summary>True when <see cref="Accept"/> needs the watermark before each row; false when the rows alone say it.</summary>
    bool NeedsWatermarks { get; }

    /// <summary>Takes rows from the front.</summary>
    /// <param name="rows">The rows; only borrowed.</param>
    /// <param name="watermarks">The watermark before each row; may be empty when <see cref="NeedsWatermarks"/> is false.</param>
    /// <param name="ceiling">The minimum of the other inputs' watermarks.</param>
    /// <param name="partition">Which of the sender's instances the rows come from; of a source: its partition.</param>
    /// <returns>Rows taken; fewer when it is full.</returns>
    int Accept(ReadOnlySpan<TRow> rows, ReadOnlySpan<long> watermarks, long ceiling, int partition);

    /// <summary>Takes a signal behind the rows accepted so far.</summary>
    /// <returns>False when it can't now; the same signal must come again.</returns>
    bool TrySignal(in Signal signal);
}
