using Laminar.Linux;
using Laminar.Linux.Uring;
using Microsoft.Win32.SafeHandles;

namespace Laminar.Storage.Bench;

/// <summary>The yardstick: one thread that copies a batch, submits a write and the data sync linked to it, and waits for both.</summary>
internal sealed unsafe class BareLoop : IDisposable
{
    private readonly UringQueue _queue;
    private readonly IoBuffer _buffer;
    private readonly SafeFileHandle _file;
    private readonly string _path;
    private readonly long _bytes;
    private long _offset;

    public BareLoop(string folder, int batchBytes, long fileBytes)
    {
        _queue = UringQueue.TryCreate(8, 16, out string reason) ?? throw new NotSupportedException(reason);
        _buffer = new IoBuffer(batchBytes);
        if (!_queue.TryRegisterTable(UringAbi.RegisterFiles2, 1)
            || !_queue.TryRegisterTable(UringAbi.RegisterBuffers2, 1)
            || !_queue.TryRegisterBuffer(0, (nint)_buffer.Pointer, (nuint)batchBytes))
        {
            throw new NotSupportedException("registered files and buffers");
        }

        _path = Path.Combine(folder, "bare");
        using (var device = new PortableDevice(folder, "bench"))
        {
            device.Create("bare", fileBytes).Dispose();
        }

        _file = File.OpenHandle(_path, FileMode.Open, FileAccess.ReadWrite);
        _bytes = fileBytes;
        if (!_queue.TryRegisterFile(0, (int)_file.DangerousGetHandle()))
        {
            throw new NotSupportedException("registering the file");
        }
    }

    public void Append(ReadOnlySpan<byte> batch)
    {
        if (_offset + batch.Length > _bytes)
        {
            throw new InvalidOperationException("The file is full.");
        }

        batch.CopyTo(_buffer.Span);
        Sqe* write = _queue.Next(0);
        write->Opcode = UringAbi.OpWriteFixed;
        write->Flags = UringAbi.SqeFixedFile | UringAbi.SqeLink;
        write->Offset = (ulong)_offset;
        write->Address = (ulong)_buffer.Pointer;
        write->Length = (uint)batch.Length;
        Sqe* sync = _queue.Next(1);
        sync->Opcode = UringAbi.OpFsync;
        sync->Flags = UringAbi.SqeFixedFile;
        sync->OpFlags = UringAbi.FsyncData;
        Check(_queue.Submit(2));
        for (int done = 0; done < 2; done++)
        {
            Check(_queue.Wait());
            _queue.TryReap(out Cqe completion);
            Check(Math.Min(0, completion.Result));
        }

        _offset += batch.Length;
    }

    public void Dispose()
    {
        _queue.Dispose();
        _buffer.Dispose();
        _file.Dispose();
        File.Delete(_path);
    }

    private static void Check(int error)
    {
        if (error != 0)
        {
            throw new IOException($"errno {error}");
        }
    }
}
