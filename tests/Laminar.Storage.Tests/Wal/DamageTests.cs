using Laminar.Storage.Tests.Simulation;

namespace Laminar.Storage.Tests.Wal;

/// <summary>
/// Bits of every byte of log, snapshot and manifest inverted, one at a time: what comes out is what went in, or an older manifest with
/// what belongs to it, or a refusal; never anything else.
/// </summary>
public sealed class DamageTests
{
    private SimulatedDevice _disk = null!;
    private List<string> _log = null!;

    [SetUp]
    public void SetUp()
    {
        _disk = new SimulatedDevice(new Random(3));
        _log = [];
    }

    [TearDown]
    public void TearDown() => _disk.Dispose();

    [Test]
    public void A_flipped_bit_in_the_log_is_never_used([Values] bool closed)
    {
        Fill(closed);
        string segment = StoreFiles.Segment(0, 1);
        int used = _disk.Inode(segment).Seen.Span.LastIndexOfAnyExcept((byte)0) + 1;
        int refused = 0;
        int position = (int)Open(_disk.Copy()).Recovered!.Manifest.Wal[0].Offset;
        for (int offset = 0; offset < used; offset++)
        {
            for (int bit = offset % 2; bit < 8; bit += 2)
            {
                SimulatedDevice damaged = _disk.Copy();
                damaged.Inode(segment).Seen.Flip(offset, bit);
                bool ok = Try(damaged, $"byte {offset} bit {bit}");
                refused += ok ? 0 : 1;
                if (offset >= position)
                {
                    Assert.That(ok, Is.False, $"byte {offset} bit {bit} is behind the manifest's barrier, so it matters");
                }
            }
        }

        TestContext.Out.WriteLine($"{used} bytes, {refused} refusals");
        Assert.That(refused, Is.GreaterThanOrEqualTo((used - position) * 4));
    }

    [Test]
    public void A_flipped_bit_in_the_newest_manifest_falls_back_to_the_one_before()
    {
        Fill(closed: true);
        string manifest = StoreFiles.Manifest(2);
        int fallen = 0;
        for (int offset = 0; offset < _disk.Inode(manifest).Seen.Length; offset++)
        {
            for (int bit = 0; bit < 8; bit++)
            {
                SimulatedDevice damaged = _disk.Copy();
                damaged.Inode(manifest).Seen.Flip(offset, bit);
                StateStore store = Open(damaged);
                Assert.That(store.Recovered!.Manifest.Epoch, Is.EqualTo(1), $"byte {offset} bit {bit}");
                Assert.That(store.Recovered.DamagedManifests.Single(), Does.EndWith(manifest));
                Assert.That(store.Section(), Is.EqualTo("state 1"));
                Assert.That(store.Replay(), Is.EqualTo(_log.Skip(_log.IndexOf("|1") + 1)));
                Assert.That(store.FirstEpoch, Is.GreaterThan(2));
                fallen++;
            }
        }

        Assert.That(fallen, Is.GreaterThan(1000));
    }

    [Test]
    public void A_manifest_cut_anywhere_falls_back_too()
    {
        Fill(closed: true);
        string manifest = StoreFiles.Manifest(2);
        for (int length = 0; length < _disk.Inode(manifest).Seen.Length; length++)
        {
            SimulatedDevice damaged = _disk.Copy();
            damaged.Inode(manifest).SetLength(length);
            Assert.That(Open(damaged).Recovered!.Manifest.Epoch, Is.EqualTo(1), $"length {length}");
        }
    }

    [Test]
    public void With_no_manifest_that_verifies_it_refuses_and_names_the_file()
    {
        Fill(closed: true);
        foreach (long epoch in new[] { 0, 1, 2 })
        {
            _disk.Inode(StoreFiles.Manifest(epoch)).Seen.Flip(20, 3);
        }

        CorruptStateException refused = Assert.Throws<CorruptStateException>(() => Open(_disk))!;
        Assert.That(refused.File, Does.EndWith(StoreFiles.Manifest(2)));
        Assert.That(refused.Message, Does.Contain("no other manifest"));
    }

    [Test]
    public void A_flipped_bit_in_a_snapshot_is_refused_when_its_section_is_read()
    {
        Fill(closed: true);
        string snapshot = StoreFiles.Snapshot(0, 2);
        for (int offset = 0; offset < _disk.Inode(snapshot).Seen.Length; offset++)
        {
            for (int bit = 0; bit < 8; bit++)
            {
                SimulatedDevice damaged = _disk.Copy();
                damaged.Inode(snapshot).Seen.Flip(offset, bit);
                CorruptStateException refused = Assert.Throws<CorruptStateException>(() => Open(damaged).Section(), $"byte {offset} bit {bit}")!;
                Assert.That(refused.File, Does.EndWith(snapshot));
            }
        }
    }

    [Test]
    public void Missing_and_short_files_are_refused_by_name()
    {
        Fill(closed: true);
        Refused(d => d.Remove(StoreFiles.Snapshot(0, 2)), StoreFiles.Snapshot(0, 2), "missing");
        Refused(d => d.Inode(StoreFiles.Snapshot(0, 2)).SetLength(33), StoreFiles.Snapshot(0, 2), "ends there");
        Refused(d => d.Remove(StoreFiles.Segment(0, 1)), StoreFiles.Segment(0, 1), "missing");
        Refused(d => d.Inode(StoreFiles.Segment(0, 1)).SetLength(70), StoreFiles.Segment(0, 1), "ends there");
        Refused(d => RemoveManifests(d), StoreFiles.Manifest(0), "every manifest is missing");
        Refused(
            d =>
            {
                d.Remove(StoreFiles.Manifest(2));
                d.Remove(StoreFiles.Snapshot(0, 1));
            },
            StoreFiles.Snapshot(0, 1),
            "missing");
    }

    [Test]
    public void A_missing_segment_in_the_middle_is_refused()
    {
        StateStore store = Open(_disk);
        for (int i = 0; i < 60; i++)
        {
            Append(store, new string('x', 900));
        }

        Assert.That(_disk.List().Count(f => f.StartsWith("wal-", StringComparison.Ordinal)), Is.GreaterThan(4));
        _disk.Restart(powerLost: false);
        _disk.Remove(StoreFiles.Segment(0, 3));
        CorruptStateException refused = Assert.Throws<CorruptStateException>(() => Open(_disk))!;
        Assert.That(refused.Message, Does.Contain("segment 4 goes on at sequence"));
    }

    [Test]
    public void A_durable_record_that_was_zeroed_is_refused_when_a_later_one_proves_it()
    {
        Fill(closed: true);
        int position = (int)Open(_disk.Copy()).Recovered!.Manifest.Wal[0].Offset;
        SimulatedDevice damaged = _disk.Copy();
        damaged.Inode(StoreFiles.Segment(0, 1)).Seen.Write(position, new byte[104]);
        CorruptStateException refused = Assert.Throws<CorruptStateException>(() => Open(damaged))!;
        Assert.That(refused.Offset, Is.EqualTo(position));
        Assert.That(refused.Message, Does.Contain("when it was durable already").And.Contain($"truncate the file to {position} bytes"));
    }

    [Test]
    public void Files_under_another_name_are_refused()
    {
        Fill(closed: true);
        SimulatedDevice segment = _disk.Copy();
        segment.Rename(StoreFiles.Segment(0, 1), StoreFiles.Segment(0, 2));
        Assert.That(() => Open(segment), Throws.InstanceOf<CorruptStateException>());
        SimulatedDevice manifest = _disk.Copy();
        manifest.Rename(StoreFiles.Manifest(1), StoreFiles.Manifest(9));
        Assert.That(Open(manifest).Recovered!.Manifest.Epoch, Is.EqualTo(2), "a manifest under another name isn't used");
        SimulatedDevice snapshot = _disk.Copy();
        snapshot.Rename(StoreFiles.Snapshot(0, 1), StoreFiles.Snapshot(0, 2));
        Assert.That(() => Open(snapshot).Section(), Throws.InstanceOf<CorruptStateException>());
    }

    private static StateStore Open(SimulatedDevice disk)
    {
        StateStore store = StateStore.Open(new StateStoreOptions { Directory = "d", Device = disk, SegmentBytes = 16 << 10, WalBufferBytes = 4096 });
        return store;
    }

    private static void RemoveManifests(SimulatedDevice disk)
    {
        foreach (string name in disk.List().Where(n => n.StartsWith("manifest", StringComparison.Ordinal)))
        {
            disk.Remove(name);
        }
    }

    private static void Pump(SimulatedDevice disk)
    {
        while (disk.Step())
        {
        }
    }

    private void Refused(Action<SimulatedDevice> damage, string file, string why)
    {
        SimulatedDevice damaged = _disk.Copy();
        damage(damaged);
        CorruptStateException refused = Assert.Throws<CorruptStateException>(() => Open(damaged), file + " " + why)!;
        Assert.That(refused.File, Does.EndWith(file));
        Assert.That(refused.Message, Does.Contain(why));
    }

    /// <summary>True when the store opened, with exactly what was written.</summary>
    private bool Try(SimulatedDevice disk, string what)
    {
        try
        {
            StateStore store = Open(disk);
            Assert.That(store.Recovered!.Manifest.Epoch, Is.EqualTo(2), what);
            Assert.That(store.Replay(), Is.EqualTo(_log.Skip(_log.IndexOf("|2") + 1)), what);
            return true;
        }
        catch (CorruptStateException e)
        {
            Assert.That(e.File, Does.EndWith(StoreFiles.Segment(0, 1)), what);
            return false;
        }
    }

    /// <summary>Two epochs and three records behind the second, each record in a write of its own.</summary>
    private void Fill(bool closed)
    {
        StateStore store = Open(_disk);
        for (int epoch = 1; epoch <= 2; epoch++)
        {
            Append(store, "row of epoch " + epoch);
            Task committed = store.CommitAsync(epoch, epoch, _disk);
            _log.Add("|" + epoch);
            Assert.That(committed.IsCompletedSuccessfully, Is.True);
        }

        Append(store, "behind 1");
        Append(store, "behind 2");
        Append(store, "behind 3, somewhat longer than the others");
        if (closed)
        {
            Assert.That(store.Wal[0].TryAppendClose(out _), Is.True);
            Pump(_disk);
        }

        _disk.Restart(powerLost: true);
    }

    private void Append(StateStore store, string text)
    {
        Assert.That(store.Wal[0].TryAppendRows(StoreTools.Trades, _log.Count, 1, System.Text.Encoding.UTF8.GetBytes(text), out long sequence), Is.True);
        Pump(_disk);
        Assert.That(store.Wal[0].DurableSequence, Is.EqualTo(sequence));
        _log.Add(text);
    }
}
