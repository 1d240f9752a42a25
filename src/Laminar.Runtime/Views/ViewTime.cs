namespace Laminar.Runtime.Views;

/// <summary>The event time that rows of a view are retained by.</summary>
internal static class ViewTime
{
    /// <summary>The column's ordinal.</summary>
    /// <exception cref="LaminarException">There is none.</exception>
    public static int Ordinal(QueryInfo info)
    {
        for (int i = 0; i < info.Schema.Columns.Count; i++)
        {
            if (info.Schema.Columns[i].Name == info.View.EventTime)
            {
                return i;
            }
        }

        throw new LaminarException(
            $"View {info.Name}: RetainFor is event time, and the query's rows have none. Select the event time or a window's, or bound the view otherwise (ORDER BY ... LIMIT n).");
    }

    /// <summary>How long rows are kept, in the unit of that column.</summary>
    /// <exception cref="LaminarException">It is out of its range.</exception>
    public static long Retained(QueryInfo info, TimeSpan retained)
    {
        if (retained <= TimeSpan.Zero || retained > TimeSpan.FromDays(36_525))
        {
            throw new LaminarException($"View {info.Name}: RetainFor is {retained}; more than 0 and at most 100 years are allowed, or null for ever.");
        }

        return info.Schema.Columns[Ordinal(info)].Type == ColumnType.Int64 ? Math.Max(1, retained.Ticks / TimeSpan.TicksPerMillisecond) : retained.Ticks;
    }
}
