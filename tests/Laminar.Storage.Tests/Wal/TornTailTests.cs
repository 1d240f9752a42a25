namespace Laminar.Storage.Tests.Wal;

/// <summary>Real files cut or zeroed at every byte of the last record: the log ends before it, and goes on afterwards.</summary>
public sealed class TornTailTests
{
    private const string Last = "the last record, which a crash may cut at any of its bytes";

    [Test]
    public async Task The_last_record_is_cut_wherever_it_was_torn([Values] bool uring, [Values] bool zeroed)
    {
        using var folder = new TempFolder();
        long end;
        long start;
        await using (StateStore store = StateStore.Open(StoreTools.Options(folder.Path, uring)))
        {
            await store.Wal[0].AppendAsync(0, "first");
            await store.Wal[0].WaitDurableAsync(await store.Wal[0].AppendAsync(1, "second"));
            WalPosition before = await store.Wal[0].BarrierAsync(1);
            await store.Wal[0].WaitDurableAsync(before.Sequence);
            start = before.Offset;
            await store.Wal[0].WaitDurableAsync(await store.Wal[0].AppendAsync(2, Last));
            end = start + WalFormat.RecordBytes(18 + "trades".Length + Last.Length);
            File.Copy(folder.Files("wal-*").Single(), Path.Combine(folder.Path, "copy"));
        }

        byte[] whole = File.ReadAllBytes(Path.Combine(folder.Path, "copy"));
        File.Delete(Path.Combine(folder.Path, "copy"));
        string segment = folder.Files("wal-*").Single();
        Assert.That(whole[(int)end - 1], Is.Not.Zero);
        Assert.That(whole.AsSpan((int)end).IndexOfAnyExcept((byte)0), Is.Negative, "the record is the last");
        for (long cut = start; cut < end; cut++)
        {
            byte[] torn = zeroed ? whole.ToArray() : whole[..(int)cut];
            if (zeroed)
            {
                torn.AsSpan((int)cut).Clear();
            }

            foreach (string old in folder.Files("wal-*"))
            {
                File.Delete(old);
            }

            File.WriteAllBytes(segment, torn);
            await using (StateStore store = StateStore.Open(StoreTools.Options(folder.Path, uring)))
            {
                Assert.That(store.Replay(), Is.EqualTo(new[] { "first", "second", "|1" }), $"cut at {cut}");
                await store.Wal[0].AppendAsync(2, "instead");
            }

            if (cut % 16 == 0)
            {
                await using StateStore again = StateStore.Open(StoreTools.Options(folder.Path, uring));
                Assert.That(again.Replay(), Is.EqualTo(new[] { "first", "second", "|1", "instead" }), $"cut at {cut}");
            }
        }
    }

    [Test]
    public async Task A_torn_record_over_many_sectors_is_cut_whichever_sectors_are_missing()
    {
        using var folder = new TempFolder();
        byte[] payload = new byte[5000];
        var random = new Random(17);
        random.NextBytes(payload);
        long start;
        string segment;
        byte[] whole;
        await using (StateStore store = StateStore.Open(StoreTools.Options(folder.Path)))
        {
            WalPosition before = await store.Wal[0].BarrierAsync(1);
            await store.Wal[0].WaitDurableAsync(before.Sequence);
            start = before.Offset;
            Assert.That(store.Wal[0].TryAppendRows(StoreTools.Trades, 0, 1, payload, out long last), Is.True);
            await store.Wal[0].WaitDurableAsync(last);
            segment = folder.Files("wal-*").Single();
            File.Copy(segment, Path.Combine(folder.Path, "copy"));
        }

        whole = File.ReadAllBytes(Path.Combine(folder.Path, "copy"));
        int firstSector = (int)start / 512;
        int lastSector = (int)(start + WalFormat.RecordBytes(18 + "trades".Length + payload.Length) - 1) / 512;
        for (int i = 0; i < 60; i++)
        {
            byte[] torn = whole.ToArray();
            bool any = false;
            for (int sector = firstSector; sector <= lastSector; sector++)
            {
                if (random.Next(4) == 0)
                {
                    any = true;
                    torn.AsSpan(Math.Max((int)start, sector * 512)..((sector + 1) * 512)).Clear();
                }
            }

            File.WriteAllBytes(segment, torn);
            await using StateStore store = StateStore.Open(StoreTools.Options(folder.Path));
            Assert.That(store.Replay(), Has.Count.EqualTo(any ? 1 : 2));
        }
    }
}
