namespace Laminar.Generators.Model;

/// <summary>A type with [StreamSource] or [ReferenceTable].</summary>
/// <param name="Row">The type and its columns.</param>
/// <param name="Name">The SQL name.</param>
public sealed record SourceModel(RowTypeModel Row, string Name)
{
    /// <summary>True for [ReferenceTable].</summary>
    public bool IsTable { get; init; }

    /// <summary>Of a table: the indexes of the members with [Key].</summary>
    public EquatableArray<int> Keys { get; init; }

    /// <summary>The declared watermark as SQL, or empty.</summary>
    public string Watermark { get; init; } = "";

    /// <summary>The member with [EventTime], or empty. Counts when there is no <see cref="Watermark"/>.</summary>
    public string EventTimeMember { get; init; } = "";

    /// <summary>[EventTime(Lateness)] in ticks of 100 ns; -1 when the text can't be read.</summary>
    public long EventTimeLatenessTicks { get; init; }
}
