using Laminar.Runtime.Flow;

namespace Laminar.Runtime.Queries;

/// <summary>Before an exchange to a query's readers: drops rows while there is no reader, so that they don't cross cores for nothing.</summary>
internal sealed class ReaderFilter<TRow>(ReaderHub<TRow> hub, IReceiver<TRow> inner) : IReceiver<TRow>
{
    public bool NeedsWatermarks => inner.NeedsWatermarks;

    public int Accept(ReadOnlySpan<TRow> rows, ReadOnlySpan<long> watermarks, long ceiling, int partition) =>
        hub.Current.IsEmpty ? rows.Length : inner.Accept(rows, watermarks, ceiling, partition);

    public bool TrySignal(in Signal signal) => inner.TrySignal(in signal);
}
