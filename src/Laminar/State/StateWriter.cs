using System.Buffers;
using System.ComponentModel;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Text;

namespace Laminar.State;

/// <summary>
/// Writes a snapshot: magic <c>LMNS</c>, version, fingerprint, query, then what the operator writes (integers little-endian, arenas as memory), then a
/// CRC-32C over everything before it. Bytes go on to the target as they come, so that nothing holds the whole state a second time.
/// </summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public sealed class StateWriter
{
    /// <summary>"LMNS" read as little-endian.</summary>
    internal const uint Magic = 0x534E4D4C;

    internal const int Version = 1;

    private const int StageBytes = 16 << 10;

    private readonly IBufferWriter<byte> _target;
    private readonly byte[] _stage = ArrayPool<byte>.Shared.Rent(StageBytes);
    private int _staged;
    private uint _crc;

    /// <param name="target">Takes the snapshot.</param>
    /// <param name="query">The query's name, for messages when it is read back.</param>
    /// <param name="fingerprint">The layout of the state.</param>
    public StateWriter(IBufferWriter<byte> target, string query, string fingerprint)
    {
        if (!BitConverter.IsLittleEndian)
        {
            throw new PlatformNotSupportedException("Snapshots are copies of little-endian memory.");
        }

        _target = target;
        Write(Magic);
        Write(Version);
        Write(fingerprint);
        Write(query);
    }

    public void Write<T>(T value)
        where T : unmanaged
    {
        if (_stage.Length - _staged < Unsafe.SizeOf<T>())
        {
            Flush();
        }

        MemoryMarshal.Write(_stage.AsSpan(_staged), in value);
        _staged += Unsafe.SizeOf<T>();
    }

    /// <summary>Length in bytes, then the bytes.</summary>
    public void Write(ReadOnlySpan<byte> bytes)
    {
        Write((long)bytes.Length);
        Append(bytes);
    }

    /// <summary>UTF-8 behind its length; -1 for null.</summary>
    public void Write(string? text)
    {
        if (text is null)
        {
            Write(-1);
            return;
        }

        byte[] bytes = Encoding.UTF8.GetBytes(text);
        Write(bytes.Length);
        Append(bytes);
    }

    /// <summary>Memory as it lies, without a length. For arenas, which may be larger than a span.</summary>
    internal unsafe void Raw(void* memory, long bytes)
    {
        byte* from = (byte*)memory;
        while (bytes > 0)
        {
            int part = (int)Math.Min(bytes, 1 << 24);
            Append(new ReadOnlySpan<byte>(from, part));
            from += part;
            bytes -= part;
        }
    }

    /// <summary>Ends the snapshot with its checksum. Nothing can be written afterwards.</summary>
    public void Finish()
    {
        Flush();
        Span<byte> crc = stackalloc byte[sizeof(uint)];
        MemoryMarshal.Write(crc, in _crc);
        _target.Write(crc);
        ArrayPool<byte>.Shared.Return(_stage);
    }

    private void Append(ReadOnlySpan<byte> bytes)
    {
        if (bytes.Length > _stage.Length - _staged)
        {
            Flush();
        }

        if (bytes.Length > _stage.Length)
        {
            Pass(bytes);
            return;
        }

        bytes.CopyTo(_stage.AsSpan(_staged));
        _staged += bytes.Length;
    }

    private void Flush()
    {
        Pass(_stage.AsSpan(0, _staged));
        _staged = 0;
    }

    private void Pass(ReadOnlySpan<byte> bytes)
    {
        _crc = Crc32C.Append(_crc, bytes);
        _target.Write(bytes);
    }
}
