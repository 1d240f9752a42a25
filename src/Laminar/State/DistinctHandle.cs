using System.ComponentModel;
using System.Runtime.InteropServices;

namespace Laminar.State;

/// <summary>A pane's set of distinct values in a <see cref="DistinctSet"/>; all zeros is the empty set.</summary>
[StructLayout(LayoutKind.Sequential)]
[EditorBrowsable(EditorBrowsableState.Never)]
public struct DistinctHandle
{
    /// <summary>Tells the sets of one table apart; 0 until the first value.</summary>
    public long Owner;

    /// <summary>Record + 1 of the value added last; 0 when empty.</summary>
    public int Head;

    /// <summary>Values.</summary>
    public int Count;
}
