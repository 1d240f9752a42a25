using Laminar.Runtime.Sources;

namespace Laminar.Runtime.Graph;

/// <summary>Which sources keep in step (<see cref="SourceOptions.MaxDrift"/>): those whose rows meet in some query, directly or through others, where one of them asks for it.</summary>
internal sealed class DriftGroups
{
    private readonly Dictionary<ISourceNode, (PartitionClock Clock, int First)> _places = [];

    public DriftGroups(IEnumerable<ISourceNode> sources, IEnumerable<IGraphNode> stages)
    {
        // Sources without a watermark say nothing of how far they are.
        var groups = sources.Where(s => s is { HasWatermark: true, IsConstant: false }).ToDictionary(s => s, s => new List<ISourceNode> { s });
        foreach (IGraphNode stage in stages)
        {
            ISourceNode[] meet = [.. stage.Origins.Where(groups.ContainsKey)];
            for (int i = 1; i < meet.Length; i++)
            {
                Join(groups, groups[meet[0]], groups[meet[i]]);
            }
        }

        foreach (List<ISourceNode> group in groups.Values.Distinct().Where(g => g.Any(s => s.MaxDrift is not null)))
        {
            var clock = new PartitionClock(group.Sum(s => s.Partitions));
            int first = 0;
            foreach (ISourceNode source in group)
            {
                _places[source] = (clock, first);
                first += source.Partitions;
            }
        }
    }

    /// <summary>The place of a partition; null: nobody waits for anybody.</summary>
    public DriftMember? Of(ISourceNode source, int partition) => _places.TryGetValue(source, out (PartitionClock Clock, int First) place)
        ? new DriftMember(place.Clock, place.First + partition, source.MaxDrift, source.EventTimeUnit)
        : null;

    private static void Join(Dictionary<ISourceNode, List<ISourceNode>> groups, List<ISourceNode> one, List<ISourceNode> other)
    {
        if (ReferenceEquals(one, other))
        {
            return;
        }

        one.AddRange(other);
        foreach (ISourceNode source in other)
        {
            groups[source] = one;
        }
    }
}
