using Laminar.Linux;
using Microsoft.Extensions.Logging.Abstractions;

namespace Laminar.Storage.Tests.Linux;

/// <summary>Processors and nodes.</summary>
[Platform("Linux")]
public sealed class CpuTests
{
    [Test]
    public void A_pinned_thread_runs_where_it_was_pinned()
    {
        foreach (int processor in ThreadAffinity.AllowedProcessors())
        {
            bool pinned = false;
            int ran = -1;
            IReadOnlyList<int> allowed = [];
            var thread = new Thread(() =>
            {
                pinned = ThreadAffinity.TryPin(processor, NullLogger.Instance);
                ran = ThreadAffinity.CurrentProcessor();
                allowed = ThreadAffinity.AllowedProcessors();
            });
            thread.Start();
            thread.Join();
            Assert.That((pinned, ran), Is.EqualTo((true, processor)));
            Assert.That(allowed, Is.EqualTo(new[] { processor }));
        }
    }

    [Test]
    public void A_processor_that_is_not_there_is_refused()
    {
        var log = new ListLogger();
        Assert.That(ThreadAffinity.TryPin(8000, log), Is.False);
        Assert.That(ThreadAffinity.TryPin(-1, log), Is.False);
        Assert.That(log.Lines, Has.Count.EqualTo(2));
    }

    [Test]
    public void The_machines_topology_covers_its_processors()
    {
        NumaTopology topology = NumaTopology.Read();
        Assert.That(topology.Nodes.SelectMany(n => n.Processors), Is.SupersetOf(ThreadAffinity.AllowedProcessors()));
    }

    [Test]
    public void Cores_fill_one_node_before_the_next_and_start_over()
    {
        using var folder = new TempFolder();
        Node(folder, 0, "0-3,8\n");
        Node(folder, 1, "4-7\n");
        Node(folder, 10, "\n");
        NumaTopology topology = NumaTopology.Read(folder.Path);
        Assert.That(topology.Nodes.Select(n => n.Id), Is.EqualTo(new[] { 0, 1 }));
        Assert.That(topology.Nodes[0].Processors, Is.EqualTo(new[] { 0, 1, 2, 3, 8 }));
        Assert.That(topology.Place(6, [1, 3, 4, 5, 8]), Is.EqualTo(new[] { 1, 3, 8, 4, 5, 1 }));
        Assert.That(NumaTopology.Read(Path.Combine(folder.Path, "none")).Nodes, Has.Count.EqualTo(1));
    }

    private static void Node(TempFolder folder, int id, string list)
    {
        string path = Directory.CreateDirectory(Path.Combine(folder.Path, "node" + id)).FullName;
        File.WriteAllText(Path.Combine(path, "cpulist"), list);
    }
}
