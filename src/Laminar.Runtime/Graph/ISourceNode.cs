using Laminar.Runtime.Errors;
using Laminar.Runtime.Sources;
using Laminar.Storage;

namespace Laminar.Runtime.Graph;

/// <summary>A source in the graph without its row type.</summary>
internal interface ISourceNode : IGraphNode
{
    string Name { get; }

    /// <summary>False while only queries have named it.</summary>
    bool IsAdded { get; }

    /// <summary>True for the row that constants are computed from: nobody added it, and nobody counts it.</summary>
    bool IsConstant { get; }

    /// <summary>True when a connector can read it again, so that its rows need no log.</summary>
    bool IsReplayable { get; }

    SourceErrors Errors { get; }

    int Partitions { get; }

    EventTimeUnit EventTimeUnit { get; }

    /// <summary>True when its rows move event time.</summary>
    bool HasWatermark { get; }

    /// <summary>How far it may be ahead of others; null: any distance.</summary>
    TimeSpan? MaxDrift { get; }

    /// <summary>One per partition; after <see cref="CreateTasks"/>.</summary>
    IReadOnlyList<ISourceTask> Tasks { get; }

    /// <summary>Makes the partitions' tasks, when it is known what was recovered.</summary>
    /// <param name="placement">Where they run.</param>
    /// <param name="store">Where their rows are logged; null: nowhere.</param>
    /// <param name="recovered">What was recovered.</param>
    /// <param name="drift">Which sources wait for which.</param>
    /// <param name="onPartitionEnd">Told once for each.</param>
    void CreateTasks(GraphPlacement placement, StateStore? store, RecoveredSources recovered, DriftGroups drift, Action onPartitionEnd);

    /// <summary>Refuses new rows; what is there is still taken.</summary>
    void Refuse(Exception reason);

    /// <summary>Everything that waits fails.</summary>
    void Fail(Exception reason);
}
