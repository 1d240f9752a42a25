using Apache.Arrow;
using Laminar.Interpreter.Database.Catalog;
using Laminar.Interpreter.Database.Connectors;
using Laminar.Interpreter.Database.Durability;
using Laminar.Interpreter.Database.Flow;
using Laminar.Interpreter.Database.Statements;
using Laminar.Sql.Catalog;
using Laminar.Sql.Diagnostics;
using Laminar.Sql.Syntax;

namespace Laminar.Interpreter.Database;

/// <summary>What a database does, one call at a time: the lock that makes its surface serve several threads is here.</summary>
internal sealed partial class DatabaseCore
{
    private readonly Lock _gate = new();
    private readonly LaminarDatabaseOptions _options;
    private readonly DatabaseGraph _graph;
    private readonly ConnectorCatalog _connectors;
    private DatabaseCatalog _catalog;
    private TaskCompletionSource _room = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private bool _closed;

    public DatabaseCore(LaminarDatabaseOptions options)
    {
        _options = options;
        _graph = new DatabaseGraph(options.TimeProvider);
        _catalog = new DatabaseCatalog([], Functions(options));
        var variables = new LaminarOptions();
        foreach ((string name, string value) in options.Variables)
        {
            variables.Variables[name] = value;
        }

        _connectors = new ConnectorCatalog([.. options.Connectors], new PipelineVariables(variables));
        if (options.DataDirectory is { } directory)
        {
            _store = new DatabaseStore(directory);
        }
    }

    /// <summary>Checks a script whole, then does it. What it makes is durable when this completes.</summary>
    /// <exception cref="LaminarSqlException">It is wrong; nothing was done.</exception>
    public async Task<StatementResults> ExecuteAsync(string sql, IReadOnlyDictionary<string, object?> parameters)
    {
        var answers = new List<Func<RecordBatch>>();
        IReadOnlyList<SqlError> findings;
        bool isChanged;
        bool isInserted;
        lock (_gate)
        {
            (IReadOnlyList<Step> steps, DiagnosticBag diagnostics) = Plan(sql, parameters);
            Dictionary<AnswerStep, Func<Func<RecordBatch>>> prepared = Prepare(steps, sql, diagnostics);
            using Openings openings = Open(steps, diagnostics);
            findings = SqlError.Of(SqlErrors(diagnostics), sql);
            if (diagnostics.HasErrors)
            {
                throw new LaminarSqlException(findings);
            }

            foreach (Step step in steps)
            {
                if (step is InsertStep insert)
                {
                    Insert(insert);
                }

                Do(step, openings, begins: true);
                if (step is AnswerStep asked)
                {
                    // What a SELECT reads is taken at its place in the script; it is computed without the lock.
                    answers.Add(prepared[asked]());
                }
            }

            isChanged = steps.Any(s => s is not (AnswerStep or InsertStep));
            isInserted = steps.Any(s => s is InsertStep);
            StartReading();
            _graph.Settle();
        }

        if (isChanged && _store is not null)
        {
            await CheckpointAsync(CancellationToken.None).ConfigureAwait(false);
        }
        else if (isInserted)
        {
            await FlushAsync(CancellationToken.None).ConfigureAwait(false);
        }

        return new StatementResults([.. answers.Select(a => a())], [.. findings.Where(f => !f.IsError)]);
    }

    /// <summary>What there is to say about a script, without doing it.</summary>
    public IReadOnlyList<SqlError> Check(string sql)
    {
        lock (_gate)
        {
            (IReadOnlyList<Step> steps, DiagnosticBag diagnostics) = Plan(sql, new Dictionary<string, object?>());
            Prepare(steps, sql, diagnostics);
            return SqlError.Of(SqlErrors(diagnostics), sql);
        }
    }

    /// <exception cref="LaminarException">There is no such source, or a connector reads it.</exception>
    public DatabaseSource Source(string name)
    {
        lock (_gate)
        {
            SourceFlow source = Pushed(name);
            return new DatabaseSource(this, source.Name, source.Shape.Schema);
        }
    }

    public void Push(string name, RecordBatch batch) => Run(() =>
    {
        SourceFlow source = Pushed(name);
        if (source.IsComplete)
        {
            throw new LaminarException($"The source {source.Name} has ended and takes no more rows.");
        }

        ErrorPolicy policy = ConnectorCatalog.PolicyOf(((SourceObject)_catalog.Object(name)!).Compiled);
        foreach (RecordBatch part in BatchCheck.Sound(batch, source.Shape.Rows, policy, _ => source.ErrorRows++))
        {
            _store?.Log(source, part);
            source.Push(part);
        }
    });

    public void AdvanceWatermark(string name, DateTime time) => Run(() =>
    {
        SourceFlow source = Pushed(name);
        bool isMilliseconds = source.Relation.Watermark is { } declared && !source.Relation.Columns[declared.ColumnIndex].Type.IsTimestamp;
        long watermark = isMilliseconds ? Execution.RowTime.ToMilliseconds(time) : Execution.RowTime.ToTicks(time);
        _store?.LogWatermark(source, watermark);
        source.Advance(watermark);
    });

    public void Complete(string name) => Run(() =>
    {
        SourceFlow source = Pushed(name);
        if (!source.IsComplete)
        {
            _store?.LogEnd(source, 0);
            source.Complete(0);
        }
    });

    public long RowsOf(string name)
    {
        lock (_gate)
        {
            return Pushed(name).RowsIn;
        }
    }

    public async Task FlushAsync(CancellationToken cancellationToken)
    {
        if (_store is not null)
        {
            await _store.WhenDurableAsync(cancellationToken).ConfigureAwait(false);
        }
    }

    public void AdvanceProcessingTime(DateTime now) => Run(() => _graph.AdvanceClock(now));

    /// <exception cref="LaminarException">There is no such stream or view, or it has failed.</exception>
    public BatchSubscription Subscribe(string name, CancellationToken cancelled)
    {
        lock (_gate)
        {
            ThrowIfClosed();
            QueryFlow query = _graph.Query(name) ?? throw NotHere(name, "stream or materialized view");
            if (query.Failure is { } failure)
            {
                throw new LaminarException($"{query.Name} has failed: {failure.Message}", failure);
            }

            var subscription = new BatchSubscription(query.Name, _options.SubscriptionRows, ended =>
            {
                lock (_gate)
                {
                    _graph.Unsubscribe(query, ended);
                }
            })
            {
                Taken = SignalRoom,
                Cancelled = cancelled,
            };
            _graph.Subscribe(query, subscription);
            return subscription;
        }
    }

    public async Task WhenReadersHaveRoomAsync(CancellationToken cancellationToken)
    {
        while (true)
        {
            Task room;
            lock (_gate)
            {
                if (!_graph.HasFullReaders)
                {
                    return;
                }

                room = _room.Task;
            }

            await room.WaitAsync(cancellationToken).ConfigureAwait(false);
        }
    }

    private static ClrFunctions Functions(LaminarDatabaseOptions options) =>
        options.Functions.Count == 0 ? ClrFunctions.None : FunctionLibrary.Of([.. options.Functions.SelectMany(a => a.GetTypes())]);

    private static IEnumerable<SqlDiagnostic> SqlErrors(DiagnosticBag diagnostics) => diagnostics.OrderBy(d => d.Span.Start);

    private (IReadOnlyList<Step> Steps, DiagnosticBag Diagnostics) Plan(string sql, IReadOnlyDictionary<string, object?> parameters)
    {
        ThrowIfClosed();
        var diagnostics = new DiagnosticBag();
        ParseResult<ScriptSyntax> parsed = SqlParser.ParseScript(sql, written => ParameterValues.Find(written, parameters));
        foreach (SqlDiagnostic found in parsed.Diagnostics)
        {
            diagnostics.Add(found);
        }

        IReadOnlyList<Step> steps = diagnostics.HasErrors ? [] : new ScriptPlanner(sql, _catalog, _graph.IsGone, _connectors, diagnostics).Plan(parsed.Root.Statements);
        return (steps, diagnostics);
    }

    private Dictionary<AnswerStep, Func<Func<RecordBatch>>> Prepare(IReadOnlyList<Step> steps, string sql, DiagnosticBag diagnostics)
    {
        var answers = new Answers(sql, _graph, diagnostics, _options.TimeProvider) { CodeGenerator = _options.CodeGenerator };
        var prepared = new Dictionary<AnswerStep, Func<Func<RecordBatch>>>(ReferenceEqualityComparer.Instance);
        foreach (AnswerStep step in steps.OfType<AnswerStep>())
        {
            if (answers.Prepare(step) is { } answer)
            {
                prepared.Add(step, answer);
            }
        }

        return prepared;
    }

    /// <summary>A call that moves rows or time.</summary>
    private void Run(Action action)
    {
        lock (_gate)
        {
            ThrowIfClosed();
            action();
            _graph.Settle();
        }
    }

    private SourceFlow Pushed(string name)
    {
        ThrowIfClosed();
        SourceFlow source = _graph.Source(name) is { } found && _catalog.Object(name) is SourceObject { IsOfTable: false } ? found : throw NotHere(name, "source");
        return _readings.ContainsKey(source) ? throw new LaminarException($"The source {source.Name} is read by its connector and can't be pushed into.") : source;
    }

    private LaminarException NotHere(string name, string what) => new(
        _catalog.Object(name) is { } other ? $"{other.Name} is a {other.What}, not a {what}." : ScriptPlanner.Unknown(_catalog, what, name, default).Message + ".");

    private void SignalRoom()
    {
        lock (_gate)
        {
            _room.TrySetResult();
            _room = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        }
    }

    private void ThrowIfClosed() => ObjectDisposedException.ThrowIf(_closed, typeof(LaminarDatabase));
}
