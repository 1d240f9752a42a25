using System.Buffers;
using System.ComponentModel;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Text;

namespace Laminar.State;

/// <summary>Reads what <see cref="StateWriter"/> wrote, after its checksum, version and fingerprint were found right.</summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public sealed class StateReader
{
    private readonly byte[] _bytes;
    private readonly int _end;
    private readonly string _query;
    private int _at;

    /// <exception cref="SnapshotException">Damaged, cut short, of another version or of another query.</exception>
    public StateReader(ReadOnlySequence<byte> snapshot, string query, string fingerprint)
    {
        _query = query;
        _bytes = snapshot.ToArray();
        _end = _bytes.Length - sizeof(uint);
        if (_end < 12)
        {
            throw new SnapshotException($"The snapshot for query {query} is cut short: {_bytes.Length} bytes.");
        }

        if (MemoryMarshal.Read<uint>(_bytes) != StateWriter.Magic)
        {
            throw new SnapshotException($"What was given to query {query} is no snapshot: its first bytes are wrong.");
        }

        uint crc = MemoryMarshal.Read<uint>(_bytes.AsSpan(_end));
        if (crc != Crc32C.Of(_bytes.AsSpan(0, _end)))
        {
            throw new SnapshotException($"The snapshot for query {query} is damaged or cut short: its checksum is wrong.");
        }

        _at = sizeof(uint);
        int version = Read<int>();
        if (version != StateWriter.Version)
        {
            throw new SnapshotException($"The snapshot for query {query} has version {version}; this build reads {StateWriter.Version}.");
        }

        string? saved = ReadText();
        string? from = ReadText();
        if (saved != fingerprint)
        {
            throw new SnapshotException(
                $"The snapshot was taken of query {from} with state layout {saved}; query {query} has {fingerprint}. Start anew, or bring the query back to what it was.");
        }
    }

    public T Read<T>()
        where T : unmanaged
    {
        T value = MemoryMarshal.Read<T>(Take(Unsafe.SizeOf<T>()));
        return value;
    }

    /// <summary>Bytes behind their length.</summary>
    public ReadOnlySpan<byte> ReadBytes() => Take(Read<long>());

    /// <summary>Text or null.</summary>
    public string? ReadText()
    {
        int length = Read<int>();
        return length < 0 ? null : Encoding.UTF8.GetString(Take(length));
    }

    /// <summary>A count of things that take at least <paramref name="bytesEach"/> bytes each in what is left.</summary>
    public int ReadCount(int bytesEach = 1)
    {
        int count = Read<int>();
        return count >= 0 && (long)count * bytesEach <= _end - _at ? count : throw Damaged();
    }

    /// <summary>The content doesn't fit together, although the checksum is right.</summary>
    public SnapshotException Damaged() => new($"The snapshot for query {_query} is inconsistent at byte {_at}.");

    /// <summary>Fills memory.</summary>
    internal unsafe void Raw(void* memory, long bytes)
    {
        ReadOnlySpan<byte> from = Take(bytes);
        from.CopyTo(new Span<byte>(memory, from.Length));
    }

    /// <summary>Nothing may be left over.</summary>
    public void Finish()
    {
        if (_at != _end)
        {
            throw Damaged();
        }
    }

    private ReadOnlySpan<byte> Take(long length)
    {
        if (length < 0 || length > _end - _at)
        {
            throw Damaged();
        }

        int start = _at;
        _at += (int)length;
        return _bytes.AsSpan(start, (int)length);
    }
}
