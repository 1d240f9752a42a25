using System.ComponentModel;
using System.Runtime.InteropServices;

namespace Laminar.State;

/// <summary>A pane's sketch in <see cref="HyperLogLogs"/>; all zeros is the empty one.</summary>
[StructLayout(LayoutKind.Sequential)]
[EditorBrowsable(EditorBrowsableState.Never)]
public struct SketchHandle
{
    /// <summary>The chunk; 0 while nothing was added.</summary>
    public int Chunk;

    /// <summary>Entries of a short list; -1 where registers have taken its place.</summary>
    public int Entries;
}
