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

    /// <summary>Used by <see cref="QueryHandleExtensions"/>, which check at compile time that the sink takes this kind of row.</summary>
    [System.ComponentModel.EditorBrowsable(System.ComponentModel.EditorBrowsableState.Never)]
    public abstract void AddSink(IConnectorSink<TRow> sink);
}
