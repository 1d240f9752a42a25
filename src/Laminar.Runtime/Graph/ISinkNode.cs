namespace Laminar.Runtime.Graph;

/// <summary>A sink that several queries feed, without its row type.</summary>
internal interface ISinkNode
{
    string Name { get; }

    /// <summary>Connects it to its queries; their stages have been placed.</summary>
    void Place(GraphPlacement placement);
}
