using System.ComponentModel;
using System.Runtime.InteropServices;

namespace Laminar.State;

/// <summary>What ties the entries of one key to each other, in panes and in what panes come to; see <see cref="SlidingTotals{TEntry}"/>.</summary>
[EditorBrowsable(EditorBrowsableState.Never)]
[StructLayout(LayoutKind.Sequential)]
public struct SlidingLink
{
    /// <summary>
    /// In a pane: the next pane of the front that has the key, counted from 1 within its segment. In the front's total: the first one that is left.
    /// 0: none.
    /// </summary>
    public int Pane;

    /// <summary>The key's slot there.</summary>
    public int Slot;

    /// <summary>In a pane: the key's slot in its segment's total. In the front's total: slot + 1 in the back's, and the other way round; 0: none.</summary>
    public int Other;
}
