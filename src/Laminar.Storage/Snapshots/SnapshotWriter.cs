using System.Buffers;
using System.Text;
using Laminar.Linux;

namespace Laminar.Storage;

/// <summary>
/// Takes one core's state at one barrier. The core's thread writes sections into memory; full chunks go to disk on another thread.
/// Sequence: (<see cref="BeginSection"/>, write, <see cref="EndSection"/>)*, then <see cref="CompleteAsync"/>. Not thread-safe.
/// </summary>
public sealed class SnapshotWriter
{
    /// <summary>Sections of a snapshot at most.</summary>
    public const int MaxSections = 100_000;

    /// <summary>UTF-8 bytes of a task's name at most.</summary>
    public const int MaxTaskBytes = 512;

    private readonly SectionBuffer _buffer;
    private readonly SnapshotFile _file;
    private readonly List<string> _tasks = [];
    private readonly HashSet<string> _names = [];
    private bool _open;
    private bool _complete;

    internal SnapshotWriter(IDevice device, int core, long epoch)
    {
        Core = core;
        Epoch = epoch;
        _file = new SnapshotFile(device, core, epoch);
        _buffer = new SectionBuffer(_file);
    }

    /// <summary>The core.</summary>
    public int Core { get; }

    /// <summary>The epoch that ends with this snapshot.</summary>
    public long Epoch { get; }

    /// <summary>Opens a section.</summary>
    /// <param name="task">Unique in this snapshot; 1 to 512 UTF-8 bytes.</param>
    public IBufferWriter<byte> BeginSection(string task)
    {
        if (_open || _complete)
        {
            throw new InvalidOperationException(_open ? $"Section {_tasks[^1]} is still open." : "The snapshot is complete.");
        }

        if (Encoding.UTF8.GetByteCount(task) is 0 or > MaxTaskBytes || _tasks.Count >= MaxSections || !_names.Add(task))
        {
            throw new LaminarException(
                $"Task '{task}' can't have a section: names have 1 to {MaxTaskBytes} bytes and are unique, and a snapshot has {MaxSections} sections at most.");
        }

        _tasks.Add(task);
        _open = true;
        return _buffer;
    }

    /// <summary>Ends the open section.</summary>
    public void EndSection()
    {
        if (!_open)
        {
            throw new InvalidOperationException("No section is open.");
        }

        _open = false;
        _buffer.Flush();
        _file.EndSection(_tasks[^1]);
    }

    /// <summary>Completes when every section is durable; the result goes into <see cref="EpochCommit.Sections"/>.</summary>
    /// <exception cref="StorageException">The disk failed.</exception>
    public Task<IReadOnlyList<SnapshotSection>> CompleteAsync()
    {
        if (_open)
        {
            throw new InvalidOperationException($"Section {_tasks[^1]} is still open.");
        }

        _complete = true;
        return _file.CompleteAsync();
    }
}
