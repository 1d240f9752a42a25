namespace Laminar.Testing;

/// <summary>A row that went in, a watermark, or what the wall clock said.</summary>
/// <param name="Row">The row, where all else is null.</param>
/// <param name="Watermark">Explicit progress.</param>
/// <param name="Clock">What the wall clock said.</param>
internal readonly record struct TestEvent<TSource>(TSource Row, DateTime? Watermark, DateTime? Clock = null)
{
    public bool IsRow => Watermark is null && Clock is null;
}
