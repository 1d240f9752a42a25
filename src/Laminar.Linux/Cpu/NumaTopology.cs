using System.Globalization;

namespace Laminar.Linux;

/// <summary>Which processors share a memory node, from sysfs. A machine that doesn't say is one node.</summary>
public sealed class NumaTopology
{
    private NumaTopology(IReadOnlyList<NumaNode> nodes) => Nodes = nodes;

    /// <summary>At least one, ascending by id.</summary>
    public IReadOnlyList<NumaNode> Nodes { get; }

    /// <summary>Reads the machine's topology.</summary>
    public static NumaTopology Read() => Read("/sys/devices/system/node");

    /// <summary>
    /// Processors for <paramref name="cores"/> pinned threads: those that the calling thread may use, filling one node before the next, so
    /// that cores that talk to each other share memory; starts over when there are more cores than processors.
    /// </summary>
    public IReadOnlyList<int> Place(int cores) => Place(cores, ThreadAffinity.AllowedProcessors());

    internal static NumaTopology Read(string root)
    {
        var nodes = new List<NumaNode>();
        if (Directory.Exists(root))
        {
            foreach (string folder in Directory.GetDirectories(root, "node*"))
            {
                string list = Path.Combine(folder, "cpulist");
                if (int.TryParse(Path.GetFileName(folder).AsSpan(4), NumberStyles.None, CultureInfo.InvariantCulture, out int id) && File.Exists(list))
                {
                    IReadOnlyList<int> processors = ParseList(File.ReadAllText(list));
                    if (processors.Count > 0)
                    {
                        nodes.Add(new NumaNode(id, processors));
                    }
                }
            }
        }

        nodes.Sort((a, b) => a.Id.CompareTo(b.Id));
        if (nodes.Count == 0)
        {
            nodes.Add(new NumaNode(0, Enumerable.Range(0, Environment.ProcessorCount).ToArray()));
        }

        return new NumaTopology(nodes);
    }

    internal IReadOnlyList<int> Place(int cores, IReadOnlyList<int> allowed)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(cores, 1);
        var order = new List<int>();
        foreach (NumaNode node in Nodes)
        {
            order.AddRange(node.Processors.Where(allowed.Contains));
        }

        if (order.Count == 0)
        {
            order.AddRange(allowed);
        }

        return Enumerable.Range(0, cores).Select(i => order[i % order.Count]).ToArray();
    }

    /// <summary>The kernel's list form: <c>0-3,8,10-11</c>.</summary>
    internal static IReadOnlyList<int> ParseList(string text)
    {
        var result = new List<int>();
        foreach (string part in text.Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries))
        {
            string[] ends = part.Split('-');
            if (int.TryParse(ends[0], CultureInfo.InvariantCulture, out int first) && int.TryParse(ends[^1], CultureInfo.InvariantCulture, out int last))
            {
                for (int i = first; i <= last; i++)
                {
                    result.Add(i);
                }
            }
        }

        return result;
    }
}

/// <summary>One memory node.</summary>
/// <param name="Id">The kernel's number.</param>
/// <param name="Processors">Its processors.</param>
public sealed record NumaNode(int Id, IReadOnlyList<int> Processors);
