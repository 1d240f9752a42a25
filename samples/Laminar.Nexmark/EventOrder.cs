namespace Laminar.Nexmark;

/// <summary>
/// In which order events arrive. Groups as long as the disorder allows are permuted by a stride that shares no factor with their length, another
/// one in every group; so an event's number is a function of its place and no event is more than one group away.
/// </summary>
internal readonly struct EventOrder(ulong seed, long groupSize)
{
    private static readonly long[] Strides = [953, 1009, 2003, 4001, 7919, 10_007, 15_485_863];

    /// <summary>The event that arrives at a place.</summary>
    public long NumberAt(long arrival)
    {
        if (groupSize < 2)
        {
            return arrival;
        }

        (long group, long offset) = Math.DivRem(arrival, groupSize);
        var random = new EventRandom(~seed, group);
        long stride = Strides[random.Below(Strides.Length)];
        if (groupSize % stride == 0)
        {
            stride = 1;
        }

        long shift = random.Below(groupSize);
        return (group * groupSize) + (((offset * stride) + shift) % groupSize);
    }
}
