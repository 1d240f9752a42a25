using System.Buffers;
using Laminar.Linux;
using Laminar.State;

namespace Laminar.Storage;

/// <summary>Reads a section back and checks it, before anybody sees a byte of it.</summary>
internal static class SnapshotReader
{
    private const int PieceBytes = 16 << 20;

    internal static ReadOnlySequence<byte> Read(IDevice device, string directory, SnapshotSection section)
    {
        string path = Path.Combine(directory, section.File);
        if (!StoreFiles.TryParseSnapshot(section.File, out int core, out long epoch))
        {
            throw new CorruptStateException(path, 0, $"the section of task {section.Task} isn't in a snapshot file.");
        }

        using IDeviceFile file = device.Open(section.File);
        byte[] header = new byte[SnapshotFormat.HeaderBytes];
        if (file.Read(0, header) < header.Length || !SnapshotFormat.VerifyHeader(header, core, epoch))
        {
            throw new CorruptStateException(path, 0, "the snapshot's header isn't what was written. " + Advice(epoch));
        }

        var pieces = new List<byte[]>();
        uint crc = 0;
        for (long done = 0; done < section.Length;)
        {
            byte[] piece = new byte[(int)Math.Min(PieceBytes, section.Length - done)];
            int read = file.Read(section.Offset + done, piece);
            if (read < piece.Length)
            {
                throw new CorruptStateException(path, section.Offset + done + read, $"the file ends inside the state of task {section.Task}. " + Advice(epoch));
            }

            crc = Crc32C.Append(crc, piece);
            pieces.Add(piece);
            done += read;
        }

        if (crc != section.Crc)
        {
            throw new CorruptStateException(
                path, section.Offset, $"the state of task {section.Task} ({section.Length} bytes from there) doesn't match its checksum. " + Advice(epoch));
        }

        return Join(pieces);
    }

    private static string Advice(long epoch) =>
        $"Restore the file from a copy; or delete {StoreFiles.Manifest(epoch)} to start from the epoch before, if the sinks can take its rows again.";

    private static ReadOnlySequence<byte> Join(List<byte[]> pieces)
    {
        if (pieces.Count <= 1)
        {
            return pieces.Count == 0 ? ReadOnlySequence<byte>.Empty : new ReadOnlySequence<byte>(pieces[0]);
        }

        var first = new Piece(pieces[0], null);
        Piece last = first;
        foreach (byte[] piece in pieces.Skip(1))
        {
            last = new Piece(piece, last);
        }

        return new ReadOnlySequence<byte>(first, 0, last, last.Memory.Length);
    }

    private sealed class Piece : ReadOnlySequenceSegment<byte>
    {
        internal Piece(byte[] bytes, Piece? before)
        {
            Memory = bytes;
            if (before is not null)
            {
                RunningIndex = before.RunningIndex + before.Memory.Length;
                before.Next = this;
            }
        }
    }
}
