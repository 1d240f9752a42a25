using System.Runtime.InteropServices;
using Laminar.Linux.Native;
using Microsoft.Win32.SafeHandles;

namespace Laminar.Linux;

/// <summary>What all native devices share: names, creation, rename, folder sync, serial lanes of background work.</summary>
internal abstract class FolderDevice : IDevice
{
    private const int NotSupported = 95;
    private const int NoSystemCall = 38;
    private readonly string _directory;
    private readonly Lock _lock = new();
    private readonly Dictionary<int, WorkLane> _lanes = [];

    protected FolderDevice(string directory, string description)
    {
        _directory = System.IO.Directory.CreateDirectory(directory).FullName;
        Description = description;
    }

    public string Description { get; protected init; }

    public IDisposable Lock()
    {
        // FileShare.None is an flock on Unix: it ends with the process, whatever kills it.
        var stream = new FileStream(PathOf("LOCK"), FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None, 1);
        stream.SetLength(0);
        stream.Write(System.Text.Encoding.ASCII.GetBytes(FormattableString.Invariant($"process {Environment.ProcessId}\n")));
        stream.Flush();
        return stream;
    }

    public IReadOnlyList<string> List()
    {
        string[] names = System.IO.Directory.GetFiles(_directory);
        for (int i = 0; i < names.Length; i++)
        {
            names[i] = Path.GetFileName(names[i]);
        }

        Array.Sort(names, StringComparer.Ordinal);
        return names;
    }

    public IDeviceFile Create(string name, long length)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(length);
        SafeFileHandle handle = File.OpenHandle(PathOf(name), FileMode.CreateNew, FileAccess.ReadWrite, FileShare.ReadWrite | FileShare.Delete);
        try
        {
            Allocate(handle, name, length);
            return Wrap(handle, name);
        }
        catch
        {
            handle.Dispose();
            throw;
        }
    }

    public IDeviceFile Open(string name) =>
        Wrap(File.OpenHandle(PathOf(name), FileMode.Open, FileAccess.ReadWrite, FileShare.ReadWrite | FileShare.Delete), name);

    public void Rename(string from, string to) => File.Move(PathOf(from), PathOf(to), overwrite: true);

    public void Delete(string name) => File.Delete(PathOf(name));

    public void SyncDirectory()
    {
        if (!OperatingSystem.IsLinux())
        {
            return; // no other system lets a folder be synced through .NET; NTFS journals it
        }

        int descriptor = LibC.Open(_directory, LibC.OpenDirectoryFlags, 0);
        if (descriptor < 0)
        {
            throw new IOException($"{_directory} can't be opened to sync it: {LibC.LastErrorText()}");
        }

        int result = LibC.Fsync(descriptor);
        string error = result == 0 ? "" : LibC.LastErrorText();
        _ = LibC.Close(descriptor);
        if (result != 0)
        {
            throw new IOException($"fsync of the folder {_directory} failed: {error}");
        }
    }

    public abstract IoBuffer Allocate(int bytes);

    public void Queue(int lane, Action work)
    {
        WorkLane? queue;
        lock (_lock)
        {
            if (!_lanes.TryGetValue(lane, out queue))
            {
                _lanes.Add(lane, queue = new WorkLane());
            }
        }

        queue.Add(work);
    }

    public virtual void Dispose()
    {
    }

    protected abstract IDeviceFile Wrap(SafeFileHandle handle, string name);

    private static void Allocate(SafeFileHandle handle, string name, long length)
    {
        if (length == 0)
        {
            return;
        }

        if (OperatingSystem.IsLinux())
        {
            if (LibC.Fallocate((int)handle.DangerousGetHandle(), 0, 0, length) == 0)
            {
                return;
            }

            int error = Marshal.GetLastPInvokeError();
            if (error is not (NotSupported or NoSystemCall))
            {
                throw new IOException($"{length} bytes can't be allocated for {name}: {LibC.ErrorText(error)}");
            }
        }

        RandomAccess.SetLength(handle, length);
    }

    private string PathOf(string name)
    {
        if (name.AsSpan().ContainsAny('/', '\\') || name is "" or "." or "..")
        {
            throw new ArgumentException($"'{name}' isn't a file name.", nameof(name));
        }

        return Path.Combine(_directory, name);
    }
}
