using System.Threading.Channels;
using Apache.Arrow;

namespace Laminar.Interpreter.Database.Flow;

/// <summary>What one reader hasn't taken yet of what comes out of a query. Reading is for one reader; the rest serves several threads.</summary>
/// <param name="query">The query's name, for messages.</param>
/// <param name="limit">Rows that wait at most; above it the reader gets an error in place of them.</param>
/// <param name="ended">Called once, when nothing more is to come in.</param>
internal sealed class BatchSubscription(string query, int limit, Action<BatchSubscription> ended) : IAsyncEnumerable<RecordBatch>
{
    private readonly Channel<RecordBatch> _batches = Channel.CreateUnbounded<RecordBatch>(new UnboundedChannelOptions { SingleReader = true });
    private long _waiting;

    /// <summary>Called when rows were taken.</summary>
    public Action? Taken { get; set; }

    /// <summary>Ends the reading from outside.</summary>
    public CancellationToken Cancelled { get; init; }

    public bool IsFull => Interlocked.Read(ref _waiting) >= limit;

    public void Add(RecordBatch batch)
    {
        long waiting = Interlocked.Add(ref _waiting, batch.Length);
        if (waiting > limit && waiting > batch.Length)
        {
            End(new LaminarException($"A subscription to {query} is {waiting:N0} rows behind, and at most {limit:N0} wait for it: read faster, push with PushAsync (which waits for readers), or raise LaminarDatabaseOptions.SubscriptionRows."));
            return;
        }

        _batches.Writer.TryWrite(batch);
    }

    /// <summary>Nothing more comes.</summary>
    /// <param name="error">Why, when that is no good end; the reader gets it behind what it can still read.</param>
    public void End(Exception? error)
    {
        if (_batches.Writer.TryComplete(error))
        {
            ended(this);
            Taken?.Invoke();
        }
    }

    public async IAsyncEnumerator<RecordBatch> GetAsyncEnumerator(CancellationToken cancellationToken = default)
    {
        using var both = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, Cancelled);
        try
        {
            while (await _batches.Reader.WaitToReadAsync(both.Token).ConfigureAwait(false))
            {
                while (_batches.Reader.TryRead(out RecordBatch? batch))
                {
                    Interlocked.Add(ref _waiting, -batch.Length);
                    Taken?.Invoke();
                    yield return batch;
                }
            }
        }
        finally
        {
            End(null);
        }
    }
}
