namespace Laminar.Bench.Report;

/// <summary>The ratios and goals of the performance page, computed from measurements that were taken in turn.</summary>
public static class Ratios
{
    private const string Generated = "generated";
    private const string HandWritten = "hand-written";

    /// <summary>Workloads that keep more than a number per group, or rows.</summary>
    private static readonly HashSet<string> AtSeven =
        ["session", "cumulate", "distinct", "median", "top 3", "busiest 10", "rank", "interval join", "window join", "ASOF join", "temporal join",
            "updating join", "updating left join", "keep last", "first 3 of a stream"];

    /// <summary>
    /// Per workload: generated against hand-written on the same input, then the better layout of each, then against the others (always the
    /// better layout). Over the workloads: geometric means.
    /// </summary>
    public static IReadOnlyList<Ratio> Of(IEnumerable<Measurement> measurements)
    {
        var ratios = new List<Ratio>();
        foreach (IGrouping<string, Measurement> workload in measurements.GroupBy(m => m.Workload))
        {
            Measurement[] generated = [.. workload.Where(m => m.Contender == Generated)];
            Measurement[] handWritten = [.. workload.Where(m => m.Contender == HandWritten)];
            if (generated.Length == 0)
            {
                continue;
            }

            foreach (Measurement mine in generated)
            {
                foreach (Measurement theirs in handWritten.Where(m => m.Input == mine.Input))
                {
                    Add($"{Generated} / {HandWritten} ({mine.Input})", mine, theirs);
                }
            }

            Measurement best = generated.MaxBy(m => m.Rate)!;
            if (generated.Length > 1 && handWritten.Length > 1)
            {
                Add($"{Generated} / {HandWritten} (best)", best, handWritten.MaxBy(m => m.Rate)!);
            }

            foreach (Measurement other in workload.Where(m => m.Contender is not (Generated or HandWritten)))
            {
                // Another way to run generated code is held against the hand-written loop too.
                bool connector = other.Contender == "connector";
                if (connector)
                {
                    Add($"connector / {HandWritten}", other, handWritten[0]);
                }
                else
                {
                    Add($"{Generated} / {other.Contender}", best, other);
                }
            }

            void Add(string what, Measurement mine, Measurement theirs) =>
                ratios.Add(new Ratio(workload.Key, what, mine.RatioTo(theirs), Goal(workload.Key, theirs.Contender, mine.Bytes > 0)));
        }

        return [.. ratios, .. Means(ratios)];
    }

    private static IEnumerable<Ratio> Means(List<Ratio> ratios) => ratios
        .Where(r => !r.Workload.Contains(',', StringComparison.Ordinal) || r.Workload.EndsWith("disorder", StringComparison.Ordinal))
        .GroupBy(r => r.What)
        .Where(group => group.Count() > 1)
        .Select(group => new Ratio("geometric mean", group.Key, Math.Exp(group.Average(r => Math.Log(r.Value))), group.Key.Split(" / ")[1].Split(' ')[0] switch
        {
            HandWritten => group.Key.EndsWith("(best)", StringComparison.Ordinal) ? 1.0 : 0,
            "interpreter" => 8,
            "Reactive" => 12,
            "DuckDB" => 6,
            _ => 0,
        }));

    private static double Goal(string workload, string contender, bool decoding) => contender switch
    {
        "hand-written, pushed" => 0.7,
        HandWritten => decoding || AtSeven.Contains(workload) ? 0.7 : 0.8,

        // Ten windows overlap, and are to cost 1.5 times what one costs.
        "tumble" => 0.67,
        "interpreter" => workload is "pass-through" or "projection" or "filter" ? 1.5 : 3,
        "Reactive" => workload == "pass-through" ? 0 : 4,
        "DuckDB" => 1.3,
        _ => 0,
    };
}
