using Laminar.Sql.Catalog;

namespace Laminar.Corpus.Tests.Data;

/// <summary>What arrives at sources, in order: rows, and explicit watermarks between them.</summary>
/// <param name="Relations">The sources.</param>
/// <param name="Events">In order of arrival.</param>
internal sealed record StreamData(IReadOnlyList<Relation> Relations, IReadOnlyList<StreamEvent> Events)
{
    public StreamData(Relation relation, IReadOnlyList<StreamEvent> events)
        : this([relation], events)
    {
    }

    /// <summary>The only source.</summary>
    public Relation Relation => Relations.Single();

    public int RowCount => Events.Count(e => e.Row is not null);

    /// <summary>
    /// Every row of a source with its number among all rows and the watermark before it, by the rule of the language page: the maximum over the source's rows before
    /// of time - delay.
    /// </summary>
    public IEnumerable<(object?[] Row, long Watermark, int Number)> RowsWithWatermarks(Relation relation)
    {
        long watermark = long.MinValue;
        int number = 0;
        foreach (StreamEvent each in Events)
        {
            if (each.Row is not { } row)
            {
                watermark = !each.IsClock && (each.Source is null || each.Source == relation) ? Math.Max(watermark, each.Watermark) : watermark;
                continue;
            }

            int at = number++;
            if ((each.Source ?? Relations[0]) != relation)
            {
                continue;
            }

            yield return (row, watermark, at);
            if (relation.Watermark is { } declared && row[declared.ColumnIndex] is long time)
            {
                watermark = Math.Max(watermark, time - declared.Delay);
            }
        }
    }
}

/// <summary>One row (values in their CLR form, NULL as null), one explicit watermark in the source's unit, or a reading of the wall clock in ticks.</summary>
/// <param name="Source">Whose; null for the only source's, or a watermark of all.</param>
internal readonly record struct StreamEvent(object?[]? Row, long Watermark, Relation? Source = null)
{
    /// <summary><see cref="Watermark"/> isn't one: it is what the wall clock says.</summary>
    public bool IsClock { get; init; }

    /// <summary>The row of a reference table is taken out rather than put in.</summary>
    public bool IsDelete { get; init; }

    public static StreamEvent Of(object?[] row, Relation? source = null) => new(row, 0, source);

    public static StreamEvent Progress(long watermark, Relation? source = null) => new(null, watermark, source);

    public static StreamEvent Clock(long now) => new(null, now) { IsClock = true };
}
