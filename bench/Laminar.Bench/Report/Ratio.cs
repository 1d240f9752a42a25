namespace Laminar.Bench.Report;

/// <summary>How two contenders compare, and what the performance page asks for.</summary>
/// <param name="Workload">The workload, or "geometric mean".</param>
/// <param name="What">"generated / hand-written (rows)", ...</param>
/// <param name="Value">Above 1 the first is faster.</param>
/// <param name="Goal">0 where none is set.</param>
public sealed record Ratio(string Workload, string What, double Value, double Goal)
{
    public bool IsReached => Value >= Goal;
}
