using Laminar.Bench.OperatorGraph;

namespace Laminar.Bench.Engines;

/// <summary>Takes each row whole, so that no column is left uncomputed because nobody looks at it.</summary>
public struct TakenRow<TRow>(RowTally tally) : ISink<TRow>
{
    /// <summary>The row that came last.</summary>
    public TRow? Last { get; private set; }

    public void Emit(in TRow row)
    {
        Last = row;
        tally.Rows++;
    }
}

/// <summary>The same of changes.</summary>
public struct TakenChange<TRow>(RowTally tally) : ISink<TRow>
    where TRow : IChangelogRow
{
    /// <summary>The row that came last.</summary>
    public TRow? Last { get; private set; }

    public void Emit(in TRow row)
    {
        Last = row;
        tally.Add(row.Kind);
    }
}

/// <summary>Rows that are left.</summary>
public sealed class RowTally
{
    public long Rows { get; set; }

    public void Add(RowKind kind) => Rows += kind is RowKind.Insert or RowKind.UpdateAfter ? 1 : -1;
}

/// <summary>The end of an operator graph.</summary>
/// <param name="tally">Counts what is left.</param>
/// <param name="keep">Keeps all; null: nothing.</param>
public sealed class ResultVertex(RowTally tally, Action<Datum[], RowKind>? keep = null) : Vertex
{
    private Datum[] _last = [];

    /// <summary>The row that came last, so that rows aren't only counted.</summary>
    public IReadOnlyList<Datum> Last => _last;

    public override void OnRow(Datum[] row, RowKind kind)
    {
        _last = row;
        tally.Add(kind);
        keep?.Invoke(row, kind);
    }

    public override void OnWatermark(long watermark)
    {
    }
}
