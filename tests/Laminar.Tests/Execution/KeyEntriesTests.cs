using Laminar.Execution;
using NUnit.Framework;

namespace Laminar.Tests.Execution;

public sealed class KeyEntriesTests
{
    [Test]
    public void Keys_come_and_go_as_in_a_dictionary([Values(1u, 1u << 16, 0x9E3779B1u)] uint stride, [Values(20, 3000)] int keys)
    {
        var random = new Random((int)(stride % 1000) + keys);
        var found = new KeyEntries();
        var expected = new Dictionary<uint, int>();
        for (int step = 0; step < 50_000; step++)
        {
            uint hash = (uint)random.Next(keys) * stride;
            switch (random.Next(3))
            {
                case 0:
                    int entry = found.FindOrAdd(hash);
                    Assert.That(expected.TryGetValue(hash, out int known) ? known : entry, Is.EqualTo(entry));
                    Assert.That(expected.Where(e => e.Value == entry).All(e => e.Key == hash), "an entry is of one key");
                    expected[hash] = entry;
                    break;
                case 1:
                    Assert.That(found.Find(hash), Is.EqualTo(expected.TryGetValue(hash, out int at) ? at : -1));
                    break;
                default:
                    if (expected.Remove(hash, out int gone))
                    {
                        found.Remove(gone);
                    }

                    break;
            }
        }

        Assert.That(expected.Values.Count == 0 || expected.Values.Max() < keys, "entries are used again");
    }
}
