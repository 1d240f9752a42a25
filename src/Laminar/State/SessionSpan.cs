using System.ComponentModel;

namespace Laminar.State;

/// <summary>Where a session lies, and what has become of it. Part of an entry of the state.</summary>
/// <remarks>
/// The sessions of one key are chained: the index finds the first, which is the latest of those that live. Where a key has none any more, its entry
/// lies there empty until the key comes back, or until the entries are gathered.
/// </remarks>
[EditorBrowsable(EditorBrowsableState.Never)]
public struct SessionSpan
{
    /// <summary>The earliest row's time.</summary>
    public long Start;

    /// <summary>The latest row's time and the gap; not above <see cref="Start"/> where there is no session.</summary>
    public long End;

    /// <summary>When it is looked at next, where <see cref="IsArmed"/>.</summary>
    public long Armed;

    /// <summary>Counts sessions in the order in which they began.</summary>
    public long Order;

    /// <summary>The next entry of the key: slot + 1, or 0.</summary>
    public int Next;

    /// <summary>It is to be looked at.</summary>
    public bool IsArmed;

    /// <summary>Its result has been handed on, so that rows change a result.</summary>
    public bool IsOut;

    /// <summary>Changed since its result was emitted.</summary>
    public bool IsChanged;

    /// <summary>Its result was emitted, and not taken back.</summary>
    public bool IsShown;

    /// <summary>It became part of another; its result has yet to be taken back.</summary>
    public bool IsGone;

    /// <summary>There is a session, and it takes rows.</summary>
    public readonly bool IsLive => End > Start && !IsGone;
}
