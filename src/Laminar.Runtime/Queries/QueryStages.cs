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

    public QueryStatistics Statistics => new(
        First.Sum(s => s.RowsIn), Last.Sum(s => s.RowsOut), All.Sum(s => s.LateRows), All.Sum(s => s.ErrorRows), All.Sum(s => s.StateBytes));
}
