namespace Laminar.Storage.Tests.Simulation;

/// <summary>
/// Thousands of schedules of appends, barriers, snapshots and commits on a disk that loses, tears and reorders what wasn't synced, fills up
/// and fails. A failure prints its seed; <see cref="One"/> replays it. LAMINAR_SCHEDULES asks for another number of them.
/// </summary>
public sealed class CrashTests
{
    private static readonly int Schedules = int.Parse(Environment.GetEnvironmentVariable("LAMINAR_SCHEDULES") ?? "2400");

    [Test]
    public void No_schedule_loses_or_invents_anything([Values(0, 1)] int half)
    {
        int first = Environment.TickCount & 0x3FFFFFFF;
        TestContext.Out.WriteLine($"seeds {first} to {first + Schedules - 1}");
        var met = new Dictionary<string, int>();
        for (int seed = first; seed < first + (Schedules / 2); seed++)
        {
            RunOne(seed + (half * Schedules / 2), met);
        }

        TestContext.Out.WriteLine(string.Join(", ", met.OrderBy(m => m.Key).Select(m => $"{m.Key}: {m.Value}")));
        Assert.That(met.Keys, Is.SupersetOf(new[] { "death in open", "death", "fault", "power cut", "kill", "commit", "good end" }));
    }

    [TestCase(1)]
    [TestCase(3824200)]
    [TestCase(32263801)]
    public void One(int seed) => RunOne(seed, []);

    private static void RunOne(int seed, Dictionary<string, int> met)
    {
        var simulation = new StoreSimulation(seed);
        try
        {
            simulation.Run();
        }
        catch (Exception e)
        {
            throw new InvalidOperationException($"seed {seed}: {e.Message}", e);
        }

        foreach ((string what, int count) in simulation.Met)
        {
            met[what] = met.GetValueOrDefault(what) + count;
        }
    }
}
