using System.ComponentModel;
using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace Laminar.State;

/// <summary>
/// Hashes of grouping keys. <c>Local</c> functions spread keys over a core's index; <c>Route</c> decides between cores and key groups, is
/// well mixed and never changes, because saved state was placed by it.
/// </summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public static class KeyHash
{
    private const ulong Golden = 0x9E3779B97F4A7C15;

    /// <summary>
    /// An integer of 32 bits is its own hash: keys that are handed out in sequence take places side by side and never meet. What does meet is taken
    /// apart by <see cref="Next"/>.
    /// </summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static uint Local(long key) => (uint)key + ((uint)(key >> 32) * 0x85EBCA6B);

    /// <summary>
    /// The place to probe after one that another key has, not yet cut to the table's size. Double hashing (Knuth, The Art of Computer Programming 3, 6.4): keys that
    /// meet once go on by different steps, so that two runs of neighbours that fall on each other don't have to be walked to their ends. Steps are odd and reach
    /// every place.
    /// </summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static uint Next(uint position, uint hash) => position + ((hash * 0x9E3779B1) >> 15 | 1);

    /// <summary>Adds another key part to a hash.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static uint Combine(uint hash, uint next)
    {
        uint mixed = (BitOperations.RotateLeft(hash * 0x9E3779B1, 15) ^ next) * 0x85EBCA6B;
        return mixed ^ (mixed >> 15);
    }

    /// <summary>The hash of a key's first 64 bits, for types that aren't counted up: doubles, halves of a UUID.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static uint Mixed(ulong bits) => (uint)((bits ^ (bits >> 29)) * Golden >> 32);

    /// <summary>-0.0 is 0.0 and every NaN is one NaN, so that equal keys hash alike.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static uint Local(double key) => Mixed(BitConverter.DoubleToUInt64Bits(key == 0 ? 0.0 : double.IsNaN(key) ? double.NaN : key));

    /// <summary>Equal decimals hash alike, whatever their scale. Over the value itself: what .NET makes its hash codes of isn't promised to stay.</summary>
    public static uint Local(decimal key) => Halves(DistinctSet.Words(key));

    public static uint Local(Guid key) => Halves(DistinctSet.Words(key));

    /// <summary>Over the UTF-16 units, eight bytes at a time. The length is folded in; NULL hashes to 0.</summary>
    public static uint Local(string? key)
    {
        if (key is null)
        {
            return 0;
        }

        ReadOnlySpan<byte> bytes = MemoryMarshal.AsBytes(key.AsSpan());
        ref byte start = ref MemoryMarshal.GetReference(bytes);
        ulong hash = (ulong)bytes.Length * Golden;
        int length = bytes.Length;
        if (length >= 8)
        {
            int i = 0;
            for (; i <= length - 8; i += 8)
            {
                hash = (hash ^ Unsafe.ReadUnaligned<ulong>(ref Unsafe.Add(ref start, i))) * Golden;
                hash ^= hash >> 32;
            }

            // The last eight bytes overlap what was read: no tail loop.
            hash = (hash ^ Unsafe.ReadUnaligned<ulong>(ref Unsafe.Add(ref start, length - 8))) * Golden;
        }
        else
        {
            ulong tail = 0;
            if ((length & 4) != 0)
            {
                tail = Unsafe.ReadUnaligned<uint>(ref start);
            }

            if ((length & 2) != 0)
            {
                tail = (tail << 16) | Unsafe.ReadUnaligned<ushort>(ref Unsafe.Add(ref start, length & 4));
            }

            hash = (hash ^ tail) * Golden;
        }

        return (uint)(hash >> 32) ^ (uint)hash;
    }

    private static uint Halves((ulong Low, ulong High) words) => Mixed(words.Low ^ BitOperations.RotateLeft(words.High, 23));

    /// <summary>Finishes a hash for placement: every bit of the result depends on every bit of the input (murmur3's finaliser).</summary>
    public static uint Route(uint hash)
    {
        hash ^= hash >> 16;
        hash *= 0x85EBCA6B;
        hash ^= hash >> 13;
        hash *= 0xC2B2AE35;
        return hash ^ (hash >> 16);
    }
}
