using System.Diagnostics.Metrics;
using Laminar.Runtime.Cores;
using Laminar.Runtime.Epochs;
using Laminar.Runtime.Graph;

namespace Laminar.Runtime.Metrics;

/// <summary>
/// Counters of one runtime, readable at any time from any thread, and published as the meter "Laminar". Values are read without locks, so
/// figures of one moment may differ by the batches under way.
/// </summary>
public sealed class LaminarMetrics : IDisposable
{
    private readonly Meter _meter = new("Laminar");
    private readonly Histogram<double> _epochDuration;
    private StageGraph? _graph;
    private IReadOnlyList<Core> _cores = [];
    private IReadOnlyList<(string Name, Func<double> Fill)> _exchanges = [];
    private EpochCoordinator? _coordinator;

    internal LaminarMetrics()
    {
        _epochDuration = _meter.CreateHistogram<double>("laminar.epoch.duration", "ms", "From the barrier's injection to the commit.");
        _meter.CreateObservableCounter("laminar.source.rows", () => Sources.Select(s => Of(s.RowsIn, "source", s.Name)), "{row}");
        _meter.CreateObservableCounter("laminar.source.errors", () => Sources.Select(s => Of(s.ErrorRows, "source", s.Name)), "{row}");
        _meter.CreateObservableGauge("laminar.source.fill", () => Sources.Select(s => Of(s.Fill, "source", s.Name)), "1");
        _meter.CreateObservableGauge("laminar.source.watermark_lag", () => Sources.Select(s => Of(s.WatermarkLagMs, "source", s.Name)), "ms");
        _meter.CreateObservableCounter("laminar.query.rows_in", () => Queries.Select(q => Of(q.Statistics.RowsIn, "query", q.Name)), "{row}");
        _meter.CreateObservableCounter("laminar.query.rows_out", () => Queries.Select(q => Of(q.Statistics.RowsOut, "query", q.Name)), "{row}");
        _meter.CreateObservableCounter("laminar.query.late_rows", () => Queries.Select(q => Of(q.Statistics.LateRows, "query", q.Name)), "{row}");
        _meter.CreateObservableCounter("laminar.query.error_rows", () => Queries.Select(q => Of(q.Statistics.ErrorRows, "query", q.Name)), "{row}");
        _meter.CreateObservableGauge("laminar.query.state_bytes", () => Queries.Select(q => Of(q.Statistics.StateBytes, "query", q.Name)), "By");
        _meter.CreateObservableGauge("laminar.table.rows", () => Tables.Select(t => Of(t.Rows, "table", t.Name)), "{row}");
        _meter.CreateObservableGauge("laminar.exchange.fill", () => Exchanges.Select(e => Of(e.Fill, "exchange", e.Name)), "1");
        _meter.CreateObservableCounter("laminar.core.parks", () => Cores.Select(c => Of(c.Parks, "core", c.Index.ToString(System.Globalization.CultureInfo.InvariantCulture))));
    }

    /// <summary>Sources, one entry per partition's source summed; empty before the start.</summary>
    public IReadOnlyList<SourceMetrics> Sources =>
        _graph is null ? [] : [.. _graph.Sources.Where(s => s is { IsAdded: true, IsConstant: false }).Select(SourceMetrics.Of)];

    /// <summary>Reference tables; empty before the start.</summary>
    public IReadOnlyList<TableMetrics> Tables => _graph is null ? [] : [.. _graph.Tables.Select(t => new TableMetrics(t.Name, t.Rows, t.ErrorRows))];

    /// <summary>Queries, those that only feed others included; empty before the start.</summary>
    public IReadOnlyList<QueryMetrics> Queries => _graph is null ? [] : [.. _graph.Queries.Select(q => new QueryMetrics(q.Name, q.Statistics))];

    /// <summary>Cores; empty before the start.</summary>
    public IReadOnlyList<CoreMetrics> Cores => [.. _cores.Select(c => new CoreMetrics(c.Index, c.BusyPasses, c.Parks))];

    /// <summary>Exchanges between instances, with the share of the fullest ring in use, 0 to 1.</summary>
    public IReadOnlyList<ExchangeMetrics> Exchanges => [.. _exchanges.Select(e => new ExchangeMetrics(e.Name, e.Fill()))];

    /// <summary>Epochs committed in this run.</summary>
    public long EpochsCommitted => _coordinator?.Committed ?? 0;

    /// <summary>The last epoch committed in this run, or 0.</summary>
    public long LastEpoch => _coordinator?.LastEpoch ?? 0;

    /// <summary>From barrier to commit of the last epoch.</summary>
    public TimeSpan LastEpochDuration => _coordinator?.LastDuration ?? TimeSpan.Zero;

    /// <summary>Ends publishing; the properties keep answering.</summary>
    public void Dispose() => _meter.Dispose();

    internal void Attach(
        StageGraph graph, IReadOnlyList<Core> cores, IReadOnlyList<(string Name, Func<double> Fill)> exchanges, EpochCoordinator coordinator)
    {
        _cores = cores;
        _exchanges = exchanges;
        _coordinator = coordinator;
        _graph = graph;
        coordinator.OnCommitted = duration => _epochDuration.Record(duration.TotalMilliseconds);
    }

    private static Measurement<T> Of<T>(T value, string tag, string name)
        where T : struct => new(value, new KeyValuePair<string, object?>(tag, name));
}
