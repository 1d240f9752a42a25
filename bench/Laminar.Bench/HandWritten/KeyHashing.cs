using System.Runtime.CompilerServices;

namespace Laminar.Bench.HandWritten;

/// <summary>
/// The hash of an auction id is the id: ids are counted up, so neighbours in time are neighbours in the table. Right for these queries,
/// and nothing for keys that one doesn't know.
/// </summary>
internal static class KeyHashing
{
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static uint Of(long key) => (uint)key;
}
