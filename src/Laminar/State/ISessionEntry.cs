using System.ComponentModel;

namespace Laminar.State;

/// <summary>An entry of the state that holds a session.</summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public interface ISessionEntry<TSelf> : IGroupEntry<TSelf>
    where TSelf : unmanaged, ISessionEntry<TSelf>
{
    /// <summary>Where the session lies.</summary>
    static abstract ref SessionSpan SpanOf(ref TSelf entry);
}
