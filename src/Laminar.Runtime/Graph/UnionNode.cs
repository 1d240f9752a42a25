namespace Laminar.Runtime.Graph;

/// <summary>All rows of several streams: their instances side by side. What reads it meets them as it meets the partitions of a source.</summary>
internal sealed class UnionNode<TRow>(StreamNode<TRow>[] inputs) : StreamNode<TRow>
{
    public override IReadOnlyList<ISourceNode> Origins { get; } = [.. inputs.SelectMany(i => i.Origins).Distinct()];

    public override void Place(GraphPlacement placement)
    {
        Outputs = [.. inputs.SelectMany(i => i.Outputs)];
        Cores = [.. inputs.SelectMany(i => i.Cores)];
    }
}
