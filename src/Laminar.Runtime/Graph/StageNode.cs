using Laminar.Execution;
using Laminar.Runtime.Queries;

namespace Laminar.Runtime.Graph;

/// <summary>A stage over a stream.</summary>
internal sealed class StageNode<TIn, TOut>(string query, StreamNode<TIn> input, Stage<TIn, TOut> stage, QueryStages stages, bool first) : StreamNode<TOut>, ILateSource<TIn>
{
    private LateNode<TIn>? _late;

    public override IReadOnlyList<ISourceNode> Origins => input.Origins;

    public StreamNode<TIn> Late => _late ??= new LateNode<TIn>(input.Origins);

    public override void Place(GraphPlacement placement)
    {
        int before = stages.All.Count;
        (Outputs, Cores) = placement.PlaceStage(query, input, stage, stage.Routing, stages, _late);
        stages.Last.Clear();
        stages.Last.AddRange(stages.All.Skip(before));
        if (first)
        {
            stages.First.AddRange(stages.Last);
        }
    }
}
