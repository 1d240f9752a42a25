using System.ComponentModel;
using System.Runtime.InteropServices;

namespace Laminar.State;

/// <summary>Where a text lies in a <see cref="TextBuffer"/>. A length of -1 is NULL.</summary>
[StructLayout(LayoutKind.Sequential)]
[EditorBrowsable(EditorBrowsableState.Never)]
public struct TextHandle
{
    /// <summary>In bytes.</summary>
    public int Offset;

    /// <summary>Bytes of UTF-8.</summary>
    public int Length;
}
