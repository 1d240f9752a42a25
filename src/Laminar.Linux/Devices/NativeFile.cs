using Laminar.Linux.Native;
using Microsoft.Win32.SafeHandles;

namespace Laminar.Linux;

/// <summary>The blocking half of a file, the same for all native devices.</summary>
internal abstract class NativeFile(SafeFileHandle handle, string name) : IDeviceFile
{
    public string Name { get; } = name;

    public long Length => RandomAccess.GetLength(Handle);

    protected SafeFileHandle Handle { get; } = handle;

    public int Read(long offset, Span<byte> destination)
    {
        int total = 0;
        while (total < destination.Length)
        {
            int read = RandomAccess.Read(Handle, destination[total..], offset + total);
            if (read == 0)
            {
                break;
            }

            total += read;
        }

        return total;
    }

    public void Write(long offset, ReadOnlySpan<byte> source) => RandomAccess.Write(Handle, source, offset);

    public void Sync()
    {
        if (!OperatingSystem.IsLinux())
        {
            RandomAccess.FlushToDisk(Handle);
        }
        else if (LibC.Fdatasync((int)Handle.DangerousGetHandle()) != 0)
        {
            // .NET's FlushToDisk swallows some errors; here every one counts.
            throw new IOException($"fdatasync of {Name} failed: {LibC.LastErrorText()}");
        }
    }

    public void SetLength(long length) => RandomAccess.SetLength(Handle, length);

    public abstract void BeginWrite(IoBuffer buffer, int start, int length, long offset, IIoCompletion completion);

    public virtual void Dispose() => Handle.Dispose();
}
