using Laminar.Storage.Tests.Simulation;

namespace Laminar.Storage.Tests.Wal;

/// <summary>Appending: allocation, backpressure, group commit, failure.</summary>
public sealed class WalWriterTests
{
    [Test]
    public async Task Appending_allocates_nothing_in_steady_state([Values] bool uring)
    {
        using var folder = new TempFolder();
        StateStoreOptions options = new() { Directory = folder.Path, UseIoUring = uring, SegmentBytes = 64 << 20 };
        await using StateStore store = StateStore.Open(options);
        WalWriter wal = store.Wal[0];
        byte[] payload = new byte[700];
        new Random(1).NextBytes(payload);
        Append(wal, payload, 2000); // warm-up: jitted, the first segment made, buffers touched
        long least = long.MaxValue;
        for (int round = 0; round < 5; round++)
        {
            // A contended lock makes its event once, whenever that is; what counts is that records don't cost anything.
            long before = GC.GetAllocatedBytesForCurrentThread();
            Append(wal, payload, 5_000);
            least = Math.Min(least, GC.GetAllocatedBytesForCurrentThread() - before);
        }

        Assert.That(least, Is.Zero);
        await wal.WaitDurableAsync(wal.LastSequence);
    }

    [Test]
    public void Full_buffers_answer_false_until_the_disk_has_caught_up()
    {
        using var disk = new SimulatedDevice(new Random(1));
        StateStore store = Open(disk);
        WalWriter wal = store.Wal[0];
        int progress = 0;
        wal.Progress = () => progress++;
        byte[] payload = new byte[1000];
        int taken = 0;
        while (wal.TryAppendRows(StoreTools.Trades, taken, 1, payload, out _))
        {
            taken++;
        }

        Assert.That(taken, Is.InRange(3, 4), "one buffer of 4 KiB waits for its segment, the other takes nothing before it is sent");
        while (disk.Step())
        {
        }

        Assert.That(progress, Is.GreaterThan(0));
        Assert.That(wal.DurableSequence, Is.EqualTo(taken));
        Assert.That(wal.TryAppendRows(StoreTools.Trades, taken, 1, payload, out long sequence), Is.True);
        Assert.That(sequence, Is.EqualTo(taken + 1));
    }

    [Test]
    public void What_comes_while_a_write_is_under_way_goes_with_the_next()
    {
        using var disk = new SimulatedDevice(new Random(1));
        StateStore store = Open(disk);
        WalWriter wal = store.Wal[0];
        Assert.That(wal.TryAppendRows(StoreTools.Trades, 0, 1, [1], out _), Is.True);
        while (disk.Step())
        {
        }

        Assert.That(wal.Writes, Is.EqualTo(1));
        for (int i = 1; i < 20; i++)
        {
            Assert.That(wal.TryAppendRows(StoreTools.Trades, i, 1, [1], out _), Is.True);
        }

        while (disk.Step())
        {
        }

        Assert.That((wal.Writes, wal.DurableSequence), Is.EqualTo((3L, 20L)), "one that starts at once, and one for the other eighteen");
    }

    [Test]
    public async Task A_failed_sync_is_final()
    {
        using var disk = new SimulatedDevice(new Random(1));
        StateStore store = Open(disk);
        WalWriter wal = store.Wal[0];
        Assert.That(wal.TryAppendRows(StoreTools.Trades, 0, 1, [1], out _), Is.True);
        while (disk.Step())
        {
        }

        disk.SyncsToError = 0;
        Assert.That(wal.TryAppendRows(StoreTools.Trades, 1, 1, [2], out long lost), Is.True);
        ValueTask waiting = wal.WaitDurableAsync(lost);
        while (disk.Step())
        {
        }

        StorageException failure = Assert.ThrowsAsync<StorageException>(async () => await waiting)!;
        Assert.That(failure.Message, Does.Contain("Input/output error").And.Contain("Nothing more is written"));
        disk.SyncsToError = -1;
        long writes = wal.Writes;
        Assert.That(() => wal.TryAppendRows(StoreTools.Trades, 2, 1, [3], out _), Throws.InstanceOf<StorageException>());
        Assert.That(async () => await wal.WaitDurableAsync(lost), Throws.InstanceOf<StorageException>());
        Assert.That((wal.Writes, wal.DurableSequence), Is.EqualTo((writes, 1L)));
        Assert.That(wal.Failure, Is.Not.Null);
        await wal.WaitDurableAsync(1);
    }

    [Test]
    public void A_full_disk_fails_the_log_and_leaves_what_was_durable()
    {
        using var disk = new SimulatedDevice(new Random(1));
        StateStore store = Open(disk);
        WalWriter wal = store.Wal[0];
        Assert.That(wal.TryAppendRows(StoreTools.Trades, 0, 1, new byte[100], out _), Is.True);
        while (disk.Step())
        {
        }

        disk.Capacity = 1000; // the next segment of 16 KiB doesn't fit
        for (int i = 1; wal.Failure is null; i++)
        {
            wal.TryAppendRows(StoreTools.Trades, i, 1, new byte[1000], out _);
            while (disk.Step())
            {
            }
        }

        Assert.That(wal.Failure!.Message, Does.Contain("No space left"));
        long durable = wal.DurableSequence;
        disk.Restart(powerLost: true);
        Assert.That(Open(disk).Wal[0].LastSequence, Is.GreaterThanOrEqualTo(durable));
    }

    private static StateStore Open(SimulatedDevice disk) =>
        StateStore.Open(new StateStoreOptions { Directory = "d", Device = disk, SegmentBytes = 16 << 10, WalBufferBytes = 4096 });

    private static void Append(WalWriter wal, byte[] payload, int count)
    {
        var spin = default(SpinWait);
        for (int i = 0; i < count; i++)
        {
            while (!wal.TryAppendRows(StoreTools.Trades, i, 1, payload, out _))
            {
                spin.SpinOnce(-1);
            }
        }
    }
}
