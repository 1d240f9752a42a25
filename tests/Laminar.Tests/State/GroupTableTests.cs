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
            if (step % 4_000 == 3_999 && table.Blocks.Count > liveBlocks / 2)
            {
                long first = model.Keys.First();
                Assert.That(table.Blocks[table.Blocks.IdAt(0)].Number, Is.EqualTo(first));
                CheckBlock(table, 0, model[first], order[first]);
                table.RemoveBlock(table.Blocks.IdAt(0));
                model.Remove(first);
                order.Remove(first);
            }
        }

        CheckAll(table, model, order);
        using var restored = new GroupTable<LongEntry>();
        Copy(table, restored);
        CheckAll(restored, model, order);
        while (restored.Blocks.Count > 0)
        {
            restored.RemoveBlock(restored.Blocks.IdAt(restored.Blocks.Count / 2));
        }

        Assert.That(restored.Count, Is.Zero);
    }

    [Test]
    public void ARestoredTableGoesOnLikeTheOriginal()
    {
        using var one = new GroupTable<LongEntry>();
        for (int i = 0; i < 500; i++)
        {
            LongEntry.Add(one, i / 100, i * 3);
        }

        one.RemoveBlock(one.Blocks.IdAt(1));
        using var two = new GroupTable<LongEntry>();
        Copy(one, two);
        for (int i = 0; i < 700; i++)
        {
            LongEntry.Add(one, 7, i);
            LongEntry.Add(two, 7, i);
        }

        for (int i = 0; i < 700; i++)
        {
            Assert.That(LongEntry.Find(two, two.Blocks.Find(7), i), Is.EqualTo(LongEntry.Find(one, one.Blocks.Find(7), i)), "slots are stable over a snapshot");
        }
    }

    [Test]
    public void ManyBlocksWithTheSameKeyStayFast()
    {
        // A year of hours without a watermark: the salt keeps the entries of one key apart, or this would take minutes.
        using var table = new GroupTable<LongEntry>();
        for (int block = 0; block < 50_000; block++)
        {
            LongEntry.Add(table, block * 7L, 1);
        }

        Assert.That(table.Count, Is.EqualTo(50_000));
        Assert.That(LongEntry.Find(table, table.Blocks.Find(7L * 49_999), 1), Is.Not.Negative);
        Assert.That(table.Blocks.Find(3), Is.EqualTo(-1));
    }

    private static void Copy(GroupTable<LongEntry> from, GroupTable<LongEntry> to)
    {
        var writer = new StateWriter("q", "layout");
        from.Save(writer);
        var bytes = new ArrayBufferWriter<byte>();
        writer.Finish(bytes);
        var reader = new StateReader(new ReadOnlySequence<byte>(bytes.WrittenMemory), "q", "layout");
        to.Load(reader);
        reader.Finish();
    }

    private static void CheckAll(GroupTable<LongEntry> table, SortedDictionary<long, Dictionary<long, long>> model, Dictionary<long, List<long>> order)
    {
        Assert.That(Enumerable.Range(0, table.Blocks.Count).Select(i => table.Blocks[table.Blocks.IdAt(i)].Number), Is.EqualTo(model.Keys));
        Assert.That(table.Count, Is.EqualTo(model.Values.Sum(v => v.Count)));
        int position = 0;
        foreach ((long block, Dictionary<long, long> counts) in model)
        {
            CheckBlock(table, position++, counts, order[block]);
        }
    }

    private static void CheckBlock(GroupTable<LongEntry> table, int position, Dictionary<long, long> counts, List<long> order)
    {
        int id = table.Blocks.IdAt(position);
        var keys = new List<long>();
        for (int slot = table.Blocks[id].Head; slot >= 0; slot = table[slot].Head.Next)
        {
            keys.Add(table[slot].Key);
            Assert.That(table[slot].Count, Is.EqualTo(counts[table[slot].Key]));
            Assert.That(LongEntry.Find(table, id, table[slot].Key), Is.EqualTo(slot));
        }

        Assert.That(keys, Is.EqualTo(order), "first sight first");
        Assert.That(LongEntry.Find(table, id, -1), Is.EqualTo(-1));
    }
}
