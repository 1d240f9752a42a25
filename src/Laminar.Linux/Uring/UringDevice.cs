using Laminar.Linux.Native;
using Microsoft.Win32.SafeHandles;

namespace Laminar.Linux.Uring;

/// <summary>
/// A folder written through one io_uring, shared by all cores. Whoever starts a write submits it (one system call, under a lock held for
/// that call); one thread waits for completions.
/// </summary>
internal sealed unsafe class UringDevice : FolderDevice
{
    internal const int MaxFiles = 4096;
    private const int MaxBuffers = 4096;
    private const ulong StopMark = ulong.MaxValue;
    private readonly UringQueue _queue;
    private readonly Lock _submit = new();
    private readonly Lock _tables = new();
    private readonly UringFile?[] _files = new UringFile?[MaxFiles];
    private readonly bool[] _buffers = new bool[MaxBuffers];
    private readonly bool _fileTable;
    private readonly bool _bufferTable;
    private readonly Thread _thread;
    private IOException? _broken;
    private bool _disposed;

    internal UringDevice(string directory, UringQueue queue)
        : base(directory, "")
    {
        _queue = queue;
        _fileTable = queue.TryRegisterTable(UringAbi.RegisterFiles2, MaxFiles);
        _bufferTable = queue.TryRegisterTable(UringAbi.RegisterBuffers2, MaxBuffers);
        Description = $"io_uring (kernel {Environment.OSVersion.Version}; registered files: {(_fileTable ? "yes" : "no")}, buffers: {(_bufferTable ? "yes" : "no")})";
        _thread = new Thread(Reap) { Name = "laminar io_uring", IsBackground = true };
        _thread.Start();
    }

    public override IoBuffer Allocate(int bytes)
    {
        int index = -1;
        if (_bufferTable)
        {
            lock (_tables)
            {
                index = Array.IndexOf(_buffers, false);
                if (index >= 0)
                {
                    _buffers[index] = true;
                }
            }
        }

        var buffer = new IoBuffer(bytes, index, Release);
        if (index >= 0 && !_queue.TryRegisterBuffer(index, (nint)buffer.Pointer, (nuint)bytes))
        {
            // Over the limit of locked memory: the plain write works as well, a little slower.
            FreeIndex(buffer);
        }

        return buffer;
    }

    public override void Dispose()
    {
        lock (_submit)
        {
            if (_disposed)
            {
                return;
            }

            _disposed = true;
            Sqe* entry = _queue.Next(0);
            if (entry is not null)
            {
                entry->Opcode = UringAbi.OpNop;
                entry->UserData = StopMark;
                _ = _queue.Submit(1);
            }
        }

        _thread.Join();
        _queue.Dispose();
        base.Dispose();
    }

    protected override IDeviceFile Wrap(SafeFileHandle handle, string name) => new UringFile(this, handle, name);

    /// <summary>Gives a file a number, which is also its place in the registered table.</summary>
    internal int Attach(UringFile file, int descriptor, out bool registered)
    {
        lock (_tables)
        {
            int index = Array.IndexOf(_files, null);
            if (index < 0)
            {
                throw new IOException($"More than {MaxFiles} files are being written.");
            }

            _files[index] = file;
            registered = _fileTable && _queue.TryRegisterFile(index, descriptor);
            return index;
        }
    }

    internal void Detach(int index, bool registered)
    {
        lock (_tables)
        {
            if (registered && !_disposed)
            {
                _ = _queue.TryRegisterFile(index, -1);
            }

            _files[index] = null;
        }
    }

    /// <summary>Submits a write and, linked behind it, the data sync. Null when under way.</summary>
    internal IOException? Submit(int file, int descriptor, bool registered, IoBuffer buffer, int start, int length, long offset)
    {
        lock (_submit)
        {
            if (_broken is not null || _disposed)
            {
                return _broken ?? new IOException("The device is closed.");
            }

            Sqe* write = _queue.Next(0);
            Sqe* sync = _queue.Next(1);
            if (write is null || sync is null)
            {
                return new IOException("io_uring has no free submission entry.");
            }

            byte fixedFile = registered ? UringAbi.SqeFixedFile : (byte)0;
            write->Opcode = buffer.RegisteredIndex >= 0 ? UringAbi.OpWriteFixed : UringAbi.OpWrite;

            // Async: the copy into the page cache happens on a kernel worker and not on the core that submits.
            write->Flags = (byte)(fixedFile | UringAbi.SqeLink | UringAbi.SqeAsync);
            write->Descriptor = registered ? file : descriptor;
            write->Offset = (ulong)offset;
            write->Address = (ulong)(buffer.Pointer + start);
            write->Length = (uint)length;
            write->BufferIndex = (ushort)Math.Max(0, buffer.RegisteredIndex);
            write->UserData = (ulong)file << 1;
            sync->Opcode = UringAbi.OpFsync;
            sync->Flags = fixedFile;
            sync->Descriptor = write->Descriptor;
            sync->OpFlags = UringAbi.FsyncData;
            sync->UserData = ((ulong)file << 1) | 1;
            int error = _queue.Submit(2);
            return error == 0 ? null : new IOException("io_uring_enter: " + LibC.ErrorText(error));
        }
    }

    private void Reap()
    {
        while (true)
        {
            int error = _queue.Wait();
            if (error != 0)
            {
                Break(new IOException("io_uring_enter (wait): " + LibC.ErrorText(error)));
                return;
            }

            while (_queue.TryReap(out Cqe completion))
            {
                if (completion.UserData == StopMark)
                {
                    return;
                }

                int index = (int)(completion.UserData >> 1);
                _files[index]?.Ended((completion.UserData & 1) != 0, completion.Result);
            }
        }
    }

    private void Break(IOException error)
    {
        lock (_submit)
        {
            _broken = error;
        }

        foreach (UringFile? file in _files)
        {
            file?.Fail(error);
        }
    }

    private void Release(IoBuffer buffer)
    {
        if (buffer.RegisteredIndex >= 0)
        {
            lock (_submit)
            {
                if (!_disposed)
                {
                    _ = _queue.TryRegisterBuffer(buffer.RegisteredIndex, 0, 0);
                }
            }

            FreeIndex(buffer);
        }
    }

    private void FreeIndex(IoBuffer buffer)
    {
        lock (_tables)
        {
            _buffers[buffer.RegisteredIndex] = false;
            buffer.RegisteredIndex = -1;
        }
    }
}
