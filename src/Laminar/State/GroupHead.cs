using System.ComponentModel;
using System.Runtime.InteropServices;

namespace Laminar.State;

/// <summary>The first field of every entry of a <see cref="GroupTable{TEntry}"/>: which block the entry belongs to and what follows it there.</summary>
[StructLayout(LayoutKind.Sequential)]
[EditorBrowsable(EditorBrowsableState.Never)]
public struct GroupHead
{
    /// <summary>Id of the block of panes that the entry's state is for; -1 when the slot is free.</summary>
    public int Block;

    /// <summary>Slot of the next entry of the same block in order of first sight, or of the next free slot; -1 at the end.</summary>
    public int Next;
}

/// <summary>An entry of grouped state as generated code lays it out: head, key, panes. Unmanaged, so that a snapshot is a copy of memory.</summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public interface IGroupEntry<TSelf>
    where TSelf : unmanaged, IGroupEntry<TSelf>
{
    /// <summary>The head, which must be the first field.</summary>
    static abstract ref GroupHead HeadOf(ref TSelf entry);

    /// <summary>The hash of the key alone, as at insertion; the table adds the block's salt.</summary>
    static abstract uint HashOf(in TSelf entry);

    /// <summary>A text key, by its number among the text keys.</summary>
    static virtual TextHandle TextOf(in TSelf entry, int number) => default;
}
