using Apache.Arrow;
using Laminar.Interpreter.Database;

namespace Laminar;

/// <summary>
/// Streaming SQL without a build step: sources, streams and materialized views are made, read and dropped at run time. The language is that of
/// <c>[StreamQuery]</c> and <c>[StreamPipeline]</c>, and so are the results; queries run interpreted, on the threads that push. Every member serves several threads:
/// calls come one after the other, and a SELECT is computed beside them over what it found.
/// </summary>
public sealed class LaminarDatabase : IAsyncDisposable
{
    private static readonly Dictionary<string, object?> NoParameters = [];

    private readonly DatabaseCore _core;

    private LaminarDatabase(DatabaseCore core) => _core = core;

    /// <summary>Opens a database; with a data directory, what is there goes on where it was.</summary>
    /// <exception cref="LaminarException">An option is out of its range, or the directory is in use, damaged, or holds what can't be made any more.</exception>
    public static LaminarDatabase Open(LaminarDatabaseOptions? options = null)
    {
        options ??= new LaminarDatabaseOptions();
        if (options.SubscriptionRows is < 1 or > 1_000_000_000)
        {
            throw new LaminarException($"SubscriptionRows is {options.SubscriptionRows}; it takes 1 to 1,000,000,000.");
        }

        if (options.CheckpointInterval < TimeSpan.Zero || options.CheckpointInterval > TimeSpan.FromDays(30))
        {
            throw new LaminarException($"CheckpointInterval is {options.CheckpointInterval}; it takes 0 to 30 days.");
        }

        var core = new DatabaseCore(options);
        try
        {
            core.Start();
        }
        catch
        {
            core.Abandon();
            throw;
        }

        return new LaminarDatabase(core);
    }

    /// <summary>
    /// Runs one statement or several with semicolons between them: CREATE SOURCE, STREAM, MATERIALIZED VIEW, SINK (OR REPLACE, IF NOT EXISTS), INSERT INTO a sink, DROP (IF EXISTS, CASCADE), SELECT, SHOW,
    /// DESCRIBE, EXPLAIN [DAG]. All of them are checked before any is done, so that a text with a mistake changes nothing. A query begins with what the views hold that it reads, and of
    /// sources and streams with the rows that come from now on; a source that a connector reads is read from when the first query does. With a data directory what was made is durable when this completes.
    /// </summary>
    /// <param name="sql">The statements.</param>
    /// <param name="cancellationToken">Looked at before it begins.</param>
    /// <returns>What those that answer have answered, and warnings.</returns>
    /// <exception cref="LaminarSqlException">What is wrong, and where.</exception>
    public Task<StatementResults> ExecuteAsync(string sql, CancellationToken cancellationToken = default) =>
        Task.Run(() => _core.ExecuteAsync(sql, NoParameters), cancellationToken);

    /// <summary>
    /// The rows of one SELECT over what the views hold now, or of SHOW, DESCRIBE or EXPLAIN. It is the query's result as of a batch: nothing is late, ORDER BY needs no LIMIT,
    /// and all that streaming queries can do can be done.
    /// </summary>
    /// <param name="sql">The statement, with parameters as <c>@name</c>.</param>
    /// <param name="parameters">Their values by name, without the @: numbers, text, times, UUID, bytes, null.</param>
    /// <param name="cancellationToken">Looked at before it begins.</param>
    /// <exception cref="LaminarSqlException">What is wrong, and where.</exception>
    /// <exception cref="StreamRowException">A row can't be computed with.</exception>
    public async Task<RecordBatch> QueryAsync(string sql, IReadOnlyDictionary<string, object?>? parameters = null, CancellationToken cancellationToken = default)
    {
        StatementResults results = await Task.Run(() => _core.ExecuteAsync(sql, parameters ?? NoParameters), cancellationToken).ConfigureAwait(false);
        return results.Batches is [var only] ? only : throw new LaminarException($"QueryAsync takes one statement that answers something, and this is {results.Batches.Count} of them; use ExecuteAsync.");
    }

    /// <summary>What is to be said about statements, errors and warnings, without doing them.</summary>
    public IReadOnlyList<SqlError> Check(string sql) => _core.Check(sql);

    /// <summary>A source to push into.</summary>
    /// <exception cref="LaminarException">There is no such source.</exception>
    public DatabaseSource Source(string name) => _core.Source(name);

    /// <summary>
    /// What comes out of a stream or view from this call on, as Arrow batches; of a view first the rows that it holds. Of a query whose rows change a text column <c>kind</c> comes first
    /// (<c>insert</c>, <c>update_before</c>, <c>update_after</c>, <c>delete</c>). It ends when the query's sources have ended or the database is disposed, and with an error when the query
    /// fails or is dropped, or when the reader is more than <see cref="LaminarDatabaseOptions.SubscriptionRows"/> behind. Read it once; batches are shared with other readers, so don't dispose them.
    /// </summary>
    /// <param name="name">The stream or view, or the late rows of one.</param>
    /// <param name="cancellationToken">Ends the reading.</param>
    /// <exception cref="LaminarException">There is no such stream or view, or it has failed.</exception>
    public IAsyncEnumerable<RecordBatch> Subscribe(string name, CancellationToken cancellationToken = default) => _core.Subscribe(name, cancellationToken);

    /// <summary>Says what the wall clock says: for EMIT EVERY ... PROCESSING TIME.</summary>
    public void AdvanceProcessingTime(DateTime now) => _core.AdvanceProcessingTime(now);

    /// <summary>Completes when every source that a connector reads has ended, and the sinks show what has come of it; at once when there is none.</summary>
    /// <exception cref="LaminarException">One can't be read, or a query or sink has failed meanwhile.</exception>
    public Task WaitForCompletionAsync(CancellationToken cancellationToken = default) => _core.WhenReadAsync(cancellationToken);

    /// <summary>Takes a checkpoint: completes when all that has come so far is durable (with a data directory) and visible in sinks.</summary>
    /// <exception cref="LaminarException">A sink or the disk has failed.</exception>
    public Task CheckpointAsync(CancellationToken cancellationToken = default) => _core.CheckpointAsync(cancellationToken);

    /// <summary>Takes a last checkpoint and ends every subscription; nothing can be asked afterwards.</summary>
    /// <exception cref="LaminarException">The last checkpoint couldn't be taken.</exception>
    public ValueTask DisposeAsync() => _core.CloseAsync();
}
