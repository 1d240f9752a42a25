namespace Laminar.Runtime.Graph;

/// <summary>A part of the graph without its row type.</summary>
internal interface IGraphNode
{
    /// <summary>The sources that its rows come from.</summary>
    IReadOnlyList<ISourceNode> Origins { get; }

    /// <summary>Makes the instances and connects them to the inputs, which have been placed before.</summary>
    void Place(GraphPlacement placement);
}
