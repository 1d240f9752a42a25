using System.Text.Json;

namespace Laminar.Bench.Report;

/// <summary>One whole run of the bench.</summary>
public sealed class Results
{
    private static readonly JsonSerializerOptions Json = new() { WriteIndented = true, PropertyNamingPolicy = JsonNamingPolicy.CamelCase };

    private readonly List<Measurement> _measurements = [];
    private readonly List<Ratio> _more = [];

    public IReadOnlyList<Measurement> Measurements => _measurements;

    /// <summary>Those of the performance page, then those that workloads have added.</summary>
    public IReadOnlyList<Ratio> AllRatios => [.. Ratios.Of(_measurements), .. _more];

    public void Add(IEnumerable<Measurement> measurements) => _measurements.AddRange(measurements);

    /// <summary>A ratio that isn't of generated against another contender.</summary>
    public void Add(Ratio ratio) => _more.Add(ratio);

    public string ToJson() => JsonSerializer.Serialize(
        new
        {
            machine = Machine.Current,
            measurements = _measurements.Select(m => new { m.Workload, m.Contender, m.Input, m.Rows, m.Bytes, m.Seconds, m.Rate, m.Unit }),
            ratios = AllRatios.Select(r => new { r.Workload, r.What, r.Value, r.Goal }),
        },
        Json);
}
