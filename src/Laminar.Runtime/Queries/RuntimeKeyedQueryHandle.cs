using System.Threading.Channels;
using Apache.Arrow;
using Laminar.Runtime.Graph;

namespace Laminar.Runtime.Queries;

/// <summary>The user's end of a query whose rows have a key: the other one, and what can be asked by the key.</summary>
internal sealed class RuntimeKeyedQueryHandle<TRow, TKey>(QueryNode<TRow> query, QueryHandle<TRow> plain, Func<TRow, TKey> key) : KeyedQueryHandle<TRow, TKey>, IQueryEnd
    where TRow : IStreamRow<TRow>
{
    public IQueryNode Query => query;

    public override QueryInfo Info => plain.Info;

    public override QueryStatistics Statistics => plain.Statistics;

    public override IAsyncEnumerable<TRow> ReadAllAsync(bool committed = false, CancellationToken cancellationToken = default) => plain.ReadAllAsync(committed, cancellationToken);

    public override ChannelReader<TRow> GetReader(bool committed = false) => plain.GetReader(committed);

    public override IAsyncEnumerable<RecordBatch> ReadBatchesAsync(int maxRows = 8192, CancellationToken cancellationToken = default) => plain.ReadBatchesAsync(maxRows, cancellationToken);

    public override IDisposable Subscribe(Action<TRow> callback) => plain.Subscribe(callback);

    public override void AddSink(IConnectorSink<TRow> sink) => plain.AddSink(sink);

    public override KeyedQueryHandle<TRow, TKey> Keep(ViewOptions? options = null)
    {
        query.Views.Keep(key, options);
        return this;
    }

    public override KeyedQueryHandle<TRow, TOther> KeepBy<TOther>(Func<TRow, TOther> other, ViewOptions? options = null) => plain.KeepBy(other, options);

    public override ViewRows<TRow> Scan(bool committed = false) => plain.Scan(committed);

    public override IReadOnlyList<TRow> Lookup(TKey sought, bool committed = false) => query.Views.By(key).Lookup(sought, committed);
}
