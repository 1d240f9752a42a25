using Laminar.Runtime.Views;
using NUnit.Framework;

namespace Laminar.Runtime.Tests;

/// <summary>The table of a view beside a list of what should be in it, and versions of it that must stay as they were.</summary>
public sealed class ViewTableTests
{
    [TestCase(1, 200_000, 5_000)]
    [TestCase(2, 50_000, 60_000)]
    [TestCase(3, 20_000, 3)]
    public void Rows_are_found_and_versions_stay_as_they_were(int seed, int steps, int keys)
    {
        var random = new Random(seed);
        var table = new ViewTable<(int Key, int Value)>();
        var slots = new Dictionary<int, List<int>>();
        var expected = new Dictionary<int, List<int>>();
        var versions = new List<(ViewVersion<(int Key, int Value)> Version, string Content)>();
        for (int step = 0; step < steps; step++)
        {
            int key = random.Next(keys);
            List<int> at = slots.TryGetValue(key, out List<int>? known) ? known : slots[key] = [];
            List<int> values = expected.TryGetValue(key, out List<int>? had) ? had : expected[key] = [];
            int of = at.Count == 0 ? -1 : random.Next(at.Count);
            switch (random.Next(5))
            {
                case 0 or 1 when at.Count < 4:
                    at.Add(table.Add((key, step), Hash(key), linked: true));
                    values.Add(step);
                    break;
                case 2 when of >= 0:
                    table.Replace(at[of], (key, step));
                    values[of] = step;
                    break;
                case 3 when of >= 0:
                    table.Remove(at[of], linked: true);
                    at.RemoveAt(of);
                    values.RemoveAt(of);
                    break;
            }

            if (random.Next(steps / 8) == 0)
            {
                ViewVersion<(int Key, int Value)> version = table.Fork();
                versions.Add((version, Content(version)));
            }
        }

        Assert.That(table.Count, Is.EqualTo(expected.Values.Sum(v => v.Count)));
        foreach ((int key, List<int> values) in expected)
        {
            Assert.That(Find(table.Current, key), Is.EqualTo(values), $"key {key}: newest first in the chain, so oldest first here");
        }

        Assert.That(versions, Is.Not.Empty);
        foreach ((ViewVersion<(int Key, int Value)> version, string content) in versions)
        {
            Assert.That(Content(version), Is.EqualTo(content));
        }
    }

    [Test]
    public void A_fork_of_an_empty_table_finds_nothing()
    {
        var table = new ViewTable<(int Key, int Value)>();
        Assert.That(Find(table.Fork(), 1), Is.Empty);
        table.Add((1, 2), Hash(1), linked: true);
        Assert.That(Find(table.Current, 1), Is.EqualTo(new[] { 2 }));
    }

    private static int Hash(int key) => unchecked(key * -1640531527);

    private static List<int> Find(ViewVersion<(int Key, int Value)> version, int key)
    {
        var found = new List<int>();
        for (int slot = version.First(Hash(key)); slot >= 0; slot = version.At(slot).Next)
        {
            if (version.At(slot).Row.Key == key)
            {
                found.Add(version.At(slot).Row.Value);
            }
        }

        found.Reverse();
        return found;
    }

    /// <summary>Every row by its slot, and every row again as it is found.</summary>
    private static string Content(ViewVersion<(int Key, int Value)> version)
    {
        var rows = new List<(int Key, int Value)>();
        for (int slot = 0; slot < version.Slots; slot++)
        {
            if (version.At(slot).Previous != ViewSlot<(int Key, int Value)>.Free)
            {
                rows.Add(version.At(slot).Row);
            }
        }

        Assert.That(rows, Has.Count.EqualTo(version.Count));
        string found = string.Join(' ', rows.Select(r => r.Key).Distinct().Select(key => $"{key}:{string.Join('+', Find(version, key))}"));
        return string.Join(' ', rows) + found;
    }
}
