namespace Laminar.Connectors.Files.Reading;

/// <summary>The bytes of stdin, read on a thread of their own: at most 16 chunks of 64 KiB wait.</summary>
internal sealed class StandardInputFeed : IByteFeed
{
    private readonly ReadAhead<byte[]> _chunks;
    private readonly Stream _stream;
    private byte[] _current = [];
    private int _used;

    public StandardInputFeed(Action wake)
    {
        _chunks = new ReadAhead<byte[]>(16, wake);
        _stream = StandardInput.Take();
        _chunks.Start("stdin", () => Chunks(_stream));
    }

    public int Read(Span<byte> buffer)
    {
        if (_used == _current.Length)
        {
            if (!_chunks.TryTake(out byte[]? chunk, out bool ended))
            {
                return ended ? 0 : -1;
            }

            _current = chunk!;
            _used = 0;
        }

        int count = Math.Min(buffer.Length, _current.Length - _used);
        _current.AsSpan(_used, count).CopyTo(buffer);
        _used += count;
        return count;
    }

    public void Seek(long offset) => throw new LaminarException("stdin can't be read again.");

    public void Dispose()
    {
        _chunks.Dispose();
        StandardInput.Release(_stream);
    }

    private static IEnumerable<byte[]> Chunks(Stream stream)
    {
        using Stream closed = stream;
        var buffer = new byte[65_536];
        while (stream.Read(buffer) is > 0 and var count)
        {
            yield return buffer.AsSpan(0, count).ToArray();
        }
    }
}
