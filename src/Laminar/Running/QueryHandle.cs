using System.Threading.Channels;
using Apache.Arrow;

namespace Laminar;

/// <summary>A query of a runtime: bind sinks and readers to it.</summary>
/// <typeparam name="TRow">The query's row.</typeparam>
public abstract class QueryHandle<TRow>
    where TRow : IStreamRow<TRow>
{
    /// <summary>The query's text, plan and fingerprint.</summary>
    public abstract QueryInfo Info { get; }

    /// <summary>Counters, summed over cores.</summary>
    public abstract QueryStatistics Statistics { get; }

    /// <summary>
    /// Rows as they come, until the runtime stops or the input ends. A reader sees rows before their epoch commits and, after a crash, again,
    /// unless <paramref name="committed"/>.
    /// </summary>
    public abstract IAsyncEnumerable<TRow> ReadAllAsync(bool committed = false, CancellationToken cancellationToken = default);

    /// <inheritdoc cref="ReadAllAsync(bool, CancellationToken)"/>
    public IAsyncEnumerable<TRow> ReadAllAsync(CancellationToken cancellationToken) => ReadAllAsync(false, cancellationToken);

    /// <summary>The same rows through a channel.</summary>
    public abstract ChannelReader<TRow> GetReader(bool committed = false);

    /// <summary>The same rows as Arrow batches of up to <paramref name="maxRows"/>.</summary>
    public abstract IAsyncEnumerable<RecordBatch> ReadBatchesAsync(int maxRows = 8192, CancellationToken cancellationToken = default);

    /// <summary>Calls back for every row, on a core's thread. Dispose to end it.</summary>
    public abstract IDisposable Subscribe(Action<TRow> callback);

    /// <summary>
    /// Keeps the query's current rows, so that they can be read from C# at any time: <see cref="Scan"/>, and <see cref="KeyedQueryHandle{TRow, TKey}.Lookup"/> where the result has a key.
    /// They are part of the state: saved with each epoch and there again after a restart. Before <see cref="ILaminarRuntime.StartAsync"/>; what <c>CREATE MATERIALIZED VIEW</c> does in a pipeline.
    /// </summary>
    /// <param name="options">How much is kept; the defaults if null.</param>
    /// <returns>This handle.</returns>
    /// <exception cref="LaminarException">
    /// The runtime has started; the query was kept with other options; an option is out of its range; or changes don't tell the rows that they replace and the result has no key.
    /// </exception>
    public abstract QueryHandle<TRow> Keep(ViewOptions? options = null);

    /// <summary>As <see cref="Keep"/>, with a key of the caller's own, which several rows may have.</summary>
    /// <typeparam name="TKey">Compared by <see cref="EqualityComparer{T}.Default"/>: a column's type or a tuple of some.</typeparam>
    /// <param name="key">The key of a row: the same for the same row, always. Called on the cores that run the query and by who reads.</param>
    /// <param name="options">How much is kept; the defaults if null.</param>
    /// <exception cref="LaminarException">As of <see cref="Keep"/>; also for EMIT ON UPDATE and EVERY, whose rows only the query's own key tells apart.</exception>
    public abstract KeyedQueryHandle<TRow, TKey> KeepBy<TKey>(Func<TRow, TKey> key, ViewOptions? options = null);

    /// <summary>
    /// All rows of a kept query. From any thread, from <see cref="ILaminarRuntime.StartAsync"/> on, also when the runtime has stopped. Costs as much as a copy of a table of pages, not of
    /// the rows: those are read while the caller goes through them, and a core that changes a page meanwhile copies it first.
    /// </summary>
    /// <param name="committed">
    /// True: as of the last committed epoch, the same on every core, and the same again after a crash. False: of each core as of the end of some batch that it has just processed.
    /// </param>
    /// <exception cref="LaminarException">The query isn't kept.</exception>
    public abstract ViewRows<TRow> Scan(bool committed = false);

    /// <summary>Used by <see cref="QueryHandleExtensions"/>, which check at compile time that the sink takes this kind of row.</summary>
    [System.ComponentModel.EditorBrowsable(System.ComponentModel.EditorBrowsableState.Never)]
    public abstract void AddSink(IConnectorSink<TRow> sink);
}
