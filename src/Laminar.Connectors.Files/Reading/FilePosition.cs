using System.Buffers;
using System.Buffers.Binary;
using System.Text;
using Laminar.State;

namespace Laminar.Connectors.Files.Reading;

/// <summary>
/// Where a file was read up to, so that reading can go on exactly there. It names the file and remembers how it begins, because a position in
/// another file would silently give other rows.
/// </summary>
/// <param name="Offset">Bytes consumed; of Arrow, batches.</param>
/// <param name="Line">Lines consumed; of Arrow, rows of the next batch.</param>
/// <param name="Column">Characters consumed of the current line.</param>
/// <param name="State">The framer's state.</param>
internal readonly record struct FilePosition(long Offset, long Line, long Column, byte State)
{
    private const byte Version = 1;
    private const int HeadBytes = 4096;
    private const int Fixed = 1 + 8 + 8 + 8 + 1 + 4 + 4 + 4;

    /// <exception cref="LaminarException">Of another file, or not a position.</exception>
    public static FilePosition Read(ReadOnlySpan<byte> saved, string file)
    {
        if (saved.Length == 0)
        {
            return default;
        }

        if (saved.Length < Fixed || saved[0] != Version)
        {
            throw new LaminarException($"The saved position of {file} is damaged or of another version.");
        }

        string name = Encoding.UTF8.GetString(saved[Fixed..]);
        if (name != Path.GetFileName(file))
        {
            throw new LaminarException(
                $"The saved position is of {name}, but this partition is now {file}: the set of files has changed. Put them back, or start with a new data directory.");
        }

        int headLength = BinaryPrimitives.ReadInt32LittleEndian(saved[26..]);
        uint head = BinaryPrimitives.ReadUInt32LittleEndian(saved[30..]);
        if (HeadOf(file, headLength) != head)
        {
            throw new LaminarException($"{file} is not the file it was when the position was saved: it begins differently. Put it back, or start with a new data directory.");
        }

        return new FilePosition(
            BinaryPrimitives.ReadInt64LittleEndian(saved[1..]),
            BinaryPrimitives.ReadInt64LittleEndian(saved[9..]),
            BinaryPrimitives.ReadInt64LittleEndian(saved[17..]),
            saved[25]);
    }

    /// <summary>Writes the position.</summary>
    /// <param name="to">Where to.</param>
    /// <param name="file">The file's path; its name is kept, so that a folder may move.</param>
    /// <param name="headLength">What <see cref="HeadLength"/> gave when the file was opened.</param>
    /// <param name="head">What <see cref="HeadOf"/> gave.</param>
    public void Write(IBufferWriter<byte> to, string file, int headLength, uint head)
    {
        byte[] name = Encoding.UTF8.GetBytes(Path.GetFileName(file));
        Span<byte> saved = to.GetSpan(Fixed + name.Length);
        saved[0] = Version;
        BinaryPrimitives.WriteInt64LittleEndian(saved[1..], Offset);
        BinaryPrimitives.WriteInt64LittleEndian(saved[9..], Line);
        BinaryPrimitives.WriteInt64LittleEndian(saved[17..], Column);
        saved[25] = State;
        BinaryPrimitives.WriteInt32LittleEndian(saved[26..], headLength);
        BinaryPrimitives.WriteUInt32LittleEndian(saved[30..], head);
        BinaryPrimitives.WriteInt32LittleEndian(saved[34..], name.Length);
        name.CopyTo(saved[Fixed..]);
        to.Advance(Fixed + name.Length);
    }

    /// <summary>How many bytes of the file's beginning are remembered.</summary>
    public static int HeadLength(string file) => (int)Math.Min(HeadBytes, new FileInfo(file).Length);

    /// <summary>A checksum of the file's first bytes.</summary>
    public static uint HeadOf(string file, int length)
    {
        if (length is < 0 or > HeadBytes)
        {
            throw new LaminarException($"The saved position of {file} is damaged.");
        }

        using Microsoft.Win32.SafeHandles.SafeFileHandle handle = File.OpenHandle(file);
        Span<byte> head = stackalloc byte[length];
        int read = 0;
        while (read < length && RandomAccess.Read(handle, head[read..], read) is > 0 and var count)
        {
            read += count;
        }

        return Crc32C.Of(head[..read]);
    }
}
