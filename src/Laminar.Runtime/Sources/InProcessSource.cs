using Apache.Arrow;
using Laminar.Runtime.Errors;
using Laminar.Storage;

namespace Laminar.Runtime.Sources;

/// <summary>The user's end of an in-process source.</summary>
internal sealed class InProcessSource<TRow>(string name, int partitions, SourceErrors errors, Func<bool, CancellationToken, Task> checkpoint) : SourceHandle<TRow>
    where TRow : ISourceRow<TRow>
{
    private readonly HandOver<TRow>?[] _handOvers = new HandOver<TRow>?[partitions];
    private readonly long[] _durable = new long[partitions];
    private readonly WalWriter?[] _wals = new WalWriter?[partitions];

    public override int Partitions => partitions;

    public override long GetDurableRows(int partition)
    {
        HandOver(partition);
        return _durable[partition];
    }

    public override ValueTask PushAsync(ReadOnlyMemory<TRow> rows, int partition, CancellationToken cancellationToken = default) =>
        HandOver(partition).WriteAsync(rows, cancellationToken);

    public override ValueTask PushAsync(TRow row, CancellationToken cancellationToken = default)
    {
        HandOver<TRow> handOver = HandOver(0);
        return handOver.TryWriteAll(new ReadOnlySpan<TRow>(in row))
            ? ValueTask.CompletedTask
            : handOver.WriteAsync(new[] { row }, cancellationToken);
    }

    public override ValueTask PushAsync(RecordBatch batch, CancellationToken cancellationToken = default)
    {
        HandOver(0);
        var rows = new TRow[batch.Length];
        int count = 0;
        var reader = new ArrowRowReader(TRow.Schema, batch);
        try
        {
            for (int i = 0; i < batch.Length; i++)
            {
                reader.Row = i;
                try
                {
                    rows[count] = TRow.Read(ref reader);
                    count++;
                }
                catch (RowFormatException e)
                {
                    string column = e.Column >= 0 ? $", column {TRow.Schema.Columns[e.Column].Name}" : "";
                    errors.Dead($"row {i} of an Arrow batch{column}", e.Message, "", e);
                }
            }
        }
        finally
        {
            reader.Dispose();
        }

        return PushAsync(rows.AsMemory(0, count), 0, cancellationToken);
    }

    public override bool TryPush(ReadOnlySpan<TRow> rows, int partition = 0) => HandOver(partition).TryWriteAll(rows);

    public override void AdvanceWatermark(DateTime watermark) =>
        Mark(TRow.EventTimeUnit == EventTimeUnit.Milliseconds ? Execution.RowTime.ToMilliseconds(watermark) : Execution.RowTime.ToTicks(watermark));

    public override void AdvanceWatermark(long watermark)
    {
        if (TRow.EventTimeUnit != EventTimeUnit.Milliseconds)
        {
            throw new LaminarException($"The event time of source {name} is a TIMESTAMP: use AdvanceWatermark(DateTime).");
        }

        Mark(watermark);
    }

    public override async Task FlushAsync(CancellationToken cancellationToken = default)
    {
        for (int p = 0; p < partitions; p++)
        {
            await HandOver(p).TakenAsync().WaitAsync(cancellationToken).ConfigureAwait(false);
        }

        if (_wals[0] is null)
        {
            // Nothing is durable here; what can be promised is that everything has been processed.
            await checkpoint(true, cancellationToken).ConfigureAwait(false);
            return;
        }

        for (int p = 0; p < partitions; p++)
        {
            WalWriter wal = _wals[p]!;
            await wal.WaitDurableAsync(wal.LastSequence, cancellationToken).ConfigureAwait(false);
        }
    }

    public override void Complete()
    {
        for (int p = 0; p < partitions; p++)
        {
            HandOver(p).Mark(0, end: true);
        }
    }

    /// <summary>At the start: makes the partition's way to its core.</summary>
    internal HandOver<TRow> Open(SourceSetup<TRow> setup, int capacity)
    {
        var handOver = new HandOver<TRow>(capacity, setup.Core);
        int p = setup.Partition;
        _wals[p] = setup.Wal;
        _durable[p] = setup.Replay.Count > 0 ? setup.Replay[^1].FirstRow + setup.Replay[^1].Rows : setup.Recovered?.Rows ?? 0;
        if ((setup.Recovered is { } position && SourceTask<TRow>.EndedAt(position)) || setup.Replay.Any(r => r.End))
        {
            handOver.SetEnded();
        }

        Volatile.Write(ref _handOvers[p], handOver);
        return handOver;
    }

    internal void Refuse(Exception reason)
    {
        foreach (HandOver<TRow>? handOver in _handOvers)
        {
            handOver?.Refuse(reason);
        }
    }

    internal void Fail(Exception reason)
    {
        foreach (HandOver<TRow>? handOver in _handOvers)
        {
            handOver?.Close(reason);
        }
    }

    private void Mark(long watermark)
    {
        for (int p = 0; p < partitions; p++)
        {
            HandOver(p).Mark(watermark, end: false);
        }
    }

    private HandOver<TRow> HandOver(int partition)
    {
        if ((uint)partition >= (uint)partitions)
        {
            throw new ArgumentOutOfRangeException(nameof(partition), partition, $"Source {name} has {partitions} partitions.");
        }

        return Volatile.Read(ref _handOvers[partition])
            ?? throw new LaminarException($"Source {name} takes rows once the runtime has started: await StartAsync first.");
    }
}
