using Laminar.Runtime.Epochs;
using Laminar.Runtime.Rings;

namespace Laminar.Runtime.Flow;

/// <summary>What goes in band between rows.</summary>
/// <param name="Kind">What it is.</param>
/// <param name="Watermark">For <see cref="SignalKind.Watermark"/>, in the source's event-time unit.</param>
/// <param name="Epoch">For <see cref="SignalKind.Barrier"/>.</param>
internal readonly record struct Signal(SignalKind Kind, long Watermark, Epoch? Epoch)
{
    public static Signal End => new(SignalKind.End, long.MaxValue, null);

    public static Signal Advance(long watermark) => new(SignalKind.Watermark, watermark, null);

    public static Signal Barrier(Epoch epoch) => new(SignalKind.Barrier, 0, epoch);
}
