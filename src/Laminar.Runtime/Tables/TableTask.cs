using System.Buffers;
using System.Collections.Concurrent;
using Laminar.Execution;
using Laminar.Runtime.Cores;
using Laminar.Runtime.Epochs;
using Laminar.Runtime.Flow;

namespace Laminar.Runtime.Tables;

/// <summary>
/// Saves a reference table with each epoch, on its core's thread, as it is when the core comes to it: not before the epoch began, so whatever was written before a checkpoint is in it. No barrier passes a
/// table: which version of it a row has met is decided by the clock, and not by the epoch.
/// </summary>
internal sealed class TableTask(string name, SavedTable table, Core core) : CoreTask, IStageInstance
{
    private readonly ConcurrentQueue<Epoch> _epochs = new();
    private long _changes;

    public override string Part => "Table " + name;

    public string Section => "table/" + name;

    public string Fingerprint => "table";

    public bool KeepsState => true;

    public int CoreIndex => core.Index;

    public long RowsIn => 0;

    public long RowsOut => 0;

    public long LateRows => 0;

    public long ErrorRows => 0;

    public long StateBytes => 0;

    /// <summary>A table that has changed is worth a checkpoint, as an emission by the clock is.</summary>
    public long Ticked => Volatile.Read(ref _changes);

    /// <summary>Somebody has written. Any thread.</summary>
    public void Changed() => Interlocked.Increment(ref _changes);

    /// <summary>An epoch has begun. Any thread.</summary>
    public void RequestSave(Epoch epoch)
    {
        _epochs.Enqueue(epoch);
        core.Wake();
    }

    public override bool Step()
    {
        if (!_epochs.TryDequeue(out Epoch? epoch))
        {
            return false;
        }

        if (epoch.BeginSection(core.Index, Section) is { } writer)
        {
            ReferenceTables.Save(writer, name, table);
        }

        epoch.EndSection(core.Index);
        return true;
    }

    public void Restore(ReadOnlySequence<byte> section) => ReferenceTables.Load(section, name, table);
}
