namespace Laminar.Runtime.Queries;

/// <summary>Who gets a query's rows at one moment. It never changes: whoever hands rows on looks once, and so hands each row on once.</summary>
/// <param name="Queues">The readers' queues; when <paramref name="Unread"/>, the one of kept rows.</param>
/// <param name="Subscriptions">The callbacks.</param>
/// <param name="Unread">True when the only queue is the one that nobody reads yet.</param>
internal sealed record ReaderSet<TRow>(RowQueue<TRow>[] Queues, Subscription<TRow>[] Subscriptions, bool Unread)
{
    public static ReaderSet<TRow> Empty { get; } = new([], [], false);

    public bool IsEmpty => Queues.Length == 0 && Subscriptions.Length == 0;

    /// <summary>True when callbacks have come that should have the kept rows first.</summary>
    public bool HasRowsForCallbacks => Unread && Subscriptions.Length > 0;
}
