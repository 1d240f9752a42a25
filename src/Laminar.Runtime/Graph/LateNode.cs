using Laminar.Runtime.Cores;
using Laminar.Runtime.Flow;

namespace Laminar.Runtime.Graph;

/// <summary>The rows that are late for a stage: a second output of its instances, placed with them.</summary>
internal sealed class LateNode<TRow>(IReadOnlyList<ISourceNode> origins) : StreamNode<TRow>
{
    public override IReadOnlyList<ISourceNode> Origins => origins;

    /// <summary>One output per instance of the stage, beside it.</summary>
    public void Set(Output<TRow>[] outputs, Core[] cores) => (Outputs, Cores) = (outputs, cores);

    public override void Place(GraphPlacement placement)
    {
    }
}

/// <summary>A stage that can hand on its late rows.</summary>
internal interface ILateSource<TIn>
{
    /// <summary>Asked for before the stage is placed.</summary>
    StreamNode<TIn> Late { get; }
}
