using System.Buffers.Binary;
using Laminar.State;

namespace Laminar.Storage;

/// <summary>
/// The bytes of a WAL segment, little-endian. A segment is a 64-byte header and records, each starting at a multiple of 8:
/// <code>
/// segment  0 magic 8 | 8 version 4 | 12 core 4 | 16 segment 8 | 24 first sequence 8 | 32 zero 24 | 56 CRC of the rest 4 | 60 end mark 4
/// record   0 CRC of 4..48 4 | 4 body length 4 | 8 kind 1 | 9 version 1 | 10 core 2 | 12 segment 4 | 16 epoch 8 | 24 sequence 8
///          32 durable base 8 | 40 CRC of the body 4 | 44 mark 4 | 48 body | zero padding | trailer 4
/// body     0 name length 2 | name | partition 4 | first row 8 | rows 4 | payload        (barrier and close: nothing)
/// </code>
/// The marks end in a non-zero byte: a segment is zero where nothing was written, so a zero there means that the write was torn.
/// The durable base is a sequence that was durable before this record was written: it proves that damage at or below it is no torn write.
/// </summary>
internal static class WalFormat
{
    internal const int SegmentHeaderBytes = 64;
    internal const int RecordHeaderBytes = 48;
    internal const int TrailerBytes = 4;
    internal const int MaxBodyBytes = WalWriter.MaxPayloadBytes + 1024;
    internal const uint RecordMark = 0xA5_43_45_52;
    internal const uint Trailer = 0xA5_44_4E_45;
    private const ulong SegmentMagic = 0x31_4C_41_57_4D_41_4C_89;
    private const uint SegmentEndMark = 0xA5_47_45_53;
    private const uint Version = 1;

    /// <summary>Bytes that a record with this body takes in the segment.</summary>
    internal static int RecordBytes(int bodyBytes) => (RecordHeaderBytes + bodyBytes + TrailerBytes + 7) & ~7;

    internal static void WriteSegmentHeader(Span<byte> header, int core, long segment, long firstSequence)
    {
        header[..SegmentHeaderBytes].Clear();
        BinaryPrimitives.WriteUInt64LittleEndian(header, SegmentMagic);
        BinaryPrimitives.WriteUInt32LittleEndian(header[8..], Version);
        BinaryPrimitives.WriteInt32LittleEndian(header[12..], core);
        BinaryPrimitives.WriteInt64LittleEndian(header[16..], segment);
        BinaryPrimitives.WriteInt64LittleEndian(header[24..], firstSequence);
        BinaryPrimitives.WriteUInt32LittleEndian(header[56..], Crc32C.Of(header[..56]));
        BinaryPrimitives.WriteUInt32LittleEndian(header[60..], SegmentEndMark);
    }

    /// <summary>True for an undamaged header, even of a version that we do not know.</summary>
    internal static bool TryReadSegmentHeader(ReadOnlySpan<byte> header, out SegmentHeader result)
    {
        result = default;
        if (header.Length < SegmentHeaderBytes
            || BinaryPrimitives.ReadUInt64LittleEndian(header) != SegmentMagic
            || BinaryPrimitives.ReadUInt32LittleEndian(header[60..]) != SegmentEndMark
            || BinaryPrimitives.ReadUInt32LittleEndian(header[56..]) != Crc32C.Of(header[..56]))
        {
            return false;
        }

        result = new SegmentHeader(
            BinaryPrimitives.ReadUInt32LittleEndian(header[8..]) == Version,
            BinaryPrimitives.ReadInt32LittleEndian(header[12..]),
            BinaryPrimitives.ReadInt64LittleEndian(header[16..]),
            BinaryPrimitives.ReadInt64LittleEndian(header[24..]));
        return true;
    }

    /// <summary>Finishes a record whose body lies behind the header already.</summary>
    internal static void WriteRecord(Span<byte> record, int bodyBytes, in RecordHeader header)
    {
        BinaryPrimitives.WriteInt32LittleEndian(record[4..], bodyBytes);
        record[8] = (byte)header.Kind;
        record[9] = (byte)Version;
        BinaryPrimitives.WriteUInt16LittleEndian(record[10..], (ushort)header.Core);
        BinaryPrimitives.WriteUInt32LittleEndian(record[12..], (uint)header.Segment);
        BinaryPrimitives.WriteInt64LittleEndian(record[16..], header.Epoch);
        BinaryPrimitives.WriteInt64LittleEndian(record[24..], header.Sequence);
        BinaryPrimitives.WriteInt64LittleEndian(record[32..], header.DurableBase);
        BinaryPrimitives.WriteUInt32LittleEndian(record[40..], Crc32C.Of(record.Slice(RecordHeaderBytes, bodyBytes)));
        BinaryPrimitives.WriteUInt32LittleEndian(record[44..], RecordMark);
        BinaryPrimitives.WriteUInt32LittleEndian(record, Crc32C.Of(record[4..RecordHeaderBytes]));
        int end = RecordBytes(bodyBytes);
        record[(RecordHeaderBytes + bodyBytes)..(end - TrailerBytes)].Clear();
        BinaryPrimitives.WriteUInt32LittleEndian(record[(end - TrailerBytes)..], Trailer);
    }

    /// <summary>Raises the durable base of a finished record.</summary>
    internal static void SetDurableBase(Span<byte> record, long sequence)
    {
        BinaryPrimitives.WriteInt64LittleEndian(record[32..], sequence);
        BinaryPrimitives.WriteUInt32LittleEndian(record, Crc32C.Of(record[4..RecordHeaderBytes]));
    }

    /// <summary>True for an undamaged record header; its body isn't looked at.</summary>
    internal static bool TryReadRecordHeader(ReadOnlySpan<byte> header, out RecordHeader result, out int bodyBytes)
    {
        result = default;
        bodyBytes = 0;
        if (header.Length < RecordHeaderBytes
            || BinaryPrimitives.ReadUInt32LittleEndian(header[44..]) != RecordMark
            || BinaryPrimitives.ReadUInt32LittleEndian(header) != Crc32C.Of(header[4..RecordHeaderBytes]))
        {
            return false;
        }

        bodyBytes = BinaryPrimitives.ReadInt32LittleEndian(header[4..]);
        result = new RecordHeader(
            (WalRecordKind)header[8],
            BinaryPrimitives.ReadUInt16LittleEndian(header[10..]),
            BinaryPrimitives.ReadUInt32LittleEndian(header[12..]),
            BinaryPrimitives.ReadInt64LittleEndian(header[16..]),
            BinaryPrimitives.ReadInt64LittleEndian(header[24..]),
            BinaryPrimitives.ReadInt64LittleEndian(header[32..]));
        return header[9] == Version && bodyBytes is >= 0 and <= MaxBodyBytes;
    }

    /// <summary>True when body, padding and trailer of a record with a good header are as written.</summary>
    internal static bool VerifyBody(ReadOnlySpan<byte> record, int bodyBytes)
    {
        int end = RecordBytes(bodyBytes);
        return BinaryPrimitives.ReadUInt32LittleEndian(record[(end - TrailerBytes)..]) == Trailer
            && record[(RecordHeaderBytes + bodyBytes)..(end - TrailerBytes)].IndexOfAnyExcept((byte)0) < 0
            && BinaryPrimitives.ReadUInt32LittleEndian(record[40..]) == Crc32C.Of(record.Slice(RecordHeaderBytes, bodyBytes));
    }
}

/// <summary>A segment's header.</summary>
internal readonly record struct SegmentHeader(bool KnownVersion, int Core, long Segment, long FirstSequence);

/// <summary>A record's header without its body.</summary>
internal readonly record struct RecordHeader(WalRecordKind Kind, int Core, long Segment, long Epoch, long Sequence, long DurableBase);
