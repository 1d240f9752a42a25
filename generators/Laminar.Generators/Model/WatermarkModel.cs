namespace Laminar.Generators.Model;

/// <summary>A watermark <c>member - delay</c>.</summary>
/// <param name="Member">Index into the row's members.</param>
/// <param name="Delay">In the column's own unit: ticks of 100 ns, or milliseconds for BIGINT.</param>
public sealed record WatermarkModel(int Member, long Delay);
