using System.Runtime.InteropServices;
using Laminar.Linux.Native;

namespace Laminar.Linux;

/// <summary>
/// Reads a descriptor that may have nothing to say for ever (stdin, a pipe), so that another thread can end the wait: .NET's own streams are
/// left only when something comes, and then take it. Linux only. Reads, interrupts and the dispose may come from different threads.
/// </summary>
public sealed unsafe class InterruptibleInput : Stream
{
    private const int StandardInput = 0;
    private const int Interrupted = 4;
    private const int CloseOnExec = 0x80000;
    private readonly Lock _gate = new();
    private readonly int _descriptor;
    private readonly int _event;
    private bool _closed;

    /// <param name="descriptor">Stays open when this is disposed.</param>
    /// <exception cref="IOException">The process has no descriptor left.</exception>
    public InterruptibleInput(int descriptor)
    {
        _descriptor = descriptor;
        _event = LibC.EventFd(0, CloseOnExec);
        if (_event < 0)
        {
            throw new IOException("eventfd: " + LibC.LastErrorText());
        }
    }

    public override bool CanRead => true;

    public override bool CanSeek => false;

    public override bool CanWrite => false;

    public override long Length => throw new NotSupportedException();

    public override long Position
    {
        get => throw new NotSupportedException();
        set => throw new NotSupportedException();
    }

    /// <summary>The process's stdin; where this system has no such call, .NET's stream of it.</summary>
    public static Stream OpenStandardInput() => OperatingSystem.IsLinux() ? new InterruptibleInput(StandardInput) : Console.OpenStandardInput();

    /// <summary>Ends a read that waits, and all to come: they answer as at the end of the input.</summary>
    public void Interrupt()
    {
        lock (_gate)
        {
            ulong one = 1;
            if (!_closed && LibC.Write(_event, (byte*)&one, sizeof(ulong)) < 0)
            {
                throw new IOException("write to eventfd: " + LibC.LastErrorText());
            }
        }
    }

    /// <summary>Waits for bytes. 0 at the end of the input, or when interrupted: then nothing is taken.</summary>
    public override int Read(Span<byte> buffer)
    {
        PollEntry* entries = stackalloc PollEntry[2];
        while (true)
        {
            entries[0] = new PollEntry(_descriptor);
            entries[1] = new PollEntry(_event);
            nint result = LibC.Poll(entries, 2, -1);
            if (result > 0)
            {
                if (entries[1].Happened != 0)
                {
                    return 0;
                }

                fixed (byte* start = buffer)
                {
                    result = LibC.Read(_descriptor, start, (nuint)buffer.Length);
                }

                if (result >= 0)
                {
                    return (int)result;
                }
            }

            int error = Marshal.GetLastPInvokeError();
            const int again = 11;
            if (error is not (Interrupted or again))
            {
                throw new IOException("Reading stopped: " + LibC.ErrorText(error));
            }
        }
    }

    public override int Read(byte[] buffer, int offset, int count) => Read(buffer.AsSpan(offset, count));

    public override void Flush()
    {
    }

    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

    public override void SetLength(long value) => throw new NotSupportedException();

    public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();

    /// <summary>By the thread that reads.</summary>
    protected override void Dispose(bool disposing)
    {
        lock (_gate)
        {
            if (!_closed)
            {
                _closed = true;
                _ = LibC.Close(_event);
            }
        }

        base.Dispose(disposing);
    }
}
