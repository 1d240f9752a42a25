using Microsoft.Win32.SafeHandles;

namespace Laminar.Connectors.Files.Reading;

/// <summary>A file, read by position.</summary>
internal sealed class FileFeed(string path) : IByteFeed
{
    private readonly SafeFileHandle _file = File.OpenHandle(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete, FileOptions.SequentialScan);
    private long _offset;

    /// <summary>Bytes in the file now.</summary>
    public long Length => RandomAccess.GetLength(_file);

    public int Read(Span<byte> buffer)
    {
        int count = RandomAccess.Read(_file, buffer, _offset);
        _offset += count;
        return count;
    }

    public void Seek(long offset) => _offset = offset;

    public void Dispose() => _file.Dispose();
}
