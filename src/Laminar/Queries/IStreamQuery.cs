using System.Buffers;

namespace Laminar;

/// <summary>A running query by itself: no runtime, no threads, not thread-safe. <c>Push</c> overloads are on the generated class.</summary>
/// <typeparam name="TRow">The query's row.</typeparam>
public interface IStreamQuery<TRow> : IDisposable
{
    /// <summary>The query's text, plan and fingerprint.</summary>
    QueryInfo Info { get; }

    /// <summary>What was counted so far.</summary>
    QueryStatistics Statistics { get; }

    /// <summary>States that no more rows before <paramref name="watermark"/> will come; windows that end by then close. Never moves back.</summary>
    void AdvanceWatermark(DateTime watermark);

    /// <summary>End of input: every open window closes. Further rows are refused with <see cref="LaminarException"/>.</summary>
    void Complete();

    /// <summary>Writes the whole state. Restore it with the query's <c>Restore</c>.</summary>
    void Snapshot(IBufferWriter<byte> writer);
}
