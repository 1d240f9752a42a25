namespace Laminar.Connectors.Files.Writing;

/// <summary>An epoch whose rows are durable but not visible.</summary>
/// <param name="Epoch">Its number.</param>
/// <param name="Base">What the target held before it, in the content's unit.</param>
/// <param name="Length">What the part adds.</param>
/// <param name="HasPart">Whether there is a part file.</param>
/// <param name="Replaces">The first epoch of a start without saved state: it replaces what an earlier run left.</param>
internal readonly record struct PreparedEpoch(long Epoch, long Base, long Length, bool HasPart, bool Replaces)
{
    /// <summary>What the target holds behind it.</summary>
    public long End => Base + Length;
}
