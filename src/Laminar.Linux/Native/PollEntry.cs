using System.Runtime.InteropServices;

namespace Laminar.Linux.Native;

/// <summary>The C library's <c>struct pollfd</c>, asking whether there is something to read.</summary>
[StructLayout(LayoutKind.Sequential)]
internal readonly struct PollEntry(int descriptor)
{
    private const short Readable = 1; // POLLIN

    private readonly int _descriptor = descriptor;
    private readonly short _asked = Readable;

    /// <summary>What has happened; errors and the other side's end too, though nobody asks for them.</summary>
    public readonly short Happened;
}
