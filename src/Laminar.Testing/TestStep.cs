namespace Laminar.Testing;

/// <summary>What a query gets at once: a restart if any, a watermark or what the wall clock says if any, then rows.</summary>
internal sealed record TestStep<TSource>(bool Restarts, DateTime? Watermark, TSource[] Rows)
{
    public DateTime? Clock { get; init; }

    /// <summary>The input cut into batches.</summary>
    /// <param name="events">What went in.</param>
    /// <param name="size">Rows of a batch at most.</param>
    /// <param name="restart">The row before which the query is saved and restored, or -1.</param>
    public static IEnumerable<TestStep<TSource>> Cut(IReadOnlyList<TestEvent<TSource>> events, int size, int restart)
    {
        var rows = new List<TSource>();
        int row = 0;
        foreach (TestEvent<TSource> each in events)
        {
            bool restarts = each.IsRow && row == restart;
            if (rows.Count > 0 && (!each.IsRow || restarts || rows.Count == size))
            {
                yield return new TestStep<TSource>(false, null, [.. rows]);
                rows.Clear();
            }

            if (!each.IsRow || restarts)
            {
                yield return new TestStep<TSource>(restarts, each.Watermark, []) { Clock = each.Clock };
            }

            if (each.IsRow)
            {
                rows.Add(each.Row);
                row++;
            }
        }

        if (rows.Count > 0)
        {
            yield return new TestStep<TSource>(false, null, [.. rows]);
        }
    }
}
