using Laminar.Execution;
using Laminar.Runtime.Cores;
using Laminar.Runtime.Flow;

namespace Laminar.Runtime.Graph;

/// <summary>A stream in the graph. It becomes one or more instances, each on a core, when the runtime starts.</summary>
internal abstract class StreamNode<TRow> : IStreamNode<TRow>, IGraphNode
{
    /// <summary>The sources that its rows come from: the strictest of their error policies counts for every stage behind them.</summary>
    public abstract IReadOnlyList<ISourceNode> Origins { get; }

    /// <summary>True when its rows come straight from source partitions, without watermarks beside them.</summary>
    public virtual bool IsSource => false;

    /// <summary>Per instance; after <see cref="Place"/>.</summary>
    public Output<TRow>[] Outputs { get; protected set; } = [];

    /// <summary>Where each instance runs; after <see cref="Place"/>.</summary>
    public Core[] Cores { get; protected set; } = [];

    public abstract void Place(GraphPlacement placement);
}
