using Apache.Arrow;
using Laminar.Interpreter.Database;

namespace Laminar;

/// <summary>A source of a <see cref="LaminarDatabase"/> that is pushed into. Serves several threads; rows of one call stay together.</summary>
public sealed class DatabaseSource
{
    private readonly DatabaseCore _core;

    internal DatabaseSource(DatabaseCore core, string name, Schema schema)
    {
        _core = core;
        Name = name;
        Schema = schema;
    }

    /// <summary>The SQL name.</summary>
    public string Name { get; }

    /// <summary>The columns of batches; they are matched by name, may be of other widths where values fit, and a nullable one may be left out.</summary>
    public Schema Schema { get; }

    /// <summary>
    /// Takes rows and runs them through every query, on the caller's thread. What the queries hold has changed when this returns; readers of subscriptions take what has come
    /// out when they please, at most <see cref="LaminarDatabaseOptions.SubscriptionRows"/>.
    /// </summary>
    /// <param name="batch">The rows. It may be reused afterwards.</param>
    /// <exception cref="StreamRowException">A row can't be computed with. That query has failed; the others have taken the rows.</exception>
    /// <exception cref="LaminarException">The batch doesn't fit the source (then nothing of it was taken), or the source has ended or was dropped.</exception>
    public void Push(RecordBatch batch) => _core.Push(Name, batch);

    /// <summary>Rows of a type with a schema (<c>[StreamSource]</c>); columns are matched by name.</summary>
    /// <inheritdoc cref="Push(RecordBatch)"/>
    public void Push<TRow>(ReadOnlySpan<TRow> rows)
        where TRow : IStreamRow<TRow>
    {
        var builder = new ArrowBatchBuilder<TRow>();
        foreach (ref readonly TRow row in rows)
        {
            builder.Add(in row);
        }

        using RecordBatch batch = builder.Build();
        Push(batch);
    }

    /// <summary>As <see cref="Push(RecordBatch)"/>, when every reader of a subscription has room: none is left behind, and one that doesn't read holds this up.</summary>
    /// <param name="batch">The rows.</param>
    /// <param name="cancellationToken">Gives up waiting; the rows weren't taken then.</param>
    public async Task PushAsync(RecordBatch batch, CancellationToken cancellationToken = default)
    {
        await _core.WhenReadersHaveRoomAsync(cancellationToken).ConfigureAwait(false);
        Push(batch);
    }

    /// <summary>Explicit progress: no row before this time comes any more. It never moves back.</summary>
    /// <param name="time">UTC, or local time with its kind.</param>
    public void AdvanceWatermark(DateTime time) => _core.AdvanceWatermark(Name, time);

    /// <summary>Completes when all that was pushed so far is durable; at once without a data directory.</summary>
    /// <exception cref="LaminarException">The disk failed.</exception>
    public Task FlushAsync(CancellationToken cancellationToken = default) => _core.FlushAsync(cancellationToken);

    /// <summary>Rows taken since the source was made, those before a restart included: behind them a producer goes on after a crash.</summary>
    public long Rows => _core.RowsOf(Name);

    /// <summary>The end of the source. When every source of a query has ended its windows close, and its subscriptions end.</summary>
    public void Complete() => _core.Complete(Name);
}
