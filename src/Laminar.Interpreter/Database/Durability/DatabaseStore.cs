using System.Buffers;
using System.Text;
using Apache.Arrow;
using Apache.Arrow.Ipc;
using Laminar.Interpreter.Database.Flow;
using Laminar.Storage;

namespace Laminar.Interpreter.Database.Durability;

/// <summary>
/// The folder of a database: that of a runtime with one core (<see cref="StateStore"/>). Its log holds what is pushed, and rows of connectors that can't be read again; a snapshot the statements that made what there is,
/// and the state of each source and query.
/// </summary>
internal sealed class DatabaseStore : IAsyncDisposable
{
    private const string CatalogSection = "catalog";

    private readonly StateStore _store;
    private readonly ManualResetEventSlim _progress = new();
    private readonly Dictionary<string, WalSource> _sources = [];

    public DatabaseStore(string directory)
    {
        // The layout of each query's state is checked when its section is loaded.
        _store = StateStore.Open(new StateStoreOptions { Directory = directory, Fingerprints = new Dictionary<string, string> { ["database"] = "1" } });
        _store.Wal[0].Progress = _progress.Set;
        NextEpoch = _store.FirstEpoch;
    }

    /// <summary>What was found; null in a new folder.</summary>
    public Manifest? Recovered => _store.Recovered?.Manifest;

    /// <summary>The lowest epoch that can be committed next.</summary>
    public long NextEpoch { get; private set; }

    /// <summary>The statements that make what there was, in order.</summary>
    public IReadOnlyList<string> Statements()
    {
        if (Section(CatalogSection) is not { } reader)
        {
            return [];
        }

        return [.. Enumerable.Range(0, reader.ReadInt32()).Select(_ => reader.ReadString())];
    }

    /// <summary>A saved section; null when there is none of the name.</summary>
    public BinaryReader? Section(string name) => Recovered?.Sections.FirstOrDefault(s => s.Task == name) is { } section
        ? new BinaryReader(new MemoryStream(_store.ReadSection(section).ToArray()), Encoding.UTF8)
        : null;

    /// <summary>What was logged behind the last epoch, in order.</summary>
    public IEnumerable<WalRecord> Replay()
    {
        using WalReader reader = _store.ReadWal(0);
        while (reader.TryRead(out WalRecord record))
        {
            if (record.Kind != WalRecordKind.Barrier)
            {
                yield return record;
            }
        }
    }

    /// <summary>Logs rows before they are taken; large batches in parts.</summary>
    public void Log(SourceFlow source, RecordBatch batch)
    {
        byte[] bytes = Encode(batch);
        if (bytes.Length > WalWriter.MaxPayloadBytes && batch.Length > 1)
        {
            int half = batch.Length / 2;
            Log(source, batch.Slice(0, half));
            Log(source, batch.Slice(half, batch.Length - half));
            return;
        }

        Append((WalWriter wal, out long sequence) => wal.TryAppendRows(NameOf(source, 0), source.RowsIn, batch.Length, bytes, out sequence));
    }

    /// <inheritdoc cref="Log(SourceFlow, RecordBatch)"/>
    public void Log(SourceFlow source, int partition, IReadOnlyList<object?[]> rows)
    {
        using var bytes = new MemoryStream();
        using (var writer = new BinaryWriter(bytes, Encoding.UTF8, leaveOpen: true))
        {
            writer.Write(true);
            writer.Write(rows.Count);
            foreach (object?[] row in rows)
            {
                source.Shape.Save(writer, row);
            }
        }

        byte[] payload = bytes.ToArray();
        Append((WalWriter wal, out long sequence) => wal.TryAppendRows(NameOf(source, partition), source.RowsIn, rows.Count, payload, out sequence));
    }

    public void LogWatermark(SourceFlow source, long watermark) =>
        Append((WalWriter wal, out long sequence) => wal.TryAppendWatermark(NameOf(source, 0), source.RowsIn, watermark, out sequence));

    public void LogEnd(SourceFlow source, int partition) =>
        Append((WalWriter wal, out long sequence) => wal.TryAppendEnd(NameOf(source, partition), source.RowsIn, out sequence));

    /// <summary>Takes rows again as they were logged.</summary>
    public static void Take(SourceFlow source, in WalRecord record)
    {
        using var reader = new BinaryReader(new MemoryStream(record.Payload.ToArray()), Encoding.UTF8);
        if (reader.ReadBoolean())
        {
            source.Push(record.Partition, [.. Enumerable.Range(0, reader.ReadInt32()).Select(_ => source.Shape.Load(reader))]);
            return;
        }

        using var arrow = new ArrowStreamReader(reader.BaseStream);
        while (arrow.ReadNextRecordBatch() is { } batch)
        {
            using (batch)
            {
                source.Push(batch);
            }
        }
    }

    /// <summary>Completes when all that was logged so far is durable.</summary>
    public ValueTask WhenDurableAsync(CancellationToken cancellationToken) => _store.Wal[0].WaitDurableAsync(_store.Wal[0].LastSequence, cancellationToken);

    /// <summary>Takes the state at a barrier; under the database's lock.</summary>
    /// <param name="statements">What makes all that there is.</param>
    /// <param name="sections">The state, by name.</param>
    public StoredEpoch Begin(IReadOnlyList<string> statements, IEnumerable<(string Name, Action<BinaryWriter> Save)> sections)
    {
        long epoch = NextEpoch++;
        WalPosition position = default;
        Append((WalWriter wal, out long sequence) =>
        {
            sequence = 0;
            return wal.TryAppendBarrier(epoch, out position);
        });
        SnapshotWriter snapshot = _store.BeginSnapshot(0, epoch);
        IEnumerable<(string Name, Action<BinaryWriter> Save)> all = sections.Prepend((CatalogSection, writer =>
        {
            writer.Write(statements.Count);
            foreach (string statement in statements)
            {
                writer.Write(statement);
            }
        }));
        foreach ((string name, Action<BinaryWriter> save) in all)
        {
            IBufferWriter<byte> to = snapshot.BeginSection(name);
            using var bytes = new MemoryStream();
            using (var writer = new BinaryWriter(bytes, Encoding.UTF8, leaveOpen: true))
            {
                save(writer);
            }

            to.Write(bytes.GetBuffer().AsSpan(0, (int)bytes.Length));
            snapshot.EndSection();
        }

        return new StoredEpoch(epoch, position, snapshot);
    }

    /// <summary>Makes an epoch durable.</summary>
    /// <exception cref="StorageException">The disk failed.</exception>
    public async Task CommitAsync(StoredEpoch epoch, IReadOnlyList<SourcePosition> sources, IReadOnlyList<SinkToken> sinks)
    {
        IReadOnlyList<SnapshotSection> sections = await epoch.Snapshot.CompleteAsync().ConfigureAwait(false);
        await _store.CommitAsync(new EpochCommit { Epoch = epoch.Number, Sources = sources, Wal = [epoch.Position], Sections = sections, Sinks = sinks }).ConfigureAwait(false);
    }

    public ValueTask DisposeAsync() => _store.DisposeAsync();

    private static byte[] Encode(RecordBatch batch)
    {
        using var bytes = new MemoryStream();
        bytes.WriteByte(0);
        using (var writer = new ArrowStreamWriter(bytes, batch.Schema, leaveOpen: true))
        {
            writer.WriteRecordBatch(batch);
            writer.WriteEnd();
        }

        return bytes.ToArray();
    }

    private WalSource NameOf(SourceFlow source, int partition)
    {
        string key = $"{source.Name}#{partition}";
        if (!_sources.TryGetValue(key, out WalSource? name))
        {
            _sources.Add(key, name = new WalSource(source.Name, partition));
        }

        return name;
    }

    private void Append(TryAppend append)
    {
        while (true)
        {
            _progress.Reset();
            if (append(_store.Wal[0], out _))
            {
                return;
            }

            // Both buffers are full: the disk is the limit now.
            _progress.Wait();
        }
    }

    private delegate bool TryAppend(WalWriter wal, out long sequence);
}

/// <summary>A barrier whose state was taken and isn't durable yet.</summary>
/// <param name="Number">The epoch.</param>
/// <param name="Position">Of the barrier in the log.</param>
/// <param name="Snapshot">What is being written.</param>
internal sealed record StoredEpoch(long Number, WalPosition Position, SnapshotWriter Snapshot);
