using System.Buffers.Binary;
using Laminar.State;

namespace Laminar.Storage;

/// <summary>
/// The bytes of a manifest, little-endian: magic 8 | version 4 | body length 4 | body | CRC of all before 4. The body: epoch 8, cores 4, key
/// groups 4, then five lists, each a count and its items: fingerprints (task, layout), sources (name, partition 4, position, rows 8, watermark 8),
/// WAL positions (core 4, segment 8, offset 8, sequence 8), sections (task, core 4, file, offset 8, length 8, CRC 4), sinks (name, token).
/// Text and bytes have a length of 4 before them.
/// </summary>
internal static class ManifestFormat
{
    /// <summary>Bytes of a manifest at most.</summary>
    internal const int MaxBytes = 256 << 20;

    private const int HeadBytes = 16;
    private const ulong Magic = 0x31_4E_41_4D_4D_41_4C_89;
    private const uint Version = 1;

    internal static byte[] Write(Manifest manifest)
    {
        var writer = new ManifestWriter();
        writer.Int64(unchecked((long)Magic));
        writer.Int32((int)Version);
        writer.Int32(0);
        writer.Int64(manifest.Epoch);
        writer.Int32(manifest.Cores);
        writer.Int32(manifest.KeyGroups);
        writer.Int32(manifest.Fingerprints.Count);
        foreach ((string task, string layout) in manifest.Fingerprints.OrderBy(f => f.Key, StringComparer.Ordinal))
        {
            writer.Text(task);
            writer.Text(layout);
        }

        writer.Int32(manifest.Sources.Count);
        foreach (SourcePosition source in manifest.Sources)
        {
            writer.Text(source.Source);
            writer.Int32(source.Partition);
            writer.Bytes(source.Position.Span);
            writer.Int64(source.Rows);
            writer.Int64(source.Watermark);
        }

        writer.Int32(manifest.Wal.Count);
        foreach (WalPosition position in manifest.Wal)
        {
            writer.Int32(position.Core);
            writer.Int64(position.Segment);
            writer.Int64(position.Offset);
            writer.Int64(position.Sequence);
        }

        writer.Int32(manifest.Sections.Count);
        foreach (SnapshotSection section in manifest.Sections)
        {
            writer.Text(section.Task);
            writer.Int32(section.Core);
            writer.Text(section.File);
            writer.Int64(section.Offset);
            writer.Int64(section.Length);
            writer.Int32((int)section.Crc);
        }

        writer.Int32(manifest.Sinks.Count);
        foreach (SinkToken sink in manifest.Sinks)
        {
            writer.Text(sink.Sink);
            writer.Bytes(sink.Token.Span);
        }

        return writer.Finish(HeadBytes);
    }

    /// <summary>Reads a manifest, or says what is wrong with it and where.</summary>
    /// <exception cref="LaminarException">It is whole, but of a newer version.</exception>
    internal static Manifest? TryRead(ReadOnlyMemory<byte> file, out long offset, out string problem)
    {
        ReadOnlySpan<byte> bytes = file.Span;
        offset = 0;
        problem = "";
        if (bytes.Length < HeadBytes + sizeof(uint) || BinaryPrimitives.ReadUInt64LittleEndian(bytes) != Magic)
        {
            problem = bytes.Length < HeadBytes + sizeof(uint) ? "it is too short" : "it doesn't start like a manifest";
            return null;
        }

        int bodyBytes = BinaryPrimitives.ReadInt32LittleEndian(bytes[12..]);
        offset = 12;
        if (bodyBytes != bytes.Length - HeadBytes - sizeof(uint))
        {
            problem = $"its body should have {bodyBytes} bytes and has {bytes.Length - HeadBytes - sizeof(uint)}";
            return null;
        }

        offset = bytes.Length - sizeof(uint);
        if (BinaryPrimitives.ReadUInt32LittleEndian(bytes[^sizeof(uint)..]) != Crc32C.Of(bytes[..^sizeof(uint)]))
        {
            problem = "it doesn't match its checksum";
            return null;
        }

        if (BinaryPrimitives.ReadUInt32LittleEndian(bytes[8..]) != Version)
        {
            throw new LaminarException("The manifest was written by a newer version of Laminar: use that version, or an empty folder.");
        }

        var reader = new ManifestReader(file[HeadBytes..^sizeof(uint)]);
        try
        {
            Manifest manifest = ReadBody(reader);
            if (!reader.AtEnd)
            {
                throw new InvalidDataException("bytes are left over");
            }

            return manifest;
        }
        catch (InvalidDataException e)
        {
            offset = HeadBytes + reader.Position;
            problem = "its content makes no sense: " + e.Message;
            return null;
        }
    }

    private static Manifest ReadBody(ManifestReader reader)
    {
        long epoch = reader.Int64();
        int cores = reader.Int32();
        int keyGroups = reader.Int32();
        var fingerprints = new Dictionary<string, string>(StringComparer.Ordinal);
        for (int i = reader.Count(8); i > 0; i--)
        {
            fingerprints[reader.Text()] = reader.Text();
        }

        return new Manifest
        {
            Epoch = epoch,
            Cores = cores,
            KeyGroups = keyGroups,
            Fingerprints = fingerprints,
            Sources = reader.List(28, static r => new SourcePosition(r.Text(), r.Int32(), r.Bytes(), r.Int64(), r.Int64())),
            Wal = reader.List(28, static r => new WalPosition(r.Int32(), r.Int64(), r.Int64(), r.Int64())),
            Sections = reader.List(32, static r => new SnapshotSection(r.Text(), r.Int32(), r.Text(), r.Int64(), r.Int64(), (uint)r.Int32())),
            Sinks = reader.List(8, static r => new SinkToken(r.Text(), r.Bytes())),
        };
    }
}
