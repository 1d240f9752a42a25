using System.Globalization;
using System.Text.Json;
using Laminar.Runtime.Tests.Support;
using NUnit.Framework;

namespace Laminar.Runtime.Tests.Generated;

/// <summary>Queries whose results change, on cores, stopped and started again, against LINQ over the same rows.</summary>
public class EmissionTests
{
    private const int Seed = 4321;

    [Test, CancelAfter(60_000)]
    public async Task What_changes_leave_behind([Values(1, 2, 3)] int cores, [Values(1, 4)] int partitions, CancellationToken token)
    {
        // Up to 12 seconds out of order, where the watermark is 5 behind and windows wait 10 more: late, and in time to correct.
        var random = new Random(Seed);
        Trade[] rows = [.. Trade.Make(Seed, 6_000).Select(r => r with { Ts = r.Ts.AddMilliseconds(-random.Next(8_000)) })];
        TestContext.Out.WriteLine($"seed {Seed}");
        string folder = Directory.CreateTempSubdirectory("laminar-emission-").FullName;
        try
        {
            int[] cuts = [0, 1_234, 4_321, rows.Length];
            for (int i = 0; i + 1 < cuts.Length; i++)
            {
                LaminarOptions options = Run.Options(cores);
                options.DataDirectory = Path.Combine(folder, "state");
                await using LaminarRuntime runtime = LaminarRuntime.Create(options);
                SourceHandle<Trade> source = runtime.AddSource<Trade>(new SourceOptions { Partitions = partitions });
                Totals.AddTo(runtime).To(new FileChangelogSink<Totals.Row>(Options(folder, "totals")));
                Rare.AddTo(runtime).To(new FileAppendSink<Rare.Row>(Options(folder, "rare")));
                Pairs.AddTo(runtime).To(new FileAppendSink<Pairs.Row>(Options(folder, "pairs")));
                Latest.AddTo(runtime).To(new FileChangelogSink<Latest.Row>(Options(folder, "latest")));
                Corrected.AddTo(runtime).To(new FileChangelogSink<Corrected.Row>(Options(folder, "corrected")));
                Bursts.AddTo(runtime).To(new FileChangelogSink<Bursts.Row>(Options(folder, "bursts")));
                await runtime.StartAsync(token);
                for (int at = cuts[i]; at < cuts[i + 1]; at += 500)
                {
                    for (int p = 0; p < partitions; p++)
                    {
                        Trade[] part = [.. Enumerable.Range(at, Math.Min(500, cuts[i + 1] - at)).Where(n => n % partitions == p).Select(n => rows[n])];
                        await source.PushAsync(part, p, token);
                    }
                }

                if (i + 2 == cuts.Length)
                {
                    source.Complete();
                    await runtime.WaitForCompletionAsync(token);
                }

                await runtime.StopAsync(token);
            }

            Assert.That(
                Final(folder, "totals", "symbol"),
                Is.EqualTo(Sorted(rows.GroupBy(r => r.Symbol).Select(g => $"{g.Key}|{g.Sum(r => r.Volume)}|{g.Count()}"))));
            Assert.That(Final(folder, "rare"), Is.EqualTo(new[] { "0|" }));
            Assert.That(
                Lines(folder, "pairs").Select(Cells),
                Is.EquivalentTo(rows.Select(r => $"{r.Symbol}|{r.Volume % 3}").Distinct()));
            string[] windows = Sorted(rows.GroupBy(r => (r.Symbol, Start: r.Ts.Ticks / (30 * TimeSpan.TicksPerSecond)))
                .Select(g => $"{g.Key.Symbol}|{new DateTime(g.Key.Start * 30 * TimeSpan.TicksPerSecond):yyyy-MM-ddTHH:mm:ss}Z|{g.Sum(r => r.Volume)}"));
            Assert.That(Final(folder, "latest", "symbol", "window_start"), Is.EqualTo(windows));
            Assert.That(Final(folder, "corrected", "symbol", "window_start"), Is.EqualTo(windows));
            Assert.That(Lines(folder, "corrected").Count(line => line.GetProperty("kind").GetString() == "update_after"), Is.GreaterThan(20), "rows that correct");
            Assert.That(Lines(folder, "latest").Count(line => line.GetProperty("kind").GetString() == "update_after"), Is.GreaterThan(100), "results before the last");
            IEnumerable<string> bursts = rows.GroupBy(r => r.Symbol).SelectMany(g => Sessions([.. g.OrderBy(r => r.Ts)], TimeSpan.FromSeconds(0.7)));
            Assert.That(Remaining(folder, "bursts"), Is.EqualTo(Sorted(bursts)));
            Assert.That(Lines(folder, "bursts").Count(line => line.GetProperty("kind").GetString() == "delete"), Is.GreaterThan(5), "sessions that became part of another");
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    private static IEnumerable<string> Sessions(Trade[] rows, TimeSpan gap)
    {
        for (int first = 0, i = 1; i <= rows.Length; i++)
        {
            if (i < rows.Length && rows[i].Ts - rows[i - 1].Ts < gap)
            {
                continue;
            }

            long[] volumes = [.. rows[first..i].Select(r => r.Volume).Order()];
            double middle = (volumes[(volumes.Length - 1) / 2] + volumes[volumes.Length / 2]) / 2.0;
            yield return string.Create(CultureInfo.InvariantCulture, $"{rows[first].Symbol}|{Json(rows[first].Ts)}|{Json(rows[i - 1].Ts + gap)}|{volumes.Sum()}|{volumes.Length}|{middle}");
            first = i;
        }
    }

    private static string Json(DateTime time) => JsonSerializer.SerializeToElement(DateTime.SpecifyKind(time, DateTimeKind.Utc)).GetString()!;

    /// <summary>What is left of a changelog that tells each row it takes back.</summary>
    private static string[] Remaining(string folder, string sink)
    {
        var rows = new Dictionary<string, int>();
        foreach (JsonElement line in Lines(folder, sink))
        {
            int step = line.GetProperty("kind").GetString() is "insert" or "update_after" ? 1 : -1;
            string cells = Cells(line);
            rows[cells] = rows.GetValueOrDefault(cells) + step;
            Assert.That(rows[cells], Is.GreaterThanOrEqualTo(0), $"taken back before it was there: {cells}");
        }

        return Sorted(rows.Where(r => r.Value > 0).Select(r => r.Key));
    }

    private static FileSinkOptions Options(string folder, string sink) => new() { Path = Path.Combine(folder, sink) + "/", Format = FileFormat.Json };

    private static IEnumerable<JsonElement> Lines(string folder, string sink) =>
        Directory.EnumerateFiles(Path.Combine(folder, sink), "part-*").Order(StringComparer.Ordinal).SelectMany(File.ReadLines).Select(line => JsonDocument.Parse(line).RootElement);

    /// <summary>What a changelog leaves behind by its keys, each step being one that the state before it allows.</summary>
    private static string[] Final(string folder, string sink, params string[] keys)
    {
        var rows = new Dictionary<string, string>();
        foreach (JsonElement line in Lines(folder, sink))
        {
            string key = string.Join("|", keys.Select(k => line.GetProperty(k).ToString()));
            string kind = line.TryGetProperty("kind", out JsonElement found) ? found.GetString()! : "insert";
            Assert.That(rows.ContainsKey(key), Is.EqualTo(kind != "insert"), $"{kind} of {key}");
            if (kind is "insert" or "update_after")
            {
                rows[key] = Cells(line);
            }
            else if (kind == "delete")
            {
                rows.Remove(key);
            }
        }

        return Sorted(rows.Values);
    }

    private static string Cells(JsonElement line) => string.Join("|", line.EnumerateObject().Where(p => p.Name != "kind").Select(p => Convert.ToString(p.Value, CultureInfo.InvariantCulture)));

    private static string[] Sorted(IEnumerable<string> rows) => [.. rows.Order(StringComparer.Ordinal)];
}
