using System.Buffers;
using Laminar.Interpreter.Database.Catalog;
using Laminar.Interpreter.Database.Connectors;
using Laminar.Interpreter.Database.Durability;
using Laminar.Interpreter.Database.Flow;
using Laminar.Interpreter.Database.Statements;
using Laminar.Sql.Diagnostics;
using Laminar.Storage;

namespace Laminar.Interpreter.Database;

/// <content>Epochs: state becomes durable, sinks visible; and what a start finds of them.</content>
internal sealed partial class DatabaseCore
{
    private readonly SemaphoreSlim _oneEpoch = new(1, 1);
    private readonly DatabaseStore? _store;
    private ITimer? _timer;
    private long _epoch;

    /// <summary>Brings back what the folder holds, and starts what goes on by itself.</summary>
    /// <exception cref="LaminarException">What was saved can't be brought back.</exception>
    public void Start()
    {
        lock (_gate)
        {
            if (_store is not null)
            {
                Recover(_store);
            }

            StartReading();
        }

        if (_options.CheckpointInterval > TimeSpan.Zero)
        {
            _timer = _options.TimeProvider.CreateTimer(_ => TryCheckpoint(), null, _options.CheckpointInterval, _options.CheckpointInterval);
        }
    }

    /// <summary>Takes an epoch and completes when it is durable and the sinks show it. One at a time.</summary>
    /// <exception cref="LaminarException">A sink or the disk has failed; what was durable before is.</exception>
    public async Task CheckpointAsync(CancellationToken cancellationToken)
    {
        await _oneEpoch.WaitAsync(cancellationToken).ConfigureAwait(false);
        try
        {
            await EpochAsync().ConfigureAwait(false);
        }
        finally
        {
            _oneEpoch.Release();
        }
    }

    /// <summary>Takes a last epoch and ends everything.</summary>
    public async ValueTask CloseAsync()
    {
        lock (_gate)
        {
            if (_closed)
            {
                return;
            }
        }

        _timer?.Dispose();
        _pump?.Dispose();
        try
        {
            await CheckpointAsync(CancellationToken.None).ConfigureAwait(false);
        }
        finally
        {
            lock (_gate)
            {
                _closed = true;
                _graph.EndReaders(null);
                SignalRoom();
                foreach (ConnectorReading reading in _readings.Values)
                {
                    reading.Dispose();
                }

                foreach (SinkFlow sink in _graph.Sinks)
                {
                    sink.Writer.Dispose();
                }

                _read.TrySetResult();
            }

            if (_store is not null)
            {
                await _store.DisposeAsync().ConfigureAwait(false);
            }
        }
    }

    /// <summary>Gives the folder back when the start has failed.</summary>
    public void Abandon()
    {
        _closed = true;
        _store?.DisposeAsync().AsTask().GetAwaiter().GetResult();
    }

    private async Task EpochAsync()
    {
        StoredEpoch? stored = null;
        var tokens = new List<SinkToken>();
        List<SourcePosition> positions;
        SinkFlow[] sinks;
        long epoch;
        lock (_gate)
        {
            ThrowIfClosed();
            epoch = _store?.NextEpoch ?? ++_epoch;
            sinks = [.. _graph.Sinks];
            foreach (SinkFlow sink in sinks)
            {
                var token = new ArrayBufferWriter<byte>();
                sink.Guarded(() => sink.Writer.Prepare(epoch, token));
                ThrowIfFailed(sink);
                tokens.Add(new SinkToken(sink.Name, token.WrittenMemory.ToArray()));
            }

            positions = [.. _graph.Sources.SelectMany(PositionsOf)];
            stored = _store?.Begin([.. _catalog.Objects.Select(o => o.Text).Where(t => t.Length > 0)], Sections());
        }

        if (stored is not null)
        {
            await _store!.CommitAsync(stored, positions, tokens).ConfigureAwait(false);
        }

        lock (_gate)
        {
            for (int i = 0; i < sinks.Length; i++)
            {
                SinkFlow sink = sinks[i];
                SinkToken token = tokens[i];
                sink.Guarded(() => sink.Writer.Commit(epoch, token.Token.Span));
                ThrowIfFailed(sink);
            }

            foreach (ConnectorReading reading in _readings.Values.Where(r => r.IsOpen))
            {
                reading.Reader.Acknowledge(epoch);
            }
        }
    }

    private static void ThrowIfFailed(SinkFlow sink)
    {
        if (sink.Failure is { } failure)
        {
            throw new LaminarException($"No epoch can be committed, because the sink {sink.Name} has failed: {failure.Message}", failure);
        }
    }

    private void TryCheckpoint()
    {
        // The one under way is as good.
        if (!_oneEpoch.Wait(0))
        {
            return;
        }

        try
        {
            EpochAsync().GetAwaiter().GetResult();
        }
        catch (Exception error) when (error is LaminarException or ObjectDisposedException)
        {
            // Told to who waits for the sources; the next epoch, and the last, tell it anew.
            if (error is LaminarException)
            {
                lock (_gate)
                {
                    _read.TrySetException(error);
                }
            }
        }
        finally
        {
            _oneEpoch.Release();
        }
    }

    private IEnumerable<SourcePosition> PositionsOf(SourceFlow source)
    {
        for (int partition = 0; partition < source.Partitions; partition++)
        {
            var position = new ArrayBufferWriter<byte>();
            if (_readings.TryGetValue(source, out ConnectorReading? reading))
            {
                if (reading.IsOpen && reading.Failure is null)
                {
                    reading.Reader.SavePosition(partition, position);
                }
                else if (reading.Positions.TryGetValue(partition, out ReadOnlyMemory<byte> saved))
                {
                    position.Write(saved.Span);
                }
            }

            yield return new SourcePosition(source.Name, partition, position.WrittenMemory.ToArray(), source.RowsIn, source.WatermarkOf(partition));
        }
    }

    private IEnumerable<(string Name, Action<BinaryWriter> Save)> Sections() =>
    [
        .. _graph.Sources.Select(s => ("source " + s.Name, (Action<BinaryWriter>)s.Save)),
        .. _graph.Queries.Select(q => (q.Key, (Action<BinaryWriter>)q.Save)),
    ];

    private void Recover(DatabaseStore store)
    {
        if (store.Recovered is not { } manifest)
        {
            return;
        }

        foreach (string statement in store.Statements())
        {
            (IReadOnlyList<Step> steps, DiagnosticBag diagnostics) = Plan(statement, new Dictionary<string, object?>());
            using Openings openings = Open(steps, diagnostics);
            if (diagnostics.HasErrors)
            {
                throw new LaminarException("What the data directory holds can't be made any more:\n" + new LaminarSqlException(SqlError.Of(diagnostics, statement)).Message);
            }

            foreach (Step step in steps)
            {
                Do(step, openings, begins: false);
            }
        }

        foreach ((string name, Action<BinaryReader> load) in Loads())
        {
            using BinaryReader? section = store.Section(name);
            if (section is not null)
            {
                load(section);
            }
        }

        foreach (SinkFlow sink in _graph.Sinks)
        {
            SinkToken? token = manifest.Sinks.FirstOrDefault(t => t.Sink == sink.Name);
            sink.Guarded(() => sink.Writer.Recover(token is null ? 0 : manifest.Epoch, token is null ? [] : token.Token.Span));
        }

        foreach (SourcePosition position in manifest.Sources.Where(p => p.Position.Length > 0))
        {
            if (_graph.Source(position.Source) is { } source && _readings.TryGetValue(source, out ConnectorReading? reading))
            {
                reading.Positions[position.Partition] = position.Position;
            }
        }

        _graph.Forgive();
        foreach (WalRecord record in store.Replay())
        {
            if (_graph.Source(record.Source) is { } source)
            {
                Replay(source, record);
            }
        }
    }

    private IEnumerable<(string Name, Action<BinaryReader> Load)> Loads() =>
    [
        .. _graph.Sources.Select(s => ("source " + s.Name, (Action<BinaryReader>)s.Load)),
        .. _graph.Queries.Select(q => (q.Key, (Action<BinaryReader>)q.Load)),
    ];

    private void Replay(SourceFlow source, in WalRecord record)
    {
        switch (record.Kind)
        {
            case WalRecordKind.Rows:
                DatabaseStore.Take(source, in record);
                break;
            case WalRecordKind.Watermark:
                source.Advance(System.Buffers.Binary.BinaryPrimitives.ReadInt64LittleEndian(record.Payload.Span));
                break;
            case WalRecordKind.EndOfSource:
                source.Complete(record.Partition);
                break;
        }

        // What failed was told when it came first.
        _graph.Forgive();
    }
}
