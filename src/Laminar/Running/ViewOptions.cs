namespace Laminar;

/// <summary>How much of a query's result is kept (<see cref="QueryHandle{TRow}.Keep"/>).</summary>
public sealed record ViewOptions
{
    /// <summary>The greatest <see cref="MaxRows"/>.</summary>
    public const int MostRows = 1_000_000_000;

    /// <summary>
    /// Rows are kept until the watermark is so far past their event time, and up to 1/64 of it longer, because they are dropped in groups. A row that comes later than that isn't kept at all.
    /// Null: for ever. The query's rows must have event time (<see cref="ViewInfo.EventTime"/>).
    /// </summary>
    public TimeSpan? RetainFor { get; init; }

    /// <summary>
    /// Rows that are kept at most, on all cores together; above it the runtime stops with a <see cref="StateLimitException"/>, because nothing is ever dropped that nobody said may be.
    /// The latest n rows only are SQL: <c>ORDER BY ts DESC LIMIT n</c>. Default 10,000,000; 1 to <see cref="MostRows"/>.
    /// </summary>
    public int MaxRows { get; init; } = 10_000_000;
}
