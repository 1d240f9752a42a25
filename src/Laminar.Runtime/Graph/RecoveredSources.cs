using Laminar.Runtime.Sources;
using Laminar.Storage;

namespace Laminar.Runtime.Graph;

/// <summary>What was found about sources: the manifest's positions, and what the WAL holds behind them.</summary>
internal sealed class RecoveredSources
{
    private readonly Dictionary<(string, int), SourcePosition> _positions = [];
    private readonly Dictionary<(string, int), List<ReplayRecord>> _replay = [];

    /// <summary>Nothing was found.</summary>
    public static RecoveredSources None { get; } = new();

    /// <summary>Reads the WAL of every core.</summary>
    /// <exception cref="LaminarException">The WAL is damaged or doesn't join on to the manifest.</exception>
    public static RecoveredSources Read(StateStore store)
    {
        var recovered = new RecoveredSources();
        Manifest? manifest = store.Recovered?.Manifest;
        if (manifest is null)
        {
            return recovered;
        }

        foreach (SourcePosition position in manifest.Sources)
        {
            recovered._positions[(position.Source, position.Partition)] = position;
        }

        for (int core = 0; core < store.Wal.Count; core++)
        {
            using WalReader reader = store.ReadWal(core);
            while (reader.TryRead(out WalRecord record))
            {
                recovered.Add(in record);
            }
        }

        return recovered;
    }

    public SourcePosition? PositionOf(string source, int partition) => _positions.GetValueOrDefault((source, partition));

    public IReadOnlyList<ReplayRecord> ReplayOf(string source, int partition) =>
        _replay.TryGetValue((source, partition), out List<ReplayRecord>? records) ? records : [];

    /// <summary>Refuses a source whose number of partitions has changed: rows and watermarks belong to partitions.</summary>
    public void CheckPartitions(string source, int partitions)
    {
        int before = 0;
        foreach ((string name, int partition) in _positions.Keys.Concat(_replay.Keys))
        {
            before = name == source ? Math.Max(before, partition + 1) : before;
        }

        if (before > partitions || (before > 0 && _positions.Count > 0 && before != partitions))
        {
            throw new LaminarException(
                $"Source {source} has {partitions} partitions, and {before} in the saved state. Start with {before}, or with another data directory.");
        }
    }

    private void Add(in WalRecord record)
    {
        if (record.Kind is not (WalRecordKind.Rows or WalRecordKind.Watermark or WalRecordKind.EndOfSource))
        {
            return;
        }

        // The barrier mark stands before the first row behind the barrier, but rows before the barrier may stand behind the mark.
        (string, int) key = (record.Source, record.Partition);
        long from = _positions.TryGetValue(key, out SourcePosition? position) ? position.Rows : 0;
        if (record.FirstRow < from)
        {
            // The pair of the check in SourceTask: a barrier lies between logged batches.
            if (record.FirstRow + record.RowCount > from)
            {
                throw new LaminarException(
                    $"The write-ahead log of source {record.Source}, partition {record.Partition}, has rows {record.FirstRow} to {record.FirstRow + record.RowCount - 1} in one record, and the saved state ends at row {from}, within it.");
            }

            return;
        }

        if (!_replay.TryGetValue(key, out List<ReplayRecord>? records))
        {
            _replay[key] = records = [];
        }

        long next = records.Count == 0 ? from : records[^1].FirstRow + records[^1].Rows;
        if (record.FirstRow != next)
        {
            throw new LaminarException(
                $"The write-ahead log of source {record.Source}, partition {record.Partition}, lacks rows {next} to {record.FirstRow - 1}.");
        }

        records.Add(record.Kind switch
        {
            WalRecordKind.Rows => new ReplayRecord(record.FirstRow, record.RowCount, record.Payload.ToArray(), null, false),
            WalRecordKind.Watermark => new ReplayRecord(
                record.FirstRow, 0, [], System.Buffers.Binary.BinaryPrimitives.ReadInt64LittleEndian(record.Payload.Span), false),
            _ => new ReplayRecord(record.FirstRow, 0, [], null, true),
        });
    }
}
