using System.Buffers.Binary;
using Laminar.State;

namespace Laminar.Storage;

/// <summary>
/// The bytes of a snapshot file, little-endian: a header (0 magic 8 | 8 version 4 | 12 core 4 | 16 epoch 8 | 24 zero 4 | 28 CRC of the rest 4),
/// then the sections one behind the other. Which section is where, and its CRC, stands in the manifest.
/// </summary>
internal static class SnapshotFormat
{
    internal const int HeaderBytes = 32;
    private const ulong Magic = 0x31_50_4E_53_4D_41_4C_89;
    private const uint Version = 1;

    internal static void WriteHeader(Span<byte> header, int core, long epoch)
    {
        header[..HeaderBytes].Clear();
        BinaryPrimitives.WriteUInt64LittleEndian(header, Magic);
        BinaryPrimitives.WriteUInt32LittleEndian(header[8..], Version);
        BinaryPrimitives.WriteInt32LittleEndian(header[12..], core);
        BinaryPrimitives.WriteInt64LittleEndian(header[16..], epoch);
        BinaryPrimitives.WriteUInt32LittleEndian(header[28..], Crc32C.Of(header[..28]));
    }

    /// <summary>Whether this is the header that was written for this core and epoch.</summary>
    internal static bool VerifyHeader(ReadOnlySpan<byte> header, int core, long epoch)
    {
        Span<byte> expected = stackalloc byte[HeaderBytes];
        WriteHeader(expected, core, epoch);
        return header.SequenceEqual(expected);
    }
}
