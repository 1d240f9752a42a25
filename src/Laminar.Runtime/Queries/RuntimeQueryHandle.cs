using System.Runtime.CompilerServices;
using System.Threading.Channels;
using Apache.Arrow;
using Laminar.Runtime.Graph;

namespace Laminar.Runtime.Queries;

/// <summary>The user's end of a query.</summary>
internal sealed class RuntimeQueryHandle<TRow>(QueryNode<TRow> query, QueryStages stages, ReaderHub<TRow> hub)
    : QueryHandle<TRow>, IQueryEnd
    where TRow : IStreamRow<TRow>
{
    private const int Chunk = 1024;

    public IQueryNode Query => query;

    public override QueryInfo Info => query.Definition.Info;

    public override QueryStatistics Statistics => stages.Statistics;

    public override IAsyncEnumerable<TRow> ReadAllAsync(bool committed = false, CancellationToken cancellationToken = default) =>
        new Rows(hub, hub.Attach(committed), cancellationToken);

    public override ChannelReader<TRow> GetReader(bool committed = false) => hub.Attach(committed);

    public override IAsyncEnumerable<RecordBatch> ReadBatchesAsync(int maxRows = 8192, CancellationToken cancellationToken = default)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(maxRows, 1);
        return Batches(hub.Attach(false), maxRows, cancellationToken);
    }

    public override IDisposable Subscribe(Action<TRow> callback) => hub.Subscribe(callback);

    public override QueryHandle<TRow> Keep(ViewOptions? options = null)
    {
        query.Views.KeepPlain(options);
        return this;
    }

    public override KeyedQueryHandle<TRow, TKey> KeepBy<TKey>(Func<TRow, TKey> key, ViewOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(key);
        query.Views.KeepBy(key, options);
        return new RuntimeKeyedQueryHandle<TRow, TKey>(query, this, key);
    }

    public override ViewRows<TRow> Scan(bool committed = false) => query.Views.Kept.Scan(committed);

    public override void AddSink(IConnectorSink<TRow> sink) => query.AddSink(sink);

    private async IAsyncEnumerable<RecordBatch> Batches(
        RowQueue<TRow> queue, int maxRows, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        try
        {
            var builder = new ArrowBatchBuilder<TRow>();
            var rows = new TRow[Math.Min(maxRows, Chunk)];
            while (await queue.WaitToReadAsync(cancellationToken).ConfigureAwait(false))
            {
                int count;
                while (builder.Count < maxRows
                    && (count = queue.TryReadMany(rows.AsSpan(0, Math.Min(rows.Length, maxRows - builder.Count)))) > 0)
                {
                    for (int i = 0; i < count; i++)
                    {
                        builder.Add(in rows[i]);
                    }
                }

                if (builder.Count > 0)
                {
                    yield return builder.Build();
                }
            }
        }
        finally
        {
            hub.Detach(queue);
        }
    }

    /// <summary>Rows of one reader. It is a reader from the call on, so that nothing is missed before the first <c>MoveNextAsync</c>.</summary>
    private sealed class Rows(ReaderHub<TRow> hub, RowQueue<TRow> queue, CancellationToken outer) : IAsyncEnumerable<TRow>
    {
        public IAsyncEnumerator<TRow> GetAsyncEnumerator(CancellationToken cancellationToken = default) => Enumerate(cancellationToken);

        // Row by row out of the queue: rows that were taken in advance would be lost with a loop that is left early.
        private async IAsyncEnumerator<TRow> Enumerate(CancellationToken cancellationToken)
        {
            using var both = CancellationTokenSource.CreateLinkedTokenSource(outer, cancellationToken);
            try
            {
                while (await queue.WaitToReadAsync(both.Token).ConfigureAwait(false))
                {
                    while (queue.TryRead(out TRow? row))
                    {
                        yield return row;
                    }
                }
            }
            finally
            {
                hub.Detach(queue);
            }
        }
    }
}
