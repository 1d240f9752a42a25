using System.ComponentModel;
using System.Runtime.InteropServices;

namespace Laminar.State;

/// <summary>A pane's list of values in a <see cref="ValueLists{T}"/>; all zeros is the empty list.</summary>
[StructLayout(LayoutKind.Sequential)]
[EditorBrowsable(EditorBrowsableState.Never)]
public struct ListHandle
{
    /// <summary>The first chunk.</summary>
    public int First;

    /// <summary>The last chunk.</summary>
    public int Last;

    /// <summary>Values.</summary>
    public int Count;
}
