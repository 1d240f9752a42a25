using Laminar.Runtime.Tests.Support;
using NUnit.Framework;

namespace Laminar.Runtime.Tests;

/// <summary>Each option that can say nonsense is refused by its name when it does, at the place where it is handed over.</summary>
public class OptionLimitTests
{
    private static readonly (string Option, Action<LaminarOptions> Set)[] Nonsense =
    [
        ("Cores", o => o.Cores = 0),
        ("Cores", o => o.Cores = -1),
        ("Cores", o => o.Cores = int.MaxValue),
        ("MaxEpochsInFlight", o => o.MaxEpochsInFlight = 0),
        ("MaxEpochsInFlight", o => o.MaxEpochsInFlight = 65),
        ("ManifestsKept", o => o.ManifestsKept = 0),
        ("ManifestsKept", o => o.ManifestsKept = int.MinValue),
        ("ManifestsKept", o => o.ManifestsKept = int.MaxValue),
        ("RingRows", o => o.RingRows = 0),
        ("RingRows", o => o.RingRows = -5),
        ("RingRows", o => o.RingRows = int.MaxValue),
        ("ReadBufferRows", o => o.ReadBufferRows = 0),
        ("ReadBufferRows", o => o.ReadBufferRows = int.MaxValue),
        ("KeyGroups", o => o.KeyGroups = 0),
        ("KeyGroups", o => o.KeyGroups = int.MaxValue),
        ("CheckpointInterval", o => o.CheckpointInterval = TimeSpan.FromTicks(-1)),
        ("CheckpointInterval", o => o.CheckpointInterval = Timeout.InfiniteTimeSpan),
        ("CheckpointInterval", o => o.CheckpointInterval = TimeSpan.MaxValue),
        ("DataDirectory", o => o.DataDirectory = ""),
        ("DataDirectory", o => o.DataDirectory = " \t"),
        ("TimeProvider", o => o.TimeProvider = null!),
    ];

    private static readonly (string Option, SourceOptions Options)[] SourceNonsense =
    [
        ("Partitions", new SourceOptions { Partitions = 0 }),
        ("Partitions", new SourceOptions { Partitions = -3 }),
        ("Partitions", new SourceOptions { Partitions = 4097 }),
        ("MaxDrift", new SourceOptions { MaxDrift = TimeSpan.Zero }),
        ("MaxDrift", new SourceOptions { MaxDrift = TimeSpan.MaxValue }),
        ("IdleTimeout", new SourceOptions { IdleTimeout = TimeSpan.Zero }),
        ("IdleTimeout", new SourceOptions { IdleTimeout = TimeSpan.FromSeconds(-1) }),
        ("IdleTimeout", new SourceOptions { IdleTimeout = TimeSpan.MaxValue }),
        ("OnError", new SourceOptions { OnError = (ErrorPolicy)7 }),
        ("DeadLetterPath", new SourceOptions { OnError = ErrorPolicy.DeadLetter, DeadLetterPath = "" }),
    ];

    [TestCaseSource(nameof(Nonsense))]
    public void Of_a_runtime((string Option, Action<LaminarOptions> Set) nonsense)
    {
        var options = new LaminarOptions();
        nonsense.Set(options);
        Assert.That(() => LaminarRuntime.Create(options), Throws.TypeOf<LaminarException>().With.Message.StartsWith($"LaminarOptions: {nonsense.Option} is "));
    }

    [TestCaseSource(nameof(SourceNonsense))]
    public async Task Of_a_source((string Option, SourceOptions Options) nonsense)
    {
        await using LaminarRuntime runtime = LaminarRuntime.Create(new LaminarOptions());
        Assert.That(() => runtime.AddSource<Event>(nonsense.Options), Throws.TypeOf<LaminarException>().With.Message.StartsWith($"Source events: {nonsense.Option} is "));
        Assert.That(() => runtime.AddSource<Event>(new MemorySource([]), nonsense.Options), Throws.TypeOf<LaminarException>().With.Message.Contains(nonsense.Option));
    }

    /// <summary>An option that is added without a limit shows here.</summary>
    [Test]
    public void Every_option_that_has_a_range_is_in_the_tables()
    {
        string[] free = ["PinThreads", "UseIoUring", "Variables", "LoggerFactory"];
        Assert.That(
            typeof(LaminarOptions).GetProperties().Select(p => p.Name).Except(free), Is.EquivalentTo(Nonsense.Select(n => n.Option).Distinct()));
        Assert.That(typeof(SourceOptions).GetProperties().Select(p => p.Name), Is.EquivalentTo(SourceNonsense.Select(n => n.Option).Distinct()));
    }

    [Test]
    public async Task The_ends_of_the_ranges_are_allowed()
    {
        await using LaminarRuntime runtime = LaminarRuntime.Create(new LaminarOptions
        {
            Cores = 1024, MaxEpochsInFlight = 64, ManifestsKept = 1000, RingRows = 1, ReadBufferRows = 1, KeyGroups = 32_768, CheckpointInterval = TimeSpan.FromDays(30),
        });
        runtime.AddSource<Event>(new SourceOptions { Partitions = 4096, IdleTimeout = TimeSpan.FromDays(30) });
    }
}
