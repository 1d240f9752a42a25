using BenchmarkDotNet.Configs;
using BenchmarkDotNet.Diagnosers;
using BenchmarkDotNet.Engines;
using BenchmarkDotNet.Jobs;
using BenchmarkDotNet.Toolchains.InProcess.Emit;

namespace Laminar.Bench.Micro;

/// <summary>How long benchmarks run.</summary>
public enum RunLength
{
    /// <summary>Each once: shows that they work.</summary>
    Quick,

    /// <summary>BenchmarkDotNet's short run.</summary>
    Short,

    /// <summary>Its medium run, for figures to keep.</summary>
    Full,
}

/// <summary>
/// Benchmarks run in this process: a project built for each would run the generator anew and reach no internal type. Allocation is
/// measured everywhere, since most of these pieces must not allocate.
/// </summary>
public class MicroConfig : ManualConfig
{
    public MicroConfig()
        : this(Length switch { RunLength.Quick => Job.Dry, RunLength.Full => Job.MediumRun.WithLaunchCount(1), _ => Job.ShortRun })
    {
    }

    protected MicroConfig(Job job)
    {
        AddJob(job.WithToolchain(InProcessEmitToolchain.Instance));
        AddDiagnoser(MemoryDiagnoser.Default);
    }

    /// <summary>Set before the benchmarks are found.</summary>
    public static RunLength Length { get; set; } = RunLength.Short;
}

/// <summary>For work that takes as long as the disk does: every call is timed by itself, so that the tail shows.</summary>
public sealed class CallByCallConfig : MicroConfig
{
    public CallByCallConfig()
        : base(Length == RunLength.Quick
            ? Job.Dry
            : Job.Default.WithStrategy(RunStrategy.Monitoring).WithWarmupCount(20).WithIterationCount(Length == RunLength.Full ? 1000 : 200).WithInvocationCount(1).WithUnrollFactor(1))
    {
        AddColumn(BenchmarkDotNet.Columns.StatisticColumn.Median, BenchmarkDotNet.Columns.StatisticColumn.P95, BenchmarkDotNet.Columns.StatisticColumn.Max);
    }
}
