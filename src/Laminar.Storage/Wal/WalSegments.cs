using Laminar.Linux;
using Microsoft.Extensions.Logging;

namespace Laminar.Storage;

/// <summary>
/// The segment files that a writer has open: the one in use, and the next one, which is allocated ahead on another thread. Called under the
/// writer's lock.
/// </summary>
internal sealed class WalSegments(IDevice device, int core, long segmentBytes, WalWriter writer, ILogger logger) : IDisposable
{
    private readonly Dictionary<long, IDeviceFile?> _files = []; // null: being made
    private bool _disposed;

    /// <summary>Starts making a segment, unless it exists.</summary>
    internal void Prepare(long segment)
    {
        if (_files.TryAdd(segment, null))
        {
            device.Queue(core, () => Make(segment));
        }
    }

    /// <summary>The segment's file, or null while it is being made.</summary>
    internal IDeviceFile? TryGet(long segment)
    {
        _files.TryGetValue(segment, out IDeviceFile? file);
        return file;
    }

    /// <summary>Something of this segment was written: those before it won't be needed again.</summary>
    internal void Written(long segment)
    {
        if (_files.Count > 1 && _files.Remove(segment - 1, out IDeviceFile? old) && old is not null)
        {
            device.Queue(core, old.Dispose);
        }
    }

    public void Dispose()
    {
        _disposed = true;
        foreach (IDeviceFile? file in _files.Values)
        {
            file?.Dispose();
        }

        _files.Clear();
    }

    private void Make(long segment)
    {
        IDeviceFile? file = null;
        Exception? error = null;
        try
        {
            file = device.Create(StoreFiles.Segment(core, segment), segmentBytes);
            file.Sync();
            device.SyncDirectory();
            logger.LogDebug("Core {Core} has log segment {Segment}.", core, segment);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            file?.Dispose();
            file = null;
            error = e;
        }

        writer.SegmentMade(this, segment, file, error);
    }

    /// <summary>Takes what <see cref="Make"/> has made; back under the writer's lock.</summary>
    internal void Made(long segment, IDeviceFile? file)
    {
        if (_disposed)
        {
            file?.Dispose();
        }
        else if (file is not null)
        {
            _files[segment] = file;
        }
    }
}
