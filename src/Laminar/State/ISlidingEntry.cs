using System.ComponentModel;

namespace Laminar.State;

/// <summary>An entry of state in windows that overlap: one pane, and a link.</summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public interface ISlidingEntry<TSelf> : IGroupEntry<TSelf>
    where TSelf : unmanaged, ISlidingEntry<TSelf>
{
    /// <summary>The link.</summary>
    static abstract ref SlidingLink LinkOf(ref TSelf entry);

    /// <summary>Whether two entries have the same key, as far as it lies in the entry itself: texts are compared beside it.</summary>
    static abstract bool IsSame(in TSelf entry, in TSelf other);

    /// <summary>Adds the pane of another entry, which comes later in time or order.</summary>
    static abstract void Merge(ref TSelf entry, in TSelf later);

    /// <summary>Takes the pane of another entry over.</summary>
    static abstract void Take(ref TSelf entry, in TSelf other);
}
