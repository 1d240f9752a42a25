using System.ComponentModel;
using System.Runtime.CompilerServices;

namespace Laminar.Execution;

/// <summary>What a loop asks of the type of its output; the JIT answers when it specialises the loop.</summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public static class RowOutput
{
    private const int MostBytes = 32;

    /// <summary>Whether copying the output is a matter of a few registers: it has no references and at most 32 bytes.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static bool IsSmallValue<TOut>()
        where TOut : struct => !RuntimeHelpers.IsReferenceOrContainsReferences<TOut>() && Unsafe.SizeOf<TOut>() <= MostBytes;
}
