using System.ComponentModel;

namespace Laminar.State;

/// <summary>An entry of state in windows that share panes: several panes, and what links it with its neighbours.</summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public interface IBlockEntry<TSelf> : IGroupEntry<TSelf>
    where TSelf : unmanaged, IBlockEntry<TSelf>
{
    /// <summary>The link.</summary>
    static abstract ref BlockLink LinkOf(ref TSelf entry);

    /// <summary>Whether two entries have the same key, as far as it lies in the entry itself: texts are compared beside it.</summary>
    static abstract bool IsSame(in TSelf entry, in TSelf other);
}
