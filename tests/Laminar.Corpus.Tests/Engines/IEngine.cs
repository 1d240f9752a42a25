using Laminar.Corpus.Tests.Data;
using Laminar.Sql.Catalog;

namespace Laminar.Corpus.Tests.Engines;

/// <summary>Something that runs a query over a source's rows as they arrive.</summary>
internal interface IEngine
{
    RunResult Run(StreamData data, RunShape shape);
}

/// <summary>What came out.</summary>
/// <param name="Rows">In order of emission; for an updating query with the kind in front.</param>
/// <param name="Late">Rows that missed a window.</param>
/// <param name="Errors">Rows skipped.</param>
/// <param name="Failure">The message of the failure that ended the query, or null.</param>
internal sealed record RunResult(IReadOnlyList<object?[]> Rows, long Late, long Errors, string? Failure);

/// <summary>How the input is cut.</summary>
/// <param name="BatchRows">Rows per push; <see cref="int.MaxValue"/> for all at once.</param>
/// <param name="RestartAfter">Snapshot and restore before this row (counted from 0), or -1.</param>
/// <param name="SkipErrors">Error rows are skipped and counted rather than fatal.</param>
internal sealed record RunShape(int BatchRows, int RestartAfter = -1, bool SkipErrors = false)
{
    public IEnumerable<Step> Steps(StreamData data)
    {
        var rows = new List<object?[]>();
        int number = 0;
        Relation? source = data.Relations.FirstOrDefault();
        bool isDelete = false;
        foreach (StreamEvent each in data.Events)
        {
            Relation? of = each.Source ?? data.Relations.FirstOrDefault();
            if (each.Row is null || number == RestartAfter || rows.Count == BatchRows || of != source || each.IsDelete != isDelete)
            {
                if (rows.Count > 0)
                {
                    yield return new Step(rows, 0, false) { Source = source, IsDelete = isDelete };
                    rows = [];
                }
            }

            if (each.Row is not { } row)
            {
                yield return new Step(null, each.Watermark, false) { Source = each.Source, IsClock = each.IsClock };
                continue;
            }

            source = of;
            isDelete = each.IsDelete;

            if (number++ == RestartAfter)
            {
                yield return new Step(null, 0, true);
            }

            rows.Add(row);
        }

        if (rows.Count > 0)
        {
            yield return new Step(rows, 0, false) { Source = source, IsDelete = isDelete };
        }
    }
}

/// <summary>One call: rows, a watermark, what the wall clock says, or a restart from a snapshot.</summary>
internal sealed record Step(IReadOnlyList<object?[]>? Rows, long Watermark, bool Restart)
{
    /// <summary>Whose rows, or whose watermark; a watermark without one is of all sources.</summary>
    public Relation? Source { get; init; }

    /// <summary>The rows of a reference table are taken out.</summary>
    public bool IsDelete { get; init; }

    /// <summary>The watermark is what the wall clock says.</summary>
    public bool IsClock { get; init; }
}
