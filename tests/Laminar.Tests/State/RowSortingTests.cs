using Laminar.State;
using NUnit.Framework;

namespace Laminar.Tests.State;

public sealed class RowSortingTests
{
    [Test]
    public void Rows_come_in_order_whatever_they_were([Values(0, 1, 2, 3, 16, 17, 100, 5000)] int count, [Values(1, 3, 1000, int.MaxValue)] int distinct)
    {
        var random = new Random(count + distinct);
        int[] rows = [.. Enumerable.Range(0, count).Select(_ => random.Next(distinct))];
        foreach (int[] input in new[] { rows, [.. rows.Order()], [.. rows.OrderDescending()] })
        {
            int[] sorted = [.. input];
            RowSorting.Sort<int, Ascending>(sorted);
            Assert.That(sorted, Is.EqualTo(input.Order()));
        }
    }

    [Test]
    public void What_makes_the_median_of_three_fail_is_sorted_all_the_same()
    {
        // Musser's killer sequence: the median of first, middle and last is always one of the two least.
        const int count = 1 << 12;
        int[] rows = [.. Enumerable.Range(1, count / 2).Select(i => i % 2 == 1 ? i : (count / 2) + i - 1), .. Enumerable.Range(1, count / 2).Select(i => 2 * i)];
        int[] sorted = [.. rows];
        Counting.Count = 0;
        RowSorting.Sort<int, Counting>(sorted);
        Assert.That(sorted, Is.EqualTo(rows.Order()));
        Assert.That(Counting.Count, Is.LessThan(40 * count * 12), "comparisons grow with n log n");
    }

    private readonly struct Ascending : IRowOrder<int>
    {
        public static int Compare(in int a, in int b) => a.CompareTo(b);
    }

    private readonly struct Counting : IRowOrder<int>
    {
        [ThreadStatic]
        public static long Count;

        public static int Compare(in int a, in int b)
        {
            Count++;
            return a.CompareTo(b);
        }
    }
}
