using System.ComponentModel;

namespace Laminar.Execution;

/// <summary>Between a query and the one that reads it, on one thread.</summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public static class RowCollectors
{
    /// <summary>Rows that go through the upper query at a time.</summary>
    public const int SliceRows = 1024;

    /// <summary>Runs what was collected through an operator and empties the collector.</summary>
    public static void HandOn<TRow>(RowCollector<TRow> collector, Operator<TRow> next)
    {
        if (collector.Count > 0)
        {
            try
            {
                next.Process(collector.Rows, collector.Watermarks, long.MaxValue);
            }
            finally
            {
                collector.Clear();
            }
        }

        if (collector.Watermark > long.MinValue && collector.Watermark < long.MaxValue)
        {
            next.AdvanceWatermark(collector.Watermark);
        }
    }
}
