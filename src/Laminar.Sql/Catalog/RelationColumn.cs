using Laminar.Sql.Types;

namespace Laminar.Sql.Catalog;

/// <summary>One column of a source, query or table as SQL sees it.</summary>
/// <param name="Name">The SQL name (<c>event_time</c>); names match ignoring case and underscores.</param>
/// <param name="ClrName">The C# member behind it (<c>EventTime</c>).</param>
/// <param name="Type">Its type.</param>
/// <param name="Nullable">Whether it can be NULL.</param>
public sealed record RelationColumn(string Name, string ClrName, SqlType Type, bool Nullable)
{
    /// <summary>
    /// Not null when the column is an event-time column: how far its values may lie behind the relation's watermark without being late,
    /// in the column's own unit (ticks of 100 ns, or milliseconds for BIGINT). 0 for the column that the watermark was declared on and for
    /// <c>window_time</c> and <c>window_end</c>, the window's size for <c>window_start</c>.
    /// </summary>
    public long? EventTimeLag { get; init; }
}
