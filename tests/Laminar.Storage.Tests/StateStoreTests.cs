using System.Buffers;
using System.Text;

namespace Laminar.Storage.Tests;

/// <summary>A store on the real disk, with each device.</summary>
[TestFixture(true)]
[TestFixture(false)]
public sealed class StateStoreTests(bool uring)
{
    private TempFolder _folder = null!;

    [SetUp]
    public void SetUp() => _folder = new TempFolder();

    [TearDown]
    public void TearDown() => _folder.Dispose();

    [Test]
    public async Task The_device_is_the_one_asked_for_and_says_why()
    {
        await using StateStore store = Open();
        Assert.That(store.DeviceDescription, uring ? Does.StartWith("io_uring (kernel ") : Does.Contain("switched off by an option"));
    }

    [Test]
    public async Task A_new_folder_has_nothing_to_recover()
    {
        await using StateStore store = Open();
        Assert.That(store.Recovered, Is.Null);
        Assert.That(store.FirstEpoch, Is.EqualTo(1));
        Assert.That(store.Replay(), Is.Empty);
    }

    [Test]
    public async Task Rows_before_the_first_epoch_are_replayed()
    {
        await using (StateStore store = Open())
        {
            await store.Wal[0].AppendAsync(0, "a");
            Assert.That(store.Wal[0].TryAppendWatermark(StoreTools.Trades, 1, -77, out _), Is.True);
            Assert.That(store.Wal[0].TryAppendEnd(new WalSource("orders", 3), 9, out long last), Is.True);
            await store.Wal[0].WaitDurableAsync(last);
            Assert.That(store.Wal[0].DurableSequence, Is.EqualTo(3));
        }

        await using StateStore again = Open();
        Assert.That(again.Recovered!.Manifest.Epoch, Is.Zero);
        using WalReader reader = again.ReadWal(0);
        Assert.That(reader.TryRead(out WalRecord rows), Is.True);
        Assert.That((rows.Kind, rows.Epoch, rows.Sequence, rows.Source, rows.Partition, rows.FirstRow, rows.RowCount), Is.EqualTo((WalRecordKind.Rows, 1L, 1L, "trades", 0, 0L, 1)));
        Assert.That(reader.TryRead(out WalRecord watermark), Is.True);
        Assert.That(watermark.Kind, Is.EqualTo(WalRecordKind.Watermark));
        Assert.That(BitConverter.ToInt64(watermark.Payload.Span), Is.EqualTo(-77));
        Assert.That(reader.TryRead(out WalRecord end), Is.True);
        Assert.That((end.Kind, end.Source, end.Partition, end.FirstRow), Is.EqualTo((WalRecordKind.EndOfSource, "orders", 3, 9L)));
        Assert.That(reader.TryRead(out _), Is.False);
    }

    [Test]
    public async Task An_epoch_comes_back_with_state_positions_tokens_and_the_rows_behind_it()
    {
        await using (StateStore store = Open(cores: 2))
        {
            await store.Wal[0].AppendAsync(0, "before");
            await store.CommitAsync(1, "state-", 5);
            await store.Wal[1].AppendAsync(5, "behind 1");
            await store.Wal[0].AppendAsync(5, "behind 0");
            await store.Wal[0].BarrierAsync(2);
            await store.Wal[0].AppendAsync(6, "last");
        }

        await using StateStore again = Open(cores: 2);
        Manifest manifest = again.Recovered!.Manifest;
        Assert.That((manifest.Epoch, manifest.Cores, manifest.KeyGroups), Is.EqualTo((1L, 2, 128)));
        Assert.That(manifest.Fingerprints, Is.EquivalentTo(new Dictionary<string, string> { ["vwap/aggregate"] = "agg:1" }));
        SourcePosition source = manifest.Sources.Single();
        Assert.That((source.Source, source.Partition, source.Rows, source.Watermark), Is.EqualTo(("trades", 0, 5L, 50L)));
        Assert.That(Encoding.UTF8.GetString(source.Position.Span), Is.EqualTo("at 5"));
        Assert.That(Encoding.UTF8.GetString(manifest.Sinks.Single().Token.Span), Is.EqualTo("token 1"));
        Assert.That(again.Section(0), Is.EqualTo("state-0"));
        Assert.That(again.Section(1), Is.EqualTo("state-1"));
        Assert.That(again.Replay(0), Is.EqualTo(new[] { "behind 0", "|2", "last" }));
        Assert.That(again.Replay(1), Is.EqualTo(new[] { "behind 1" }));
        Assert.That(again.FirstEpoch, Is.EqualTo(3), "epoch 2 has a barrier mark already");
    }

    [Test]
    public async Task Old_manifests_snapshots_and_segments_are_deleted_and_what_is_kept_restores()
    {
        await using (StateStore store = Open(kept: 2))
        {
            for (int epoch = 1; epoch <= 8; epoch++)
            {
                for (int i = 0; i < 30; i++)
                {
                    await store.Wal[0].AppendAsync(i, new string((char)('a' + epoch), 3000));
                }

                await store.CommitAsync(epoch, "state " + epoch + " ", epoch);
            }

            // A segment takes 64 KiB, so each epoch fills more than one; the clean-up runs behind the commit, in the close at the latest.
        }

        Assert.That(_folder.Files("manifest-*").Select(Path.GetFileName), Is.EqualTo(new[] { "manifest-0000000000000000007.lam", "manifest-0000000000000000008.lam" }));
        Assert.That(_folder.Files("snapshot-*"), Has.Length.EqualTo(2));
        Assert.That(_folder.Files("wal-*"), Has.Length.LessThanOrEqualTo(5));
        await using StateStore again = Open(kept: 2);
        Assert.That(again.Section(), Is.EqualTo("state 8 0"));
        Assert.That(again.Replay(), Is.Empty);
    }

    [Test]
    public async Task Records_come_back_in_order_over_many_segments_and_runs()
    {
        var expected = new List<string>();
        for (int run = 0; run < 4; run++)
        {
            await using StateStore store = Open();
            Assert.That(store.Replay(), Is.EqualTo(expected));
            for (int i = 0; i < 40; i++)
            {
                expected.Add($"{run}:{i}:" + new string('x', i * 97));
                await store.Wal[0].AppendAsync(i, expected[^1]);
            }
        }

        Assert.That(_folder.Files("wal-*"), Has.Length.GreaterThan(4));
    }

    [Test]
    public async Task A_record_larger_than_buffer_and_segment_is_kept_whole()
    {
        byte[] large = new byte[3_000_000];
        new Random(5).NextBytes(large);
        await using (StateStore store = Open())
        {
            await store.Wal[0].AppendAsync(0, "small");
            long sequence;
            while (!store.Wal[0].TryAppendRows(StoreTools.Trades, 1, 7, large, out sequence))
            {
                await store.Wal[0].WaitDurableAsync(store.Wal[0].LastSequence);
            }

            await store.Wal[0].WaitDurableAsync(sequence);
            await store.Wal[0].AppendAsync(8, "after");
            Assert.That(() => store.Wal[0].TryAppendRows(StoreTools.Trades, 0, 1, new byte[WalWriter.MaxPayloadBytes + 1], out _), Throws.InstanceOf<LaminarException>());
        }

        await using StateStore again = Open();
        using WalReader reader = again.ReadWal(0);
        Assert.That(reader.TryRead(out _), Is.True);
        Assert.That(reader.TryRead(out WalRecord record), Is.True);
        Assert.That(record.Payload.Span.SequenceEqual(large), Is.True);
        Assert.That(reader.TryRead(out WalRecord after), Is.True);
        Assert.That(Encoding.UTF8.GetString(after.Payload.Span), Is.EqualTo("after"));
        Assert.That(reader.TryRead(out _), Is.False);
    }

    [Test]
    public async Task A_large_section_in_small_writes_comes_back()
    {
        byte[] state = new byte[40_000_000];
        new Random(6).NextBytes(state);
        await using (StateStore store = Open())
        {
            WalPosition position = await store.Wal[0].BarrierAsync(1);
            SnapshotWriter snapshot = store.BeginSnapshot(0, 1);
            snapshot.BeginSection("empty");
            snapshot.EndSection();
            IBufferWriter<byte> writer = snapshot.BeginSection("large");
            for (int at = 0; at < state.Length; at += 12_345)
            {
                writer.Write(state.AsSpan(at, Math.Min(12_345, state.Length - at)));
            }

            snapshot.EndSection();
            await store.CommitAsync(new EpochCommit { Epoch = 1, Wal = [position], Sections = await snapshot.CompleteAsync(), Sources = [], Sinks = [] });
        }

        await using StateStore again = Open();
        IReadOnlyList<SnapshotSection> sections = again.Recovered!.Manifest.Sections;
        Assert.That(sections.Select(s => s.Task), Is.EqualTo(new[] { "empty", "large" }));
        Assert.That(again.ReadSection(sections[0]).Length, Is.Zero);
        Assert.That(again.ReadSection(sections[1]).ToArray().AsSpan().SequenceEqual(state), Is.True);
    }

    [Test]
    public async Task A_second_store_on_the_folder_is_refused_until_the_first_is_gone()
    {
        await using (Open())
        {
            LaminarException refused = Assert.Throws<LaminarException>(() => Open())!;
            Assert.That(refused.Message, Does.Contain(_folder.Path).And.Contain("in use by another runtime"));
        }

        await using StateStore again = Open();
        Assert.That(again.Recovered, Is.Not.Null);
    }

    [Test]
    public async Task Many_threads_append_and_wait_and_every_record_is_there_once()
    {
        await using (StateStore store = Open())
        {
            WalWriter wal = store.Wal[0];
            await Task.WhenAll(Enumerable.Range(0, 4).Select(thread => Task.Run(async () =>
            {
                for (int i = 0; i < 200; i++)
                {
                    long sequence = await wal.AppendAsync(i, $"{thread}:{i}");
                    if (i % 50 == 0)
                    {
                        await wal.WaitDurableAsync(sequence);
                        Assert.That(wal.DurableSequence, Is.GreaterThanOrEqualTo(sequence));
                    }
                }
            })));
            Assert.That(wal.LastSequence, Is.EqualTo(800));
        }

        await using StateStore again = Open();
        List<string> replayed = again.Replay();
        Assert.That(replayed, Is.EquivalentTo(Enumerable.Range(0, 4).SelectMany(t => Enumerable.Range(0, 200).Select(i => $"{t}:{i}"))));
        Assert.That(replayed.Where(r => r.StartsWith("2:", StringComparison.Ordinal)), Is.EqualTo(Enumerable.Range(0, 200).Select(i => $"2:{i}")));
    }

    [Test]
    public async Task Wrong_use_is_refused()
    {
        await using StateStore store = Open();
        WalPosition position = await store.Wal[0].BarrierAsync(3);
        Assert.That(() => store.Wal[0].TryAppendBarrier(3, out _), Throws.InstanceOf<LaminarException>());
        Assert.That(() => store.CommitAsync(Commit(0)), Throws.InstanceOf<LaminarException>());
        Assert.That(() => store.CommitAsync(new EpochCommit { Epoch = 4, Wal = [], Sections = [], Sources = [], Sinks = [] }), Throws.InstanceOf<LaminarException>());
        Assert.That(() => StateStore.Open(new StateStoreOptions { Directory = _folder.Path, Cores = 0 }), Throws.InstanceOf<LaminarException>());
        await store.CommitAsync(Commit(3));
        Assert.That(() => store.CommitAsync(Commit(3)), Throws.InstanceOf<LaminarException>());

        EpochCommit Commit(long epoch) => new() { Epoch = epoch, Wal = [position], Sections = [], Sources = [], Sinks = [] };
    }

    [Test]
    public async Task A_closed_store_takes_nothing_more()
    {
        StateStore store = Open();
        WalPosition position = await store.Wal[0].BarrierAsync(1);
        await store.DisposeAsync();
        await store.DisposeAsync();
        Assert.That(() => store.Wal[0].TryAppendRows(StoreTools.Trades, 0, 1, [1], out _), Throws.InstanceOf<ObjectDisposedException>());
        Assert.That(() => store.BeginSnapshot(0, 1), Throws.InstanceOf<ObjectDisposedException>());
        Assert.That(
            () => store.CommitAsync(new EpochCommit { Epoch = 1, Wal = [position], Sections = [], Sources = [], Sinks = [] }), Throws.InstanceOf<ObjectDisposedException>());
    }

    private StateStore Open(int cores = 1, int kept = 3) => StateStore.Open(StoreTools.Options(_folder.Path, uring, cores, kept));
}
