using Laminar.Sql.Catalog;

namespace Laminar.Corpus.Tests.Data;

/// <summary>What arrives at a source, in order: rows, and explicit watermarks between them.</summary>
/// <param name="Relation">The source.</param>
/// <param name="Events">In order of arrival.</param>
internal sealed record StreamData(Relation Relation, IReadOnlyList<StreamEvent> Events)
{
    public int RowCount => Events.Count(e => e.Row is not null);

    /// <summary>Every row with the watermark before it, by the rule of the language page: the maximum over the rows before of time - delay.</summary>
    public IEnumerable<(object?[] Row, long Watermark)> RowsWithWatermarks()
    {
        long watermark = long.MinValue;
        foreach (StreamEvent each in Events)
        {
            if (each.Row is not { } row)
            {
                watermark = Math.Max(watermark, each.Watermark);
                continue;
            }

            yield return (row, watermark);
            if (Relation.Watermark is { } declared && row[declared.ColumnIndex] is long time)
            {
                watermark = Math.Max(watermark, time - declared.Delay);
            }
        }
    }
}

/// <summary>One row (values in their CLR form, NULL as null) or one explicit watermark in the source's unit.</summary>
internal readonly record struct StreamEvent(object?[]? Row, long Watermark)
{
    public static StreamEvent Of(object?[] row) => new(row, 0);

    public static StreamEvent Progress(long watermark) => new(null, watermark);
}
