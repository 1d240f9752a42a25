using System.Globalization;
using System.Runtime.InteropServices;
using System.Text;
using System.Text.Json;

namespace Laminar.Bench.Report;

/// <summary>One whole run of the bench: the machine it ran on and what was measured. Writes a table and JSON.</summary>
public sealed class Results
{
    private readonly List<Measurement> _measurements = [];
    private readonly List<(string Name, string Text, double Ratio, double Goal)> _ratios = [];

    public string Machine { get; } = $"{CpuName()}, {Environment.ProcessorCount} processors, {RuntimeInformation.FrameworkDescription}, {RuntimeInformation.OSDescription}";

    public IReadOnlyList<Measurement> Measurements => _measurements;

    public void Add(IEnumerable<Measurement> measurements) => _measurements.AddRange(measurements);

    /// <summary>A ratio with the goal that the performance page sets for it.</summary>
    public void AddRatio(string name, string text, double ratio, double goal) => _ratios.Add((name, text, ratio, goal));

    /// <summary>Median of the run-by-run ratios of two contenders that ran in turn, so that drift of the machine cancels.</summary>
    public static double PairedRatio(Measurement a, Measurement b) =>
        Measurement.Median([.. a.Seconds.Zip(b.Seconds, (x, y) => y / b.Rows / (x / a.Rows))]);

    public string ToTable()
    {
        var text = new StringBuilder();
        text.AppendLine(Machine).AppendLine();
        string[] names = [.. _measurements.Select(m => $"{m.Contender} ({m.Input})").Distinct()];
        text.Append("M rows/s".PadRight(24));
        foreach (string name in names)
        {
            text.Append(name.PadLeft(name.Length + 3));
        }

        text.AppendLine();
        foreach (var workload in _measurements.GroupBy(m => m.Workload))
        {
            text.Append(workload.Key.PadRight(24));
            foreach (string name in names)
            {
                Measurement? m = workload.FirstOrDefault(x => $"{x.Contender} ({x.Input})" == name);
                text.Append((m is null ? "-" : m.MillionsPerSecond.ToString("F1", CultureInfo.InvariantCulture)).PadLeft(name.Length + 3));
            }

            text.AppendLine();
        }

        text.AppendLine().AppendLine("Ratios (median of runs taken in turn)");
        foreach ((string name, string what, double ratio, double goal) in _ratios)
        {
            text.AppendLine(CultureInfo.InvariantCulture, $"  {name,-24} {what,-40} {ratio,6:F2}   goal {goal:F2}   {(ratio >= goal ? "reached" : "NOT reached")}");
        }

        return text.ToString();
    }

    public string ToJson() => JsonSerializer.Serialize(
        new
        {
            machine = Machine,
            date = DateTime.UtcNow.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture),
            measurements = _measurements.Select(m => new { m.Workload, m.Contender, m.Input, m.Rows, m.Seconds, m.MillionsPerSecond }),
            ratios = _ratios.Select(r => new { r.Name, what = r.Text, r.Ratio, r.Goal }),
        },
        new JsonSerializerOptions { WriteIndented = true, PropertyNamingPolicy = JsonNamingPolicy.CamelCase });

    private static string CpuName()
    {
        if (!File.Exists("/proc/cpuinfo"))
        {
            return RuntimeInformation.ProcessArchitecture.ToString();
        }

        string? line = File.ReadLines("/proc/cpuinfo").FirstOrDefault(l => l.StartsWith("model name", StringComparison.Ordinal));
        return line?[(line.IndexOf(':') + 1)..].Trim() ?? RuntimeInformation.ProcessArchitecture.ToString();
    }
}
