using BenchmarkDotNet.Reports;
using BenchmarkDotNet.Running;

namespace Laminar.Bench.Micro;

/// <summary>The command <c>micro [TEXT] [--full | --quick] [BenchmarkDotNet arguments]</c>.</summary>
public static class MicroBenchmarks
{
    /// <returns>The exit code: 1 when a benchmark failed.</returns>
    public static int Run(string[] args)
    {
        MicroConfig.Length = args.Contains("--full") ? RunLength.Full : args.Contains("--quick") ? RunLength.Quick : RunLength.Short;
        string[] rest = [.. args.Where(a => a is not ("--full" or "--quick"))];
        rest = rest is [{ } text, ..] && !text.StartsWith('-') ? ["--filter", $"*{text}*", .. rest[1..]]
            : rest.Any(a => a is "--filter" or "-f" or "--list" or "--help") ? rest
            : ["--filter", "*", .. rest];
        Summary[] summaries = [.. BenchmarkSwitcher.FromAssembly(typeof(MicroBenchmarks).Assembly).Run(rest)];
        return summaries.Any(s => s.HasCriticalValidationErrors || s.Reports.Any(r => !r.Success)) ? 1 : 0;
    }
}
