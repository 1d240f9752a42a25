using Laminar.Linux;
using Microsoft.Extensions.Logging.Abstractions;

namespace Laminar.Runtime.Tests.Support;

/// <summary>A folder of the real disk whose writes of the log wait until they are let go.</summary>
internal sealed class HeldDevice(string directory) : IDevice
{
    private readonly IDevice _inner = NativeDevice.Open(directory, useIoUring: false, NullLogger.Instance);
    private readonly List<Action> _held = [];
    private bool _open;

    public string Description => "held";

    /// <summary>Lets the writes go that wait and those to come.</summary>
    public void LetGo()
    {
        lock (_held)
        {
            _open = true;
            foreach (Action write in _held)
            {
                write();
            }

            _held.Clear();
        }
    }

    /// <summary>Lets go at the end of a test, so that the store can be closed whatever became of it.</summary>
    public Opening OpenAtLast() => new(this);

    public IDisposable Lock() => _inner.Lock();

    public IReadOnlyList<string> List() => _inner.List();

    public IDeviceFile Create(string name, long length) => new HeldFile(this, _inner.Create(name, length));

    public IDeviceFile Open(string name) => new HeldFile(this, _inner.Open(name));

    public void Rename(string from, string to) => _inner.Rename(from, to);

    public void Delete(string name) => _inner.Delete(name);

    public void SyncDirectory() => _inner.SyncDirectory();

    public IoBuffer Allocate(int bytes) => _inner.Allocate(bytes);

    public void Queue(int lane, Action work) => _inner.Queue(lane, work);

    public void Dispose() => _inner.Dispose();

    public readonly struct Opening(HeldDevice device) : IDisposable
    {
        public void Dispose() => device.LetGo();
    }

    private sealed class HeldFile(HeldDevice device, IDeviceFile inner) : IDeviceFile
    {
        public string Name => inner.Name;

        public long Length => inner.Length;

        public int Read(long offset, Span<byte> destination) => inner.Read(offset, destination);

        public void Write(long offset, ReadOnlySpan<byte> source) => inner.Write(offset, source);

        public void Sync() => inner.Sync();

        public void SetLength(long length) => inner.SetLength(length);

        public void BeginWrite(IoBuffer buffer, int start, int length, long offset, IIoCompletion completion)
        {
            lock (device._held)
            {
                if (!device._open)
                {
                    device._held.Add(() => inner.BeginWrite(buffer, start, length, offset, completion));
                    return;
                }
            }

            inner.BeginWrite(buffer, start, length, offset, completion);
        }

        public void Dispose() => inner.Dispose();
    }
}
