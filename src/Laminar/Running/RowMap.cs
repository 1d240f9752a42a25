namespace Laminar;

/// <summary>Makes rows of one type of rows of another, one for one and in order. Keeps nothing of either span.</summary>
/// <param name="rows">The rows.</param>
/// <param name="mapped">Takes as many.</param>
public delegate void RowMap<TIn, TOut>(ReadOnlySpan<TIn> rows, Span<TOut> mapped);
