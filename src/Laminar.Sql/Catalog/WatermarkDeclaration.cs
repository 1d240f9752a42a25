namespace Laminar.Sql.Catalog;

/// <summary>A watermark of the form <c>column - delay</c>, the only form whose progress is computed row by row at ingress.</summary>
/// <param name="ColumnIndex">Index of the event-time column in the relation.</param>
/// <param name="Delay">What is subtracted, in the column's own unit: ticks of 100 ns, or milliseconds for BIGINT. Never negative.</param>
public sealed record WatermarkDeclaration(int ColumnIndex, long Delay);
