using Laminar.Runtime.Flow;

namespace Laminar.Runtime.Queries;

/// <summary>The stage instances of one query, for its counters. Filled at the start.</summary>
internal sealed class QueryStages
{
    /// <summary>Those that take what the query reads.</summary>
    public List<IStageInstance> First { get; } = [];

    /// <summary>Those whose rows are the query's.</summary>
    public List<IStageInstance> Last { get; } = [];

    /// <summary>All.</summary>
    public List<IStageInstance> All { get; } = [];

    /// <summary>The stages of the query whose late rows these are; null otherwise.</summary>
    public QueryStages? LateOf { get; set; }

    public QueryStatistics Statistics => LateOf is { } late ? Late(late.All.Sum(s => s.LateRows)) : new(
        First.Sum(s => s.RowsIn), Last.Sum(s => s.RowsOut), All.Sum(s => s.LateRows), All.Sum(s => s.ErrorRows), All.Sum(s => s.StateBytes));

    private static QueryStatistics Late(long rows) => new(rows, rows, 0, 0, 0);
}
