namespace Laminar.Linux;

/// <summary>
/// One flat folder of a disk as the state store sees it: native (io_uring or positional I/O) or simulated. File names are relative and hold
/// no separator. Members may be called from any thread; those that block say so.
/// </summary>
public interface IDevice : IDisposable
{
    /// <summary>What it is and why, for the log: <c>io_uring (kernel 6.18)</c>.</summary>
    string Description { get; }

    /// <summary>Takes the folder for this process until disposed. Blocks, briefly.</summary>
    /// <exception cref="IOException">Another holder has it.</exception>
    IDisposable Lock();

    /// <summary>Names of the files in the folder, in ordinal order. Blocks.</summary>
    IReadOnlyList<string> List();

    /// <summary>Creates a file that must not exist. Blocks.</summary>
    /// <param name="name">Its name.</param>
    /// <param name="length">Bytes to allocate and set as the length; they read as zero. 0 for a file that grows.</param>
    IDeviceFile Create(string name, long length);

    /// <summary>Opens a file that exists, for reading, writing and truncating. Blocks.</summary>
    IDeviceFile Open(string name);

    /// <summary>Renames over whatever <paramref name="to"/> was. Durable after <see cref="SyncDirectory"/>. Blocks.</summary>
    void Rename(string from, string to);

    /// <summary>Deletes a file; nothing happens when it isn't there. Blocks.</summary>
    void Delete(string name);

    /// <summary>Makes creations, renames and deletions durable. Blocks.</summary>
    void SyncDirectory();

    /// <summary>Memory that <see cref="IDeviceFile.BeginWrite"/> writes from. Page-aligned; at most 64 MiB + 64 KiB.</summary>
    IoBuffer Allocate(int bytes);

    /// <summary>Runs blocking work away from the caller's thread. Work never overlaps with other work of the same <paramref name="lane"/>, and keeps its order.</summary>
    void Queue(int lane, Action work);
}
