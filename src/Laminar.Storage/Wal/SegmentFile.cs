using Laminar.Linux;

namespace Laminar.Storage;

/// <summary>Reads a segment through a window of memory, so that small records cost no system call each.</summary>
internal sealed class SegmentFile(IDeviceFile file, string path) : IDisposable
{
    private const int WindowBytes = 1 << 20;
    private byte[] _window = new byte[WindowBytes];
    private long _start;
    private int _count;

    internal string Path { get; } = path;

    internal string Name => file.Name;

    internal long Length { get; } = file.Length;

    /// <summary>The bytes at a place, fewer where the file ends. Valid until the next call.</summary>
    internal ReadOnlyMemory<byte> Read(long offset, int count)
    {
        count = (int)Math.Clamp(Length - offset, 0, count);
        if (offset < _start || offset + count > _start + _count)
        {
            if (count > _window.Length)
            {
                _window = new byte[count];
            }

            _start = offset;
            _count = file.Read(offset, _window);
            count = Math.Min(count, _count);
        }

        return _window.AsMemory((int)(offset - _start), count);
    }

    /// <summary>Writes a range once more as it was read.</summary>
    internal void Rewrite(long from, long to)
    {
        for (long position = from; position < to;)
        {
            ReadOnlyMemory<byte> bytes = Read(position, (int)Math.Min(WindowBytes, to - position));
            file.Write(position, bytes.Span);
            position += bytes.Length;
        }
    }

    /// <summary>Cuts everything from a place on, and makes what remains durable.</summary>
    internal void Cut(long offset)
    {
        file.SetLength(offset);
        file.Sync();
    }

    public void Dispose() => file.Dispose();
}
