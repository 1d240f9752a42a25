using Laminar.Execution;
using Laminar.Runtime.Cores;
using Laminar.Runtime.Flow;
using Laminar.Runtime.Queries;

namespace Laminar.Runtime.Graph;

/// <summary>
/// An aggregation that needs no exchange with one input partition, and with several crosses cores only with what each partition has
/// aggregated already.
/// </summary>
internal sealed class TwoPhaseNode<TIn, TPartial, TOut>(
    string query,
    StreamNode<TIn> input,
    Stage<TIn, TOut> whole,
    Stage<TIn, TPartial> local,
    Stage<TPartial, TOut> final,
    QueryStages stages,
    bool first) : StreamNode<TOut>
{
    public override IReadOnlyList<ISourceNode> Origins => input.Origins;

    public override void Place(GraphPlacement placement)
    {
        int before = stages.All.Count;
        int last = before;
        if (input.Cores.Length == 1)
        {
            (Outputs, Cores) = placement.PlaceStage(query, input, whole, Routing.Local, stages);
            if (first)
            {
                stages.First.AddRange(stages.All.Skip(before));
            }
        }
        else
        {
            var partial = new PartialNode(input.Origins);
            partial.Set(placement.PlaceStage(query, input, local, Routing.Local, stages));
            if (first)
            {
                stages.First.AddRange(stages.All.Skip(before));
            }

            last = stages.All.Count;
            (Outputs, Cores) = placement.PlaceStage(query, partial, final, final.Routing, stages);
        }

        stages.Last.Clear();
        stages.Last.AddRange(stages.All.Skip(last));
    }

    /// <summary>What goes from the local to the final phase.</summary>
    private sealed class PartialNode(IReadOnlyList<ISourceNode> origins) : StreamNode<TPartial>
    {
        public override IReadOnlyList<ISourceNode> Origins => origins;

        public void Set((Output<TPartial>[] Outputs, Core[] Cores) placed) => (Outputs, Cores) = placed;

        public override void Place(GraphPlacement placement)
        {
        }
    }
}
