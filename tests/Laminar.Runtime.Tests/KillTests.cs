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

    [Test, CancelAfter(400_000)]
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

            // Half of the kills on one core, half on two. Whenever a life reaches its end by itself, its output is compared and it starts anew.
            int killed = 0;
            int moments = 0;
            int ends = 0;
            while (killed < Kills / 2)
            {
                // The child says a line at every step; it is killed behind a random one, and at a random moment within the step.
                using Process process = Child(hard, cores, seed);
                int lines = random.Next(1, 12);
                int spin = random.Next(200_000);
                bool alive = true;
                while (lines-- > 0 && alive)
                {
                    alive = await process.StandardOutput.ReadLineAsync(token) is not null;
                    moments += alive ? 1 : 0;
                }

                Thread.SpinWait(spin);
                if (alive && !process.HasExited)
                {
                    process.Kill();
                    await process.WaitForExitAsync(token);

                    // 128 + SIGKILL: it didn't end by itself in the meantime.
                    killed += process.ExitCode == 137 ? 1 : 0;
                    continue;
                }

                await EndedAsync(process, token);
                Compare(calm, hard);
                Directory.Delete(hard, recursive: true);
                ends++;
            }

            using (Process process = Child(hard, cores, seed))
            {
                await EndedAsync(process, token);
            }

            TestContext.Out.WriteLine($"{killed} kills, {moments} steps seen, {ends + 1} ends reached");
            Compare(calm, hard);
        }
        finally
        {
            Directory.Delete(root, recursive: true);
        }
    }

    private static void Compare(string calm, string hard)
    {
        foreach (string sink in new[] { "pushed", "read" })
        {
            string[] expected = Lines(Path.Combine(calm, sink));
            Assert.That(expected, Is.Not.Empty);
            Assert.That(Lines(Path.Combine(hard, sink)), Is.EqualTo(expected), sink);
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
