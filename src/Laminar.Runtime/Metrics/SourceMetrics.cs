using Laminar.Runtime.Graph;

namespace Laminar.Runtime.Metrics;

/// <summary>Counters of one source, summed over its partitions.</summary>
/// <param name="Name">The SQL name.</param>
/// <param name="RowsIn">Rows taken, those of former runs over the same data directory included.</param>
/// <param name="ErrorRows">Rows that could not be decoded or logged and were skipped by policy.</param>
/// <param name="Fill">Share of the fullest partition's buffer in use, 0 to 1.</param>
/// <param name="WatermarkLagMs">How far the slowest partition's watermark is behind the wall clock, in ms; 0 without a watermark.</param>
public sealed record SourceMetrics(string Name, long RowsIn, long ErrorRows, double Fill, double WatermarkLagMs)
{
    internal static SourceMetrics Of(ISourceNode source)
    {
        if (source.Tasks.Count == 0)
        {
            return new SourceMetrics(source.Name, 0, 0, 0, 0);
        }

        long watermark = source.Tasks.Min(t => t.Watermark);
        double lag = watermark == long.MinValue ? 0
            : source.EventTimeUnit == EventTimeUnit.Ticks ? (DateTime.UtcNow.Ticks - watermark) / (double)TimeSpan.TicksPerMillisecond
            : DateTimeOffset.UtcNow.ToUnixTimeMilliseconds() - (double)watermark;
        return new SourceMetrics(
            source.Name, source.Tasks.Sum(t => t.RowsIn), source.Errors.Count, source.Tasks.Max(t => t.Fill), lag);
    }
}

/// <summary>Counters of one query.</summary>
/// <param name="Name">The SQL name.</param>
/// <param name="Statistics">Summed over its instances.</param>
public sealed record QueryMetrics(string Name, QueryStatistics Statistics);

/// <summary>Counters of one reference table.</summary>
/// <param name="Name">The SQL name.</param>
/// <param name="Rows">Rows in it now.</param>
/// <param name="ErrorRows">Rows of its connector that could not be decoded and were skipped by policy.</param>
public sealed record TableMetrics(string Name, int Rows, long ErrorRows);

/// <summary>Counters of one core.</summary>
/// <param name="Index">From 0.</param>
/// <param name="BusyPasses">Passes over its tasks that found work.</param>
/// <param name="Parks">Times it went to sleep.</param>
public sealed record CoreMetrics(int Index, long BusyPasses, long Parks);

/// <summary>One receiving end of an exchange.</summary>
/// <param name="Name">The query and stage behind it.</param>
/// <param name="Fill">Share of its fullest ring in use, 0 to 1.</param>
public sealed record ExchangeMetrics(string Name, double Fill);
