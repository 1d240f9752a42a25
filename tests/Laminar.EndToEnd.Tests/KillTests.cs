using NUnit.Framework;

namespace Laminar.EndToEnd.Tests;

/// <summary>
/// SIGKILL at random moments, again and again, until the input ends: the files must equal those of an uninterrupted run after sorting.
/// Set LAMINAR_SEED to replay the moments of a failed run (they are moments, so a replay is likely rather than certain).
/// </summary>
[NonParallelizable]
public sealed class KillTests
{
    private const int Kills = 25;
    private const int Orders = 60_000;

    [TestCase(1)]
    [TestCase(2)]
    public void Files_to_files(int cores) => Survive(cores, "files", Inputs.WriteFiles);

    [TestCase(2)]
    public void In_process_orders_to_files(int cores) => Survive(cores, "orders", _ => { });

    private static void Survive(int cores, string scenario, Action<string> writeInput)
    {
        int seed = int.TryParse(Environment.GetEnvironmentVariable("LAMINAR_SEED"), out int given) ? given : Environment.TickCount;
        TestContext.Out.WriteLine($"LAMINAR_SEED={seed}");
        var random = new Random(seed);
        string root = Directory.CreateTempSubdirectory("laminar-kill-").FullName;
        try
        {
            string reference = Path.Combine(root, "reference");
            Directory.CreateDirectory(reference);
            writeInput(reference);
            ChildProcess.RunToEnd(Arguments(scenario, cores, reference));
            IReadOnlyDictionary<string, string[]> expected = Outputs.Read(Path.Combine(reference, "out"));
            Assert.That(expected.Values.Sum(lines => lines.Length), Is.GreaterThan(500), "the run must have something to lose");
            Assert.That(expected.Where(output => output.Value.Length == 0).Select(output => output.Key), Is.Empty, "and each of its sinks");

            int kills = 0;
            for (int round = 0; kills < Kills; round++)
            {
                string folder = Path.Combine(root, $"round-{round}");
                Directory.CreateDirectory(folder);
                writeInput(folder);
                int killsOfRound = 0;
                while (ChildProcess.RunAndKill(TimeSpan.FromMilliseconds(random.Next(5, 400)), Arguments(scenario, cores, folder)))
                {
                    kills++;
                    if (++killsOfRound >= 12)
                    {
                        ChildProcess.RunToEnd(Arguments(scenario, cores, folder));
                        break;
                    }
                }

                TestContext.Out.WriteLine($"round {round}: killed {killsOfRound} times");
                Assert.That(Outputs.Differences(expected, Outputs.Read(Path.Combine(folder, "out"))), Is.Empty, $"seed {seed}, round {round}");
            }
        }
        finally
        {
            Directory.Delete(root, recursive: true);
        }
    }

    private static string[] Arguments(string scenario, int cores, string folder) => [scenario, cores.ToString(), folder, Orders.ToString()];
}
