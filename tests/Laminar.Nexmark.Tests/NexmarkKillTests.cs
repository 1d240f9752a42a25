using System.Globalization;
using NUnit.Framework;

namespace Laminar.Nexmark.Tests;

/// <summary>
/// The sample with all queries at once, SIGKILLed at random moments until it comes to its end: its files must hold what those of an undisturbed run hold. Set
/// LAMINAR_SEED to kill after the same times again.
/// </summary>
[NonParallelizable]
public sealed class NexmarkKillTests
{
    private const int Kills = 5;

    [TestCase(1, 0)]
    [TestCase(2, 2)]
    public void Killed_in_the_middle_it_ends_with_the_same_results(int cores, int disorder)
    {
        int seed = int.TryParse(Environment.GetEnvironmentVariable("LAMINAR_SEED"), NumberStyles.None, CultureInfo.InvariantCulture, out int given) ? given : Environment.TickCount & int.MaxValue;
        TestContext.Out.WriteLine($"LAMINAR_SEED={seed}");
        var random = new Random(seed);
        string root = Directory.CreateTempSubdirectory("laminar-nexmark-").FullName;
        try
        {
            string undisturbed = Path.Combine(root, "undisturbed");
            Assert.That(SampleProgram.Run(null, Arguments(undisturbed, cores, disorder)));

            string killed = Path.Combine(root, "killed");
            int kills = 0;
            bool ended = false;
            while (!ended && kills < Kills)
            {
                ended = SampleProgram.Run(TimeSpan.FromMilliseconds(random.Next(200, 1200)), Arguments(killed, cores, disorder));
                kills += ended ? 0 : 1;
            }

            TestContext.Out.WriteLine($"killed {kills} times");
            Assert.That(kills, Is.GreaterThan(0));
            Assert.That(ended || SampleProgram.Run(null, Arguments(killed, cores, disorder)));
            Assert.Multiple(() =>
            {
                foreach (QueryCase query in Cases.All)
                {
                    if (query.Name == "q12")
                    {
                        // When a bid arrives is the clock's to say; that it is counted once isn't.
                        Assert.That(ResultFiles.Sum(Results(killed), query.Name, "bid_count"), Is.EqualTo(Events.Total / 50 * 46), query.Name);
                        continue;
                    }

                    string[] expected = ResultFiles.Left(Results(undisturbed), query.Name);
                    Assert.That(expected, Is.Not.Empty, query.Name);
                    Assert.That(ResultFiles.Left(Results(killed), query.Name), Is.EqualTo(expected).AsCollection, query.Name);
                }
            });
        }
        finally
        {
            Directory.Delete(root, recursive: true);
        }
    }

    private static string Results(string folder) => Path.Combine(folder, "out");

    private static string[] Arguments(string folder, int cores, int disorder) =>
    [
        "--together", "--events", $"{Events.Total}", "--rate", $"{Events.Rate}", "--cores", $"{cores}", "--disorder", $"{disorder}",
        "--out", Results(folder), "--state", Path.Combine(folder, "state"),
    ];
}
