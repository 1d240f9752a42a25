using System.Buffers;
using Laminar.Runtime.Cores;
using Laminar.Runtime.Epochs;
using Laminar.Runtime.Flow;
using Laminar.Runtime.Rings;

namespace Laminar.Runtime.Views;

/// <summary>
/// The part of a view beside one instance of its query, on that instance's core: the rows that the instance puts out, as changes of a table. A batch is applied under a short lock that
/// readers take for one look or one fork; at a barrier the table is saved, and a version of it kept until the epoch is committed.
/// </summary>
internal sealed class ViewTask<TRow> : IReceiver<TRow>, IStageInstance
    where TRow : IStreamRow<TRow>
{
    private readonly Lock _gate = new();
    private readonly ViewChanges<TRow> _changes;
    private readonly Queue<(long Epoch, ViewVersion<TRow> Version)> _prepared = [];
    private readonly Core _core;
    private readonly Action _onGrowth;
    private readonly string _part;

    /// <param name="part">For errors.</param>
    /// <param name="section">The name of its state in snapshots.</param>
    /// <param name="changes">What rows do to the table.</param>
    /// <param name="fingerprint">Identifies the layout of that state.</param>
    /// <param name="core">Where it runs.</param>
    /// <param name="onGrowth">Told when there are more rows than before; throws when there are too many.</param>
    public ViewTask(string part, string section, ViewChanges<TRow> changes, string fingerprint, Core core, Action onGrowth)
    {
        _part = part;
        Section = section;
        _changes = changes;
        Fingerprint = fingerprint;
        _core = core;
        _onGrowth = onGrowth;
    }

    public string Section { get; }

    public string Fingerprint { get; }

    public bool KeepsState => true;

    public int CoreIndex => _core.Index;

    public bool NeedsWatermarks => false;

    public long RowsIn => 0;

    public long RowsOut => 0;

    public long LateRows => 0;

    public long ErrorRows => 0;

    public long StateBytes => _changes.Table.Bytes;

    public long Ticked => 0;

    /// <summary>Rows. Any thread.</summary>
    public int Count => _changes.Table.Count;

    public int Accept(ReadOnlySpan<TRow> rows, ReadOnlySpan<long> watermarks, long ceiling, int partition)
    {
        int before = Count;
        try
        {
            lock (_gate)
            {
                _changes.Apply(rows);
            }

            if (Count > before)
            {
                _onGrowth();
            }
        }
        catch (Exception e)
        {
            throw new PartFailedException(_part, e);
        }

        return rows.Length;
    }

    public bool TrySignal(in Signal signal)
    {
        switch (signal.Kind)
        {
            case SignalKind.Watermark when _changes.IsDue(signal.Watermark):
                lock (_gate)
                {
                    _changes.Expire(signal.Watermark);
                }

                break;
            case SignalKind.Barrier:
                Save(signal.Epoch!);
                lock (_gate)
                {
                    _prepared.Enqueue((signal.Epoch!.Id, _changes.Table.Fork()));
                }

                break;
        }

        return true;
    }

    public void Restore(ReadOnlySequence<byte> section) => ViewSection.Read<TRow>(section, Section, _changes.Apply);

    /// <summary>What was there when an epoch ended that is committed now. Any thread.</summary>
    public ViewVersion<TRow> TakeCommitted(long epoch)
    {
        lock (_gate)
        {
            ViewVersion<TRow> version = default;
            while (_prepared.TryPeek(out (long Epoch, ViewVersion<TRow> Version) first) && first.Epoch <= epoch)
            {
                version = _prepared.Dequeue().Version;
            }

            return version;
        }
    }

    /// <summary>The table as it is, for ever. Any thread.</summary>
    public ViewVersion<TRow> Fork()
    {
        lock (_gate)
        {
            return _changes.Table.Fork();
        }
    }

    /// <summary>Looks into the table as it is; the core waits meanwhile. Any thread.</summary>
    public TResult Look<TResult>(Func<ViewVersion<TRow>, TResult> look)
    {
        lock (_gate)
        {
            return look(_changes.Table.Current);
        }
    }

    private void Save(Epoch epoch)
    {
        if (epoch.BeginSection(_core.Index, Section) is { } writer)
        {
            // Nobody else writes, so the table needs no lock to be read here.
            ViewSection.Write(writer, _changes.Table.Current);
        }

        epoch.EndSection(_core.Index);
    }
}
