using System.Diagnostics;
using System.Reflection;
using NUnit.Framework;

namespace Laminar.Runtime.Tests;

/// <summary>
/// A child process with an in-process source and a replayable one, a keyed window each and two file sinks, is killed with SIGKILL at random
/// moments; then it runs to its end. What it has published equals, line by line after sorting, what an undisturbed run publishes.
/// </summary>
[NonParallelizable]
public class KillTests
{
    private const int Kills = 50;

    [Test, CancelAfter(240_000)]
    public async Task Fifty_kills_leave_the_output_of_an_undisturbed_run([Values(1, 2)] int cores, CancellationToken token)
    {
        int seed = Environment.GetEnvironmentVariable("LAMINAR_SEED") is { } text ? int.Parse(text) : Random.Shared.Next();
        TestContext.Out.WriteLine($"LAMINAR_SEED={seed}");
        var random = new Random(seed);
        string root = Directory.CreateTempSubdirectory("laminar-kill-").FullName;
        try
        {
            string calm = Path.Combine(root, "calm");
            string hard = Path.Combine(root, "hard");
            using (Process process = Child(calm, cores, seed))
            {
                await EndedAsync(process, token);
            }

            int kills = Kills / 2;
            int killed = 0;
            int moments = 0;
            for (int i = 0; i < kills; i++)
            {
                // The child says a line at every step; it is killed behind a random one, and at a random moment within the step.
                using Process process = Child(hard, cores, seed);
                int lines = random.Next(1, 12);
                int spin = random.Next(200_000);
                while (lines-- > 0 && await process.StandardOutput.ReadLineAsync(token) is not null)
                {
                    moments++;
                }

                Thread.SpinWait(spin);
                if (!process.HasExited)
                {
                    process.Kill();
                    killed++;
                }

                await process.WaitForExitAsync(token);
            }

            using (Process process = Child(hard, cores, seed))
            {
                await EndedAsync(process, token);
            }

            TestContext.Out.WriteLine($"{killed} kills, {moments} steps seen");
            Assert.That(killed, Is.GreaterThan(kills / 2), "the child must live long enough to be killed");
            foreach (string sink in new[] { "pushed", "read" })
            {
                string[] expected = Lines(Path.Combine(calm, sink));
                Assert.That(expected, Is.Not.Empty);
                Assert.That(Lines(Path.Combine(hard, sink)), Is.EqualTo(expected), sink);
            }
        }
        finally
        {
            Directory.Delete(root, recursive: true);
        }
    }

    private static string[] Lines(string folder) =>
        [.. Directory.EnumerateFiles(folder, "part-*").SelectMany(File.ReadLines).Order(StringComparer.Ordinal)];

    private static Process Child(string folder, int cores, int seed) =>
        Process.Start(new ProcessStartInfo("dotnet", [ChildPath(), folder, $"{cores}", $"{seed}"])
        {
            RedirectStandardOutput = true,
            Environment = { ["DOTNET_TieredPGO"] = "0", ["DOTNET_gcServer"] = "0" },
        })!;

    private static async Task EndedAsync(Process process, CancellationToken token)
    {
        string output = await process.StandardOutput.ReadToEndAsync(token);
        await process.WaitForExitAsync(token);
        Assert.That(process.ExitCode, Is.Zero, output);
    }

    private static string ChildPath() =>
        typeof(KillTests).Assembly.GetCustomAttributes<AssemblyMetadataAttribute>().Single(a => a.Key == "ChildPath").Value!;
}
