using Laminar.Sql.Plan;

namespace Laminar.Interpreter.Operators;

/// <summary>Turns the nodes of one plan into stages, bottom up.</summary>
internal static class QueryStages
{
    /// <summary>The stages between the scan and the output, in the order in which rows pass them; may be none.</summary>
    public static List<Stage> Build(QueryPlan plan, RunState run)
    {
        var nodes = new Stack<PlanNode>();
        PlanNode node = plan.Root;
        while (node is not ScanNode)
        {
            nodes.Push(node);
            node = InputOf(node);
        }

        var stages = new List<Stage>();
        while (nodes.Count > 0)
        {
            switch (nodes.Peek())
            {
                case WindowAssignNode assign:
                    nodes.Pop();
                    stages.Add(new WindowAssignStage(assign, run));
                    break;
                case WindowAggregateNode { Emit: EmitMode.Changes } changes:
                    nodes.Pop();
                    PlanNode[] above = [.. nodes];
                    nodes.Clear();
                    stages.Add(new WindowAggregateStage(changes, () => Fuse(new Queue<PlanNode>(above)), run));
                    break;
                case WindowAggregateNode aggregate:
                    nodes.Pop();
                    stages.Add(new WindowAggregateStage(aggregate, null, run));
                    break;
                default:
                    var fused = new Queue<PlanNode>();
                    while (nodes.TryPeek(out PlanNode? next) && next is FilterNode or ProjectNode)
                    {
                        fused.Enqueue(nodes.Pop());
                    }

                    stages.Add(new TransformStage(Fuse(fused), run));
                    break;
            }
        }

        return stages;
    }

    private static Transform Fuse(Queue<PlanNode> nodes)
    {
        var transform = new Transform();
        foreach (PlanNode node in nodes)
        {
            switch (node)
            {
                case FilterNode filter:
                    transform.AddFilter(filter.Predicate);
                    break;
                case ProjectNode project:
                    transform.AddProject(project.Expressions);
                    break;
                default:
                    throw new LaminarException($"{node.GetType().Name} can't stand above a changelog.");
            }
        }

        return transform;
    }

    private static PlanNode InputOf(PlanNode node) => node switch
    {
        FilterNode filter => filter.Input,
        ProjectNode project => project.Input,
        WindowAssignNode assign => assign.Input,
        WindowAggregateNode aggregate => aggregate.Input,
        _ => throw new LaminarException($"The interpreter doesn't know the plan node {node.GetType().Name}."),
    };
}
