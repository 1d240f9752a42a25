using Laminar.Runtime.Cores;
using Laminar.Runtime.Flow;
using Laminar.Runtime.Rings;
using Microsoft.Extensions.Logging;

namespace Laminar.Runtime.Queries;

/// <summary>Hands a query's rows to its readers and callbacks; waits for the slowest reader.</summary>
internal sealed class ReaderTask<TRow>(string query, ReaderHub<TRow> hub, Action requestCheckpoint, ILogger logger) : CoreTask, IReceiver<TRow>
{
    private readonly TRow[] _kept = new TRow[256];
    private bool _told;
    private bool _checkpointAsked;

    public override string Part => $"Query {query}";

    public bool NeedsWatermarks => false;

    public override bool Step()
    {
        // A callback that came after rows had been kept for somebody gets them first.
        if (hub.TakeKept() is not { } kept)
        {
            return false;
        }

        bool left = false;
        for (int count; (count = kept.TryReadMany(_kept)) > 0;)
        {
            // The callbacks may leave before they have had all: then the rest is kept on.
            ReadOnlySpan<TRow> rows = _kept.AsSpan(0, count);
            ReaderSet<TRow> current = hub.Current;
            left |= current.Subscriptions.Length == 0;
            if (left)
            {
                Write(current, rows);
            }

            Call(current, rows);
        }

        Array.Clear(_kept);
        return true;
    }

    public int Accept(ReadOnlySpan<TRow> rows, ReadOnlySpan<long> watermarks, long ceiling, int partition)
    {
        Step();

        // One look for the whole batch: a callback that comes later gets it out of the kept rows, or not at all.
        ReaderSet<TRow> current = hub.Current;
        int count = rows.Length;
        foreach (RowQueue<TRow> reader in current.Queues)
        {
            count = Math.Min(count, reader.Room());
            if (!_checkpointAsked && reader.WaitsForCommit)
            {
                _checkpointAsked = true;
                requestCheckpoint();
            }
        }

        if (count == 0)
        {
            Tell(current);
            return 0;
        }

        ReadOnlySpan<TRow> taken = rows[..count];
        Write(current, taken);
        Call(current, taken);
        return count;
    }

    public bool TrySignal(in Signal signal)
    {
        if (signal.Kind == SignalKind.Barrier)
        {
            _checkpointAsked = false;
            foreach (RowQueue<TRow> reader in hub.Current.Queues)
            {
                reader.Barrier(signal.Epoch!.Id);
            }

            signal.Epoch!.Acknowledge();
        }

        return true;
    }

    private static void Write(ReaderSet<TRow> current, ReadOnlySpan<TRow> rows)
    {
        foreach (RowQueue<TRow> reader in current.Queues)
        {
            reader.Write(rows);
        }
    }

    private void Call(ReaderSet<TRow> current, ReadOnlySpan<TRow> rows)
    {
        if (current.Unread)
        {
            return; // the rows lie behind the kept ones now, and come with them
        }

        foreach (Subscription<TRow> subscription in current.Subscriptions)
        {
            foreach (ref readonly TRow row in rows)
            {
                try
                {
                    subscription.Callback(row);
                }
                catch (Exception e)
                {
                    throw new PartFailedException($"A subscriber of query {query}", e);
                }
            }
        }
    }

    private void Tell(ReaderSet<TRow> current)
    {
        if (!_told)
        {
            _told = true;
            logger.LogWarning(
                current.Unread
                    ? "Query {Query} has neither sink nor reader and its buffer (LaminarOptions.ReadBufferRows) is full: its sources wait until somebody reads."
                    : "A reader of query {Query} is slower than its rows come: its sources wait for it.",
                query);
        }
    }
}
