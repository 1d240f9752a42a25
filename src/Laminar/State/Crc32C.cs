using System.Buffers.Binary;
using System.ComponentModel;
using System.Numerics;

namespace Laminar.State;

/// <summary>CRC-32C (Castagnoli), by the processor's instruction where there is one.</summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public static class Crc32C
{
    public static uint Of(ReadOnlySpan<byte> bytes)
    {
        uint crc = uint.MaxValue;
        while (bytes.Length >= sizeof(ulong))
        {
            crc = BitOperations.Crc32C(crc, BinaryPrimitives.ReadUInt64LittleEndian(bytes));
            bytes = bytes[sizeof(ulong)..];
        }

        foreach (byte b in bytes)
        {
            crc = BitOperations.Crc32C(crc, b);
        }

        return ~crc;
    }
}
