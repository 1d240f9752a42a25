using System.Buffers;
using System.Text;

namespace Laminar.Storage.Tests;

/// <summary>What most tests do with a store.</summary>
internal static class StoreTools
{
    public static readonly WalSource Trades = new("trades", 0);

    public static StateStoreOptions Options(string folder, bool uring = true, int cores = 1, int kept = 3, long segmentBytes = 64 << 10) => new()
    {
        Directory = folder,
        Cores = cores,
        UseIoUring = uring,
        ManifestsKept = kept,
        SegmentBytes = segmentBytes,
        WalBufferBytes = 16 << 10,
        Fingerprints = new Dictionary<string, string> { ["vwap/aggregate"] = "agg:1", ["stateless"] = "" },
    };

    /// <summary>Appends a record, waiting for room, and answers with its sequence.</summary>
    public static async Task<long> AppendAsync(this WalWriter wal, long firstRow, string payload, WalSource? source = null)
    {
        long sequence;
        while (!wal.TryAppendRows(source ?? Trades, firstRow, 1, Encoding.UTF8.GetBytes(payload), out sequence))
        {
            await wal.WaitDurableAsync(wal.DurableSequence + 1);
        }

        return sequence;
    }

    public static async Task<WalPosition> BarrierAsync(this WalWriter wal, long epoch)
    {
        WalPosition position;
        while (!wal.TryAppendBarrier(epoch, out position))
        {
            await wal.WaitDurableAsync(wal.DurableSequence + 1);
        }

        return position;
    }

    /// <summary>A whole epoch of one core: barrier, snapshot of one task, manifest.</summary>
    public static async Task CommitAsync(this StateStore store, long epoch, string state, long rows)
    {
        var positions = new List<WalPosition>();
        var sections = new List<SnapshotSection>();
        foreach (WalWriter wal in store.Wal)
        {
            positions.Add(await wal.BarrierAsync(epoch));
            SnapshotWriter snapshot = store.BeginSnapshot(wal.Core, epoch);
            snapshot.BeginSection("vwap/aggregate").Write(Encoding.UTF8.GetBytes(state + wal.Core));
            snapshot.EndSection();
            sections.AddRange(await snapshot.CompleteAsync());
        }

        await store.CommitAsync(new EpochCommit
        {
            Epoch = epoch,
            Wal = positions,
            Sections = sections,
            Sources = [new SourcePosition("trades", 0, Encoding.UTF8.GetBytes("at " + rows), rows, rows * 10)],
            Sinks = [new SinkToken("out", Encoding.UTF8.GetBytes("token " + epoch))],
        });
    }

    public static string Section(this StateStore store, int core = 0)
    {
        SnapshotSection section = store.Recovered!.Manifest.Sections.Single(s => s.Core == core);
        return Encoding.UTF8.GetString(store.ReadSection(section).ToArray());
    }

    /// <summary>The payloads of the row records, and <c>|epoch</c> for each barrier.</summary>
    public static List<string> Replay(this StateStore store, int core = 0)
    {
        var result = new List<string>();
        using WalReader reader = store.ReadWal(core);
        while (reader.TryRead(out WalRecord record))
        {
            result.Add(record.Kind == WalRecordKind.Barrier ? "|" + record.Epoch : Encoding.UTF8.GetString(record.Payload.Span));
        }

        return result;
    }
}
