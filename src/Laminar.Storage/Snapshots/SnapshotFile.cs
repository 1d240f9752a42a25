using System.Buffers;
using Laminar.Linux;
using Laminar.State;

namespace Laminar.Storage;

/// <summary>The disk's half of a snapshot: everything in here runs on a lane of the device, in the order in which it was asked for.</summary>
internal sealed class SnapshotFile(IDevice device, int core, long epoch)
{
    /// <summary>The lane of core 0; lanes below belong to the cores' logs.</summary>
    internal const int FirstLane = 1 << 16;

    private readonly string _name = StoreFiles.Snapshot(core, epoch);
    private readonly List<SnapshotSection> _sections = [];
    private readonly TaskCompletionSource<IReadOnlyList<SnapshotSection>> _done = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private IDeviceFile? _file;
    private Exception? _error;
    private long _length;
    private long _sectionStart = SnapshotFormat.HeaderBytes;
    private uint _crc;

    internal void Append(byte[] chunk, int count) => Queue(() =>
    {
        try
        {
            if (count > 0 && _error is null)
            {
                ReadOnlySpan<byte> bytes = chunk.AsSpan(0, count);
                File().Write(_length, bytes);
                _crc = Crc32C.Append(_crc, bytes);
                _length += count;
            }
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(chunk);
        }
    });

    internal void EndSection(string task) => Queue(() =>
    {
        long start = _length == 0 ? SnapshotFormat.HeaderBytes : _sectionStart;
        _sections.Add(new SnapshotSection(task, core, _name, start, Math.Max(_length, start) - start, _crc));
        _sectionStart = Math.Max(_length, start);
        _crc = 0;
    });

    internal Task<IReadOnlyList<SnapshotSection>> CompleteAsync()
    {
        device.Queue(FirstLane + core, Complete);
        return _done.Task;
    }

    private void Complete()
    {
        try
        {
            if (_error is null && _sections.Count > 0)
            {
                File().Sync();
            }
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            _error = e;
        }

        _file?.Dispose();
        if (_error is null)
        {
            _done.TrySetResult(_sections);
        }
        else
        {
            _done.TrySetException(new StorageException($"The snapshot {_name} could not be written: {_error.Message}", _error));
        }
    }

    private void Queue(Action work) => device.Queue(FirstLane + core, () =>
    {
        try
        {
            work();
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            _error ??= e;
        }
    });

    private IDeviceFile File()
    {
        if (_file is null)
        {
            _file = device.Create(_name, 0);
            Span<byte> header = stackalloc byte[SnapshotFormat.HeaderBytes];
            SnapshotFormat.WriteHeader(header, core, epoch);
            _file.Write(0, header);
            _length = SnapshotFormat.HeaderBytes;
        }

        return _file;
    }
}
