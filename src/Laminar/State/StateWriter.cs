using System.Buffers;
using System.ComponentModel;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Text;

namespace Laminar.State;

/// <summary>
/// Builds a snapshot: magic <c>LMNS</c>, version, length, fingerprint, then what the operator writes (integers little-endian, arenas as
/// memory), then a CRC-32C over everything before it.
/// </summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public sealed class StateWriter
{
    /// <summary>"LMNS" read as little-endian.</summary>
    internal const uint Magic = 0x534E4D4C;

    internal const int Version = 1;

    private readonly ArrayBufferWriter<byte> _buffer = new(4096);

    /// <param name="query">The query's name, for messages when it is read back.</param>
    /// <param name="fingerprint">The layout of the state.</param>
    public StateWriter(string query, string fingerprint)
    {
        if (!BitConverter.IsLittleEndian)
        {
            throw new PlatformNotSupportedException("Snapshots are copies of little-endian memory.");
        }

        Write(Magic);
        Write(Version);
        Write(fingerprint);
        Write(query);
    }

    public void Write<T>(T value)
        where T : unmanaged
    {
        Span<byte> target = _buffer.GetSpan(Unsafe.SizeOf<T>());
        MemoryMarshal.Write(target, in value);
        _buffer.Advance(Unsafe.SizeOf<T>());
    }

    /// <summary>Length in bytes, then the bytes.</summary>
    public void Write(ReadOnlySpan<byte> bytes)
    {
        Write((long)bytes.Length);
        _buffer.Write(bytes);
    }

    /// <summary>UTF-8 behind its length; -1 for null.</summary>
    public void Write(string? text)
    {
        if (text is null)
        {
            Write(-1);
            return;
        }

        int length = Encoding.UTF8.GetByteCount(text);
        Write(length);
        Encoding.UTF8.GetBytes(text, _buffer.GetSpan(length));
        _buffer.Advance(length);
    }

    /// <summary>Memory as it lies, without a length. For arenas, which may be larger than a span.</summary>
    internal unsafe void Raw(void* memory, long bytes)
    {
        byte* from = (byte*)memory;
        while (bytes > 0)
        {
            int part = (int)Math.Min(bytes, 1 << 24);
            _buffer.Write(new ReadOnlySpan<byte>(from, part));
            from += part;
            bytes -= part;
        }
    }

    /// <summary>Hands everything over, with its checksum.</summary>
    public void Finish(IBufferWriter<byte> target)
    {
        uint crc = Crc32C.Of(_buffer.WrittenSpan);
        Write(crc);
        target.Write(_buffer.WrittenSpan);
    }
}
