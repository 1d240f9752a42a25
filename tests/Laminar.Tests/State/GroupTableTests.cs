using System.Buffers;
using Laminar.State;
using NUnit.Framework;

namespace Laminar.Tests.State;

/// <summary>The table against dictionaries, through growth, freed blocks and snapshots.</summary>
public sealed class GroupTableTests
{
    [TestCase(1, 50, 4)]
    [TestCase(2, 3_000, 12)]
    [TestCase(3, 100_000, 3)]
    public void HoldsWhatDictionariesHold(int seed, int keys, int liveBlocks)
    {
        TestContext.Out.WriteLine($"seed {seed}");
        var random = new Random(seed);
        using var table = new GroupTable<LongEntry>();
        var model = new SortedDictionary<long, Dictionary<long, long>>();
        var order = new Dictionary<long, List<long>>();
        for (int step = 0; step < 200_000; step++)
        {
            long block = (step / 8_000) + random.Next(liveBlocks);
            long key = random.Next(4) == 0 ? (long)random.Next(keys) << 20 : random.Next(keys);
            LongEntry.Add(table, block, key);
            Dictionary<long, long> counts = model.TryGetValue(block, out Dictionary<long, long>? known) ? known : model[block] = [];
            if (counts.TryAdd(key, 0))
            {
                (order.TryGetValue(block, out List<long>? list) ? list : order[block] = []).Add(key);
            }

            counts[key]++;
            if (step % 4_000 == 3_999 && table.Count > liveBlocks / 2)
            {
                long first = model.Keys.First();
                Assert.That(table[0].Number, Is.EqualTo(first));
                CheckBlock(table[0], model[first], order[first]);
                table.RemoveFirst();
                model.Remove(first);
                order.Remove(first);
            }
        }

        CheckAll(table, model, order);
        using var restored = new GroupTable<LongEntry>();
        Copy(table, restored);
        CheckAll(restored, model, order);
        while (restored.Count > 0)
        {
            restored.RemoveFirst();
        }

        LongEntry.Add(restored, 1, 1);
        Assert.That(restored[0][0].Count, Is.EqualTo(1), "what was forgotten is used again, empty");
    }

    [Test]
    public void ARestoredTableGoesOnLikeTheOriginal()
    {
        using var one = new GroupTable<LongEntry>();
        for (int i = 0; i < 500; i++)
        {
            LongEntry.Add(one, i / 100, i * 3);
        }

        one.RemoveFirst();
        using var two = new GroupTable<LongEntry>();
        Copy(one, two);
        for (int i = 0; i < 700; i++)
        {
            LongEntry.Add(one, 3, i);
            LongEntry.Add(two, 3, i);
        }

        for (int i = 0; i < 700; i++)
        {
            Assert.That(LongEntry.Find(two.Find(3)!, i), Is.EqualTo(LongEntry.Find(one.Find(3)!, i)), "slots are stable over a snapshot");
        }
    }

    [Test]
    public void FewEntriesInARoomyBlockAreForgottenOneByOne()
    {
        using var table = new GroupTable<LongEntry>();
        for (int key = 0; key < 10_000; key++)
        {
            LongEntry.Add(table, 0, key);
        }

        for (int round = 1; round < 50; round++)
        {
            // Keys that collide: the same place in the index, and the ones behind it.
            table.RemoveFirst();
            for (long key = 0; key < 40; key++)
            {
                LongEntry.Add(table, round, (key % 5) + ((key / 5) << 40));
            }

            Assert.That(table[0].Count, Is.EqualTo(40));
            Assert.That(LongEntry.Find(table[0], 7), Is.EqualTo(-1));
        }
    }

    [Test]
    public void ManyBlocksStayFast()
    {
        // A year of hours without a watermark.
        using var table = new GroupTable<LongEntry>();
        for (int block = 0; block < 50_000; block++)
        {
            LongEntry.Add(table, block * 7L, 1);
        }

        Assert.That(table.Count, Is.EqualTo(50_000));
        Assert.That(LongEntry.Find(table.Find(7L * 49_999)!, 1), Is.Zero);
        Assert.That(table.Find(3), Is.Null);
        Assert.That(table.Bytes, Is.LessThan(50_000 * 256L), "a block with one entry is small");
    }

    [Test]
    public async Task TheMemoryHeldCanBeAskedForWhileBlocksComeAndGo()
    {
        using var table = new GroupTable<LongEntry>();
        bool done = false;
        Task<long> asking = Task.Run(() =>
        {
            long most = 0;
            while (!Volatile.Read(ref done))
            {
                most = Math.Max(most, table.Bytes);
            }

            return most;
        });
        for (int block = 0; block < 100_000; block++)
        {
            LongEntry.Add(table, block, block);
            if (table.Count > 50)
            {
                table.RemoveFirst();
            }
        }

        Volatile.Write(ref done, true);
        Assert.That(await asking, Is.Not.Negative);
    }

    private static void Copy(GroupTable<LongEntry> from, GroupTable<LongEntry> to)
    {
        var bytes = new ArrayBufferWriter<byte>();
        var writer = new StateWriter(bytes, "q", "layout");
        from.Save(writer);
        writer.Finish();
        var reader = new StateReader(new ReadOnlySequence<byte>(bytes.WrittenMemory), "q", "layout");
        to.Load(reader);
        reader.Finish();
    }

    private static void CheckAll(GroupTable<LongEntry> table, SortedDictionary<long, Dictionary<long, long>> model, Dictionary<long, List<long>> order)
    {
        Assert.That(Enumerable.Range(0, table.Count).Select(i => table[i].Number), Is.EqualTo(model.Keys));
        int position = 0;
        foreach ((long block, Dictionary<long, long> counts) in model)
        {
            CheckBlock(table[position++], counts, order[block]);
        }
    }

    private static void CheckBlock(GroupBlock<LongEntry> block, Dictionary<long, long> counts, List<long> order)
    {
        var keys = new List<long>();
        for (int slot = 0; slot < block.Count; slot++)
        {
            keys.Add(block[slot].Key);
            Assert.That(block[slot].Count, Is.EqualTo(counts[block[slot].Key]));
            Assert.That(LongEntry.Find(block, block[slot].Key), Is.EqualTo(slot));
        }

        Assert.That(keys, Is.EqualTo(order), "first sight first");
        Assert.That(LongEntry.Find(block, -1), Is.EqualTo(-1));
    }
}
