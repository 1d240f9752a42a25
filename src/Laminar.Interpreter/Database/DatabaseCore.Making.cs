using Laminar.Interpreter.Database.Catalog;
using Laminar.Interpreter.Database.Connectors;
using Laminar.Interpreter.Database.Flow;
using Laminar.Interpreter.Database.Statements;
using Laminar.Sql;
using Laminar.Sql.Catalog;
using Laminar.Sql.Diagnostics;

namespace Laminar.Interpreter.Database;

/// <content>What statements make and drop, and what reads connectors.</content>
internal sealed partial class DatabaseCore
{
    private readonly Dictionary<SourceFlow, ConnectorReading> _readings = [];
    private TaskCompletionSource _read = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private ConnectorPump? _pump;
    private bool _isReading;

    /// <summary>Completes when every source that a connector reads has ended, and sinks have what has come of it.</summary>
    /// <exception cref="LaminarException">One can't be read, or a query or sink has failed meanwhile.</exception>
    public async Task WhenReadAsync(CancellationToken cancellationToken)
    {
        Task read;
        lock (_gate)
        {
            ThrowIfClosed();
            read = _pump is null ? Task.CompletedTask : _read.Task;
        }

        await read.WaitAsync(cancellationToken).ConfigureAwait(false);
    }

    /// <summary>Makes the connectors of what a script creates, before any of it is done: they say what is wrong with a path.</summary>
    private static Openings Open(IReadOnlyList<Step> steps, DiagnosticBag diagnostics)
    {
        var openings = new Openings();
        foreach (DatabaseObject made in diagnostics.HasErrors ? [] : steps.OfType<CreateStep>().SelectMany(s => s.Objects).Concat(steps.OfType<FeedStep>().Select(s => s.Sink)))
        {
            try
            {
                openings.Add(made);
            }
            catch (LaminarException error)
            {
                diagnostics.Report(DatabaseRules.ConnectorRefuses, made.NameSpan, made.Name, error.Message);
            }
        }

        return openings;
    }

    private void Do(Step step, Openings openings, bool begins)
    {
        switch (step)
        {
            case CreateStep create:
                Make(create, openings, begins);
                break;
            case FeedStep feed:
                SinkFlow sink = SinkOf(feed.Sink, openings, begins);
                int first = feed.Sink.Compiled.Feeds.Count - feed.Feeds.Count;
                _graph.Start(Feed(sink, feed.Feeds, first, feed.Catalog, _ => false, begins), begins);
                break;
            case DropStep drop:
                foreach (DatabaseObject gone in drop.Objects)
                {
                    if (_graph.Source(gone.Name) is { } source && _readings.Remove(source, out ConnectorReading? reading))
                    {
                        reading.Dispose();
                    }

                    _graph.Drop(gone);
                }

                break;
        }

        _catalog = step.Catalog;
    }

    private void Make(CreateStep create, Openings openings, bool begins)
    {
        var queries = new List<QueryFlow>();
        foreach (DatabaseObject made in create.Objects)
        {
            switch (made)
            {
                case SourceObject source:
                    ConnectorReader? reader = openings.TakeReader(source);
                    var flow = new SourceFlow(source.Compiled.Relation, reader?.Partitions ?? 1, _options.TimeProvider);
                    _graph.Add(flow);
                    if (reader is not null)
                    {
                        _readings.Add(flow, new ConnectorReading(flow, reader));
                    }

                    break;
                case StreamObject stream:
                    queries.AddRange(_graph.Add(stream, create.Catalog));
                    break;
                case SinkObject { Compiled.Feeds.Count: > 0 } sink:
                    queries.AddRange(Feed(SinkOf(sink, openings, begins), sink.Compiled.Feeds, 0, create.Catalog, n => queries.Exists(q => SqlName.Same(q.Name, n)), begins));
                    break;
            }
        }

        _graph.Start(queries, begins);
    }

    /// <summary>Joins a sink to what feeds it; of a view that was there before it begins with the rows that it holds.</summary>
    private IReadOnlyList<QueryFlow> Feed(SinkFlow sink, IReadOnlyList<CompiledFeed> feeds, int first, DatabaseCatalog catalog, Func<string, bool> isNew, bool begins)
    {
        foreach (CompiledFeed feed in begins ? feeds : [])
        {
            if (feed.Stream is { } stream && !isNew(stream) && _graph.Query(stream) is { View: { } view })
            {
                sink.Write([.. view.ToList().Select(row => (row, RowKind.Insert))]);
            }
        }

        return _graph.Feed(sink, feeds, first, catalog);
    }

    private SinkFlow SinkOf(SinkObject made, Openings openings, bool begins)
    {
        if (_graph.Sink(made.Name) is { } there)
        {
            return there;
        }

        var sink = new SinkFlow(made.Name, made.Compiled.Columns.Count, openings.TakeWriter(made)!);
        _graph.Add(sink);
        if (begins)
        {
            sink.Guarded(() => sink.Writer.Recover(0, []));
        }

        return sink;
    }

    /// <summary>A source is read from when something reads it.</summary>
    private void StartReading()
    {
        if (_readings.Values.Any(r => r.IsActive))
        {
            if (!_isReading)
            {
                _isReading = true;
                _read = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
            }

            _pump ??= new ConnectorPump(ReadSome);
            foreach (ConnectorReading reading in _readings.Values)
            {
                reading.Reader.Woken = _pump.Wake;
            }

            _pump.Wake();
        }
    }

    /// <summary>Reads a batch of each source that a connector reads.</summary>
    private bool ReadSome()
    {
        bool progress = false;
        ConnectorReading[] active;
        lock (_gate)
        {
            active = _closed ? [] : [.. _readings.Values.Where(r => r.IsActive)];
        }

        foreach (ConnectorReading reading in active)
        {
            lock (_gate)
            {
                progress |= !_closed && reading.IsActive && ReadSome(reading);
            }
        }

        bool isDone;
        lock (_gate)
        {
            isDone = !_closed && _isReading && !_readings.Values.Any(r => r.IsActive);
            _isReading &= !isDone;
        }

        if (isDone)
        {
            EndReading();
        }

        return progress;
    }

    private bool ReadSome(ConnectorReading reading)
    {
        bool isLogged = _store is not null && !reading.Reader.IsReplayable;
        try
        {
            bool progress = reading.Step(
                isLogged ? (partition, rows) => _store!.Log(reading.Flow, partition, rows) : null,
                isLogged ? partition => _store!.LogEnd(reading.Flow, partition) : null);
            _graph.Settle();
            return progress;
        }
        catch (LaminarException error)
        {
            // Whoever waits for the end is told at once; what hasn't failed is read on.
            _read.TrySetException(error);
            if (reading.Failure is { } broken)
            {
                _graph.Fail(reading.Flow, broken);
            }

            return true;
        }
    }

    private void EndReading()
    {
        try
        {
            // What has come of the rows becomes visible with an epoch.
            CheckpointAsync(CancellationToken.None).GetAwaiter().GetResult();
            _read.TrySetResult();
        }
        catch (LaminarException error)
        {
            _read.TrySetException(error);
        }
    }
}
