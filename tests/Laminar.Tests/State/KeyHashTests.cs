using Laminar.State;
using NUnit.Framework;

namespace Laminar.Tests.State;

/// <summary>Keys as people have them, in a table that is half full: how often a key must be looked for before it is found.</summary>
public sealed class KeyHashTests
{
    private const int Places = 8192;

    [TestCase("counted up", 1.0)]
    [TestCase("two runs that fall on each other", 2.0)]
    [TestCase("multiples of 1024", 2.5)]
    [TestCase("high halves only", 2.5)]
    [TestCase("random", 2.0)]
    [TestCase("a grid of two keys", 2.5)]
    public void KeysAreFoundSoon(string keys, double most)
    {
        var random = new Random(1);
        IEnumerable<uint> hashes = Enumerable.Range(0, Places / 2).Select(i => keys switch
        {
            "counted up" => KeyHash.Local(5_000_000L + i),
            "two runs that fall on each other" => KeyHash.Local(i % 2 == 0 ? i : (1L << 20) + i),
            "multiples of 1024" => KeyHash.Local(i * 1024L),
            "high halves only" => KeyHash.Local((long)i << 32),
            "random" => KeyHash.Local(random.NextInt64()),
            _ => KeyHash.Combine(KeyHash.Local(i / 64), KeyHash.Local(i % 64)),
        });
        bool[] taken = new bool[Places];
        long probes = 0;
        foreach (uint hash in hashes)
        {
            uint place = hash & (Places - 1);
            for (probes++; taken[place]; probes++)
            {
                place = KeyHash.Next(place, hash) & (Places - 1);
            }

            taken[place] = true;
        }

        Assert.That((double)probes / (Places / 2), Is.LessThanOrEqualTo(most));
    }
}
