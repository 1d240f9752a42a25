namespace Laminar;

/// <summary>What a query's result is told apart by, for whoever keeps it (<see cref="QueryHandle{TRow}.Keep"/>).</summary>
/// <param name="Key">
/// The columns of the key by their SQL names, in the order of the key type of <see cref="KeyedQueryHandle{TRow, TKey}.Lookup"/>: what a query groups by and its window, what it is
/// partitioned by and the place. No columns: there is one row at most. Null: there is no key, or SELECT leaves a part of it out.
/// </param>
/// <param name="IsUnique">True when one row at most has a key: a row that comes takes the place of the one before it.</param>
/// <param name="IsUpsert">True when changes tell the new row only (EMIT ON UPDATE and EVERY), so that nothing but the key says which one it replaces.</param>
/// <param name="EventTime">The column of event time that is the least behind the watermark, or null.</param>
public sealed record ViewInfo(IReadOnlyList<string>? Key, bool IsUnique = false, bool IsUpsert = false, string? EventTime = null)
{
    /// <summary>Of a query that says nothing: rows are added as they come.</summary>
    public static ViewInfo None { get; } = new((IReadOnlyList<string>?)null);
}
