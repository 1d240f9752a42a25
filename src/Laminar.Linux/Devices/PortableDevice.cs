using Microsoft.Win32.SafeHandles;

namespace Laminar.Linux;

/// <summary>Positional writes and data syncs on the thread pool: works everywhere.</summary>
internal sealed class PortableDevice(string directory, string reason) : FolderDevice(directory, $"positional writes and fdatasync ({reason})")
{
    public override IoBuffer Allocate(int bytes) => new(bytes);

    protected override IDeviceFile Wrap(SafeFileHandle handle, string name) => new PortableFile(handle, name);
}

/// <summary>A file whose started writes run on the thread pool. It is its own work item, so that starting one allocates nothing.</summary>
internal sealed class PortableFile(SafeFileHandle handle, string name) : NativeFile(handle, name), IThreadPoolWorkItem
{
    private IoBuffer? _buffer;
    private int _start;
    private int _length;
    private long _offset;
    private IIoCompletion? _completion;

    public override void BeginWrite(IoBuffer buffer, int start, int length, long offset, IIoCompletion completion)
    {
        if (Interlocked.CompareExchange(ref _completion, completion, null) is not null)
        {
            throw new InvalidOperationException($"{Name} is being written already.");
        }

        _buffer = buffer;
        _start = start;
        _length = length;
        _offset = offset;
        ThreadPool.UnsafeQueueUserWorkItem(this, preferLocal: false);
    }

    public void Execute()
    {
        IOException? error = null;
        try
        {
            Write(_offset, _buffer!.Span.Slice(_start, _length));
            Sync();
        }
        catch (IOException e)
        {
            error = e;
        }
        catch (Exception e) when (e is ObjectDisposedException or UnauthorizedAccessException)
        {
            error = new IOException($"{Name}: {e.Message}", e);
        }

        IIoCompletion completion = _completion!;
        _buffer = null;
        Volatile.Write(ref _completion, null);
        completion.Completed(error);
    }
}
