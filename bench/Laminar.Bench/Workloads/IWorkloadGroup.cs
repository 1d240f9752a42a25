namespace Laminar.Bench.Workloads;

/// <summary>Workloads over one input. The input is made when the first of them runs and let go with the group.</summary>
public interface IWorkloadGroup : IDisposable
{
    /// <summary>The workloads, cheap to list.</summary>
    IEnumerable<Workload> Workloads { get; }
}
