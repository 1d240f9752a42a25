using Laminar.Sql.Catalog;
using Laminar.Sql.Plan;

namespace Laminar.Interpreter.Operators;

/// <summary>Turns the nodes of one plan into stages, bottom up.</summary>
internal static class PlanStages
{
    /// <summary>The stages between the scan and the output, in the order in which rows pass them; may be none.</summary>
    public static List<ChunkStage> Build(QueryPlan plan, RunState run)
    {
        bool changes = plan.Scan.Relation.IsUpdating;
        return changes && plan.Root.DownToScan().All(n => n is FilterNode or ProjectNode or ScanNode || IsFan(n)) && plan.Root.DownToScan().Any(IsFan)
            ? [new ChangeFanStage(row => Build(plan, row, false), plan.Columns, run)]
            : Build(plan, run, changes);
    }

    private static bool IsFan(PlanNode node) => node is UnnestNode or WindowAssignNode or ExpandNode;

    private static List<ChunkStage> Build(QueryPlan plan, RunState run, bool changes)
    {
        var nodes = new Stack<PlanNode>(plan.Root.DownToScan().Where(n => n is not ScanNode));

        // Window bounds are computed without limits; every query puts out rows whose timestamps are in DateTime's range.
        int[] timestamps = nodes.Any(n => n is WindowAssignNode or WindowAggregateNode)
            ? [.. Enumerable.Range(0, plan.Columns.Count).Where(i => plan.Columns[i].Type.IsTimestamp)]
            : [];
        bool isChecked = timestamps.Length == 0;
        var stages = new List<ChunkStage>();
        var wanted = new WantedColumns(plan.Root);
        if (changes && nodes.All(n => n is FilterNode or ProjectNode))
        {
            return [new ChangeRowsStage(Fuse(new Queue<PlanNode>(nodes), [], wanted), plan.Columns, run, plan.Scan.Relation.Kind == RelationKind.Source)];
        }

        while (nodes.Count > 0)
        {
            switch (nodes.Peek())
            {
                case WindowAggregateNode groups when changes:
                    nodes.Pop();
                    return [new GroupChangesStage(groups, run), new ChangeRowsStage(Fuse(new Queue<PlanNode>(nodes), [], wanted), plan.Columns, run)];
                case UnnestNode unnest:
                    nodes.Pop();
                    stages.Add(new UnnestStage(unnest, run));
                    break;
                case LookupJoinNode lookup:
                    nodes.Pop();
                    stages.Add(new LookupStage(lookup, run));
                    break;
                case WindowAssignNode assign:
                    nodes.Pop();
                    stages.Add(new WindowAssignStage(assign, run));
                    break;
                case OverNode { Release: OverRelease.Changes } first:
                    nodes.Pop();
                    stages.Add(new TopStage(first, !nodes.TryPeek(out PlanNode? taken) || taken is not ProjectNode columns || columns.Expressions.Any(e => e is Sql.Binding.BoundColumn c && c.Ordinal >= first.Input.Columns.Count)));
                    break;
                case OverNode { Release: OverRelease.Steps } whole:
                    nodes.Pop();
                    return [new ChangedOverStage(whole, run), new ChangeRowsStage(Fuse(new Queue<PlanNode>(nodes), [], wanted), plan.Columns, run)];
                case OverNode partitions:
                    nodes.Pop();
                    stages.Add(new OverStage(partitions, run));
                    break;
                case ExpandNode expand:
                    nodes.Pop();
                    stages.Add(new ExpandStage(expand, run));
                    break;
                case WindowAggregateNode sessions when sessions.Window.Kind == WindowKind.Session || sessions.StateTtl > 0:
                    nodes.Pop();
                    PlanNode[] over = [.. nodes];
                    bool keepsResults = sessions.Emit != EmitMode.OnWindowClose || sessions.Lateness > 0;
                    if (keepsResults)
                    {
                        nodes.Clear();
                        isChecked = true;
                    }

                    stages.Add(new SessionAggregateStage(
                        sessions, keepsResults ? () => Fuse(new Queue<PlanNode>(over), timestamps, wanted) : null, Fuse(new Queue<PlanNode>(over.Where(n => n is not FilterNode)), [], wanted), run, plan.IsUpdating));
                    break;
                case WindowAggregateNode { Aggregates.Count: 0, Emit: EmitMode.Changes } distinct when !plan.IsUpdating:
                    nodes.Pop();
                    stages.Add(new DistinctStage(distinct, run));
                    break;
                case WindowAggregateNode changing when changing.Emit != EmitMode.OnWindowClose || changing.Lateness > 0:
                    nodes.Pop();
                    PlanNode[] above = [.. nodes];
                    nodes.Clear();
                    Transform Above() => Fuse(new Queue<PlanNode>(above), timestamps, wanted);
                    stages.Add(changing is { Emit: EmitMode.Changes, Lateness: 0 }
                        ? new WindowAggregateStage(changing, Above, run)
                        : new ScheduledAggregateStage(changing, Above, Fuse(new Queue<PlanNode>(above.Where(n => n is not FilterNode)), [], wanted), run));
                    isChecked = true;
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

                    if (fused.Count == 0)
                    {
                        throw new LaminarException($"The interpreter doesn't know the plan node {nodes.Peek().GetType().Name}.");
                    }

                    stages.Add(new TransformStage(Fuse(fused, [], wanted), run));
                    break;
            }
        }

        if (!isChecked)
        {
            stages.Add(new TransformStage(Fuse(new Queue<PlanNode>(), timestamps, wanted), run));
        }

        return stages;
    }

    private static Transform Fuse(Queue<PlanNode> nodes, int[] timestamps, WantedColumns wanted)
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
                    transform.AddProject(project.Expressions, wanted.Of(project));
                    break;
                default:
                    throw new LaminarException($"{node.GetType().Name} can't stand above a changelog.");
            }
        }

        if (timestamps.Length > 0)
        {
            transform.AddTimestampCheck(timestamps);
        }

        return transform;
    }
}
