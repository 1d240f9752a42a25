using System.Buffers;
using System.ComponentModel;
using System.Runtime.InteropServices;
using System.Text;

namespace Laminar.State;

/// <summary>Reads what <see cref="StateWriter"/> wrote, after its checksum, version and fingerprint were found right.</summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public sealed class StateReader
{
    private readonly ReadOnlySequence<byte> _snapshot;
    private readonly long _end;
    private readonly string _query;
    private SequencePosition _next;
    private ReadOnlyMemory<byte> _segment;
    private int _inSegment;
    private long _at;

    /// <exception cref="SnapshotException">Damaged, cut short, of another version or of another query.</exception>
    public StateReader(ReadOnlySequence<byte> snapshot, string query, string fingerprint)
    {
        _query = query;
        _snapshot = snapshot;
        _end = snapshot.Length - sizeof(uint);
        _next = snapshot.Start;
        if (_end < 12)
        {
            throw new SnapshotException($"The snapshot for query {query} is cut short: {snapshot.Length} bytes.");
        }

        if (Word(snapshot) != StateWriter.Magic)
        {
            throw new SnapshotException($"What was given to query {query} is no snapshot: its first bytes are wrong.");
        }

        // Before anything is handed out, and segment by segment: a copy would need the state's size once more, and couldn't hold 2 GiB.
        uint crc = 0;
        foreach (ReadOnlyMemory<byte> part in snapshot.Slice(0, _end))
        {
            crc = Crc32C.Append(crc, part.Span);
        }

        if (Word(snapshot.Slice(_end)) != crc)
        {
            throw new SnapshotException($"The snapshot for query {query} is damaged or cut short: its checksum is wrong.");
        }

        Read<uint>();
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
        T value = default;
        Copy(MemoryMarshal.AsBytes(new Span<T>(ref value)));
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
        Check(bytes);
        byte* to = (byte*)memory;
        while (bytes > 0)
        {
            int part = (int)Math.Min(bytes, 1 << 24);
            Copy(new Span<byte>(to, part));
            to += part;
            bytes -= part;
        }
    }

    /// <summary>Nothing may be left over.</summary>
    public void Finish()
    {
        if (_at != _end)
        {
            throw Damaged();
        }
    }

    private static uint Word(ReadOnlySequence<byte> from)
    {
        Span<byte> bytes = stackalloc byte[sizeof(uint)];
        from.Slice(0, sizeof(uint)).CopyTo(bytes);
        return MemoryMarshal.Read<uint>(bytes);
    }

    private void Check(long length)
    {
        if (length < 0 || length > _end - _at)
        {
            throw Damaged();
        }
    }

    /// <summary>The next bytes: where they lie, or a copy where they straddle segments.</summary>
    private ReadOnlySpan<byte> Take(long length)
    {
        Check(length);
        if (length > Array.MaxLength)
        {
            throw Damaged();
        }

        if (length <= _segment.Length - _inSegment)
        {
            ReadOnlySpan<byte> span = _segment.Span.Slice(_inSegment, (int)length);
            _inSegment += (int)length;
            _at += length;
            return span;
        }

        byte[] copy = new byte[length];
        Copy(copy);
        return copy;
    }

    private void Copy(Span<byte> to)
    {
        Check(to.Length);
        _at += to.Length;
        while (to.Length > 0)
        {
            int part = Math.Min(to.Length, _segment.Length - _inSegment);
            if (part == 0)
            {
                // There are bytes left by the check above, and so a segment.
                _snapshot.TryGet(ref _next, out _segment);
                _inSegment = 0;
                continue;
            }

            _segment.Span.Slice(_inSegment, part).CopyTo(to);
            _inSegment += part;
            to = to[part..];
        }
    }
}
