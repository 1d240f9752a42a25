namespace Laminar.Testing;

/// <summary>A row that went in, or a watermark.</summary>
/// <param name="Row">The row, where <paramref name="Watermark"/> is null.</param>
/// <param name="Watermark">Explicit progress.</param>
internal readonly record struct TestEvent<TSource>(TSource Row, DateTime? Watermark);
