namespace Laminar.Linux;

/// <summary>An open file of a device. One writer at a time.</summary>
public interface IDeviceFile : IDisposable
{
    /// <summary>The name within the device.</summary>
    string Name { get; }

    /// <summary>Length in bytes. Blocks, briefly.</summary>
    long Length { get; }

    /// <summary>Reads until the buffer is full or the file ends, and answers with the bytes read. Blocks.</summary>
    int Read(long offset, Span<byte> destination);

    /// <summary>Writes all of it. Blocks. Not durable before <see cref="Sync"/>.</summary>
    void Write(long offset, ReadOnlySpan<byte> source);

    /// <summary>Makes data and length durable. Blocks. After an error the file must not be used again: the system may have dropped the data.</summary>
    void Sync();

    /// <summary>Cuts or extends (with zeros) the file. Blocks.</summary>
    void SetLength(long length);

    /// <summary>
    /// Starts writing <c>buffer[start..start + length]</c> at <paramref name="offset"/>, followed by a data sync, and returns at once. The
    /// buffer must stay untouched until the completion. One at a time per file.
    /// </summary>
    void BeginWrite(IoBuffer buffer, int start, int length, long offset, IIoCompletion completion);
}
