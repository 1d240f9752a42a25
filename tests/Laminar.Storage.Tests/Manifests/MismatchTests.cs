namespace Laminar.Storage.Tests.Manifests;

/// <summary>State of another shape is refused, with the task, what changed and what to do.</summary>
public sealed class MismatchTests
{
    private TempFolder _folder = null!;

    [SetUp]
    public async Task SetUp()
    {
        _folder = new TempFolder();
        await StateStore.Open(Options()).DisposeAsync();
    }

    [TearDown]
    public void TearDown() => _folder.Dispose();

    [Test]
    public void Another_layout_names_the_task_and_both_layouts() => Refused(
        Options(new() { ["vwap/aggregate"] = "agg:2" }), "Task vwap/aggregate has state in", "it was agg:1 and is now agg:2", "Take the change to its query back");

    [Test]
    public void A_task_that_is_gone() => Refused(Options([]), "Task vwap/aggregate", "isn't in this program any more");

    [Test]
    public void A_task_that_has_become_stateless() => Refused(Options(new() { ["vwap/aggregate"] = "" }), "Task vwap/aggregate", "isn't in this program any more");

    [Test]
    public void A_new_task() => Refused(Options(new() { ["vwap/aggregate"] = "agg:1", ["new/join"] = "join:1" }), "Task new/join (layout join:1) is new");

    [Test]
    public void Other_cores() => Refused(Options(cores: 3), "saved by 2 core(s) and the runtime has 3", "Run with Cores = 2");

    [Test]
    public void Other_key_groups() => Refused(Options(keyGroups: 64), "saved with 128 key groups and the runtime has 64", "Run with KeyGroups = 128");

    [Test]
    public async Task Stateless_tasks_may_come_and_go()
    {
        await using StateStore store = StateStore.Open(Options(new() { ["vwap/aggregate"] = "agg:1", ["filter"] = "" }));
        Assert.That(store.Recovered, Is.Not.Null);
    }

    private void Refused(StateStoreOptions options, params string[] parts)
    {
        StateMismatchException refused = Assert.Throws<StateMismatchException>(() => StateStore.Open(options))!;
        foreach (string part in parts)
        {
            Assert.That(refused.Message, Does.Contain(part));
        }

        Assert.That(refused.Message, Does.Contain($"use an empty folder instead of {_folder.Path}"));
    }

    private StateStoreOptions Options(Dictionary<string, string>? layouts = null, int cores = 2, int keyGroups = 128) => new()
    {
        Directory = _folder.Path,
        Cores = cores,
        KeyGroups = keyGroups,
        Fingerprints = layouts ?? new() { ["vwap/aggregate"] = "agg:1" },
    };
}
