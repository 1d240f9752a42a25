using System.ComponentModel;
using System.Runtime.InteropServices;

namespace Laminar.State;

/// <summary>Where a text lies in a <see cref="TextSlab"/>. A length of -1 is NULL.</summary>
[StructLayout(LayoutKind.Sequential)]
[EditorBrowsable(EditorBrowsableState.Never)]
public struct TextHandle
{
    /// <summary>In chunks of 16 bytes.</summary>
    public int Chunk;

    /// <summary>Bytes of UTF-8.</summary>
    public int Length;
}
