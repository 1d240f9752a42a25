using Laminar.Execution;
using Laminar.Runtime.Queries;

namespace Laminar.Runtime.Graph;

/// <summary>A query in the graph without its row type.</summary>
internal interface IQueryNode
{
    string Name { get; }

    QueryStatistics Statistics { get; }

    /// <summary>Reader tasks that acknowledge barriers.</summary>
    int Watchers { get; }

    /// <summary>Connects sinks and readers; the stages have been placed.</summary>
    void PlaceOutputs(GraphPlacement placement, Action requestCheckpoint);

    /// <summary>Before the start: the saved state of an epoch was brought back.</summary>
    void Restored(long epoch);

    /// <summary>The epoch is committed: its rows become visible to readers of committed rows.</summary>
    void Commit(long epoch);

    /// <summary>Readers no longer hold anything back.</summary>
    void LiftLimits();

    /// <summary>Ends every reader.</summary>
    void Complete(Exception? error);
}
