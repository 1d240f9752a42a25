using Laminar.Linux.Native;
using Microsoft.Win32.SafeHandles;

namespace Laminar.Linux.Uring;

/// <summary>A file written through the ring. One write at a time, so its state is a few fields and starting one allocates nothing.</summary>
internal sealed class UringFile(UringDevice device, SafeFileHandle handle, string name) : NativeFile(handle, name)
{
    private const int Cancelled = 125;
    private const int Interrupted = 4;
    private const int Again = 11;
    private const int MaxRetries = 1000;
    private readonly int _descriptor = (int)handle.DangerousGetHandle();
    private int _index = -1;
    private bool _registered;
    private IoBuffer? _buffer;
    private int _start;
    private int _length;
    private long _offset;
    private int _written;
    private int _retries;
    private IIoCompletion? _completion;

    public override void BeginWrite(IoBuffer buffer, int start, int length, long offset, IIoCompletion completion)
    {
        ArgumentOutOfRangeException.ThrowIfGreaterThan((uint)start, (uint)buffer.Length);
        ArgumentOutOfRangeException.ThrowIfGreaterThan((uint)length, (uint)(buffer.Length - start));
        if (Interlocked.CompareExchange(ref _completion, completion, null) is not null)
        {
            throw new InvalidOperationException($"{Name} is being written already.");
        }

        if (_index < 0)
        {
            _index = device.Attach(this, _descriptor, out _registered);
        }

        _buffer = buffer;
        _start = start;
        _length = length;
        _offset = offset;
        _retries = 0;
        Submit();
    }

    public override void Dispose()
    {
        if (_index >= 0)
        {
            device.Detach(_index, _registered);
            _index = -1;
        }

        base.Dispose();
    }

    /// <summary>Called by the reaping thread: first for the write, then for the sync linked to it.</summary>
    internal void Ended(bool sync, int result)
    {
        if (!sync)
        {
            _written = result;
            return; // its sync ends too, cancelled when the write failed or was short
        }

        if (_written >= 0 && _written < _length)
        {
            // Short: a signal, or the disk is full and the rest will say so.
            _retries = _written > 0 ? _retries : _retries + 1;
            _start += _written;
            _offset += _written;
            _length -= _written;
            Retry(new IOException($"Writing {Name} stopped {_length} bytes short."));
        }
        else if (IsCancelled(_written) || (_written == _length && IsCancelled(result)))
        {
            // The kernel cancels what a thread has submitted when that thread exits. Nothing failed: once more, from this thread.
            _retries++;
            Retry(new IOException($"Writing {Name} was cancelled again and again."));
        }
        else if (_written < 0)
        {
            Fail(new IOException($"Writing {Name} failed: {LibC.ErrorText(-_written)}"));
        }
        else
        {
            Finish(result == 0 ? null : new IOException($"fdatasync of {Name} failed: {LibC.ErrorText(-result)}"));
        }
    }

    internal void Fail(IOException error)
    {
        if (Volatile.Read(ref _completion) is not null)
        {
            Finish(error);
        }
    }

    private static bool IsCancelled(int result) => -result is Cancelled or Interrupted or Again;

    private void Retry(IOException tooOften)
    {
        if (_retries > MaxRetries)
        {
            Fail(tooOften);
        }
        else
        {
            Submit();
        }
    }

    private void Submit()
    {
        _written = 0;
        if (device.Submit(_index, _descriptor, _registered, _buffer!, _start, _length, _offset) is { } error)
        {
            Fail(error);
        }
    }

    private void Finish(IOException? error)
    {
        IIoCompletion completion = _completion!;
        _buffer = null;
        Volatile.Write(ref _completion, null);
        completion.Completed(error);
    }
}
