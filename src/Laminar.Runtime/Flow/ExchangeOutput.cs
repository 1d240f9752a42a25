using Laminar.Runtime.Cores;
using Laminar.Runtime.Rings;

namespace Laminar.Runtime.Flow;

/// <summary>
/// The sending side of an exchange, one per sending instance: rows go to the ring of the instance that owns them, each with the watermark
/// before it, so that lateness doesn't depend on where they are judged. Batches are filled while the receiver is busy and handed over at
/// once when it isn't. Rings that get no rows still get the watermark.
/// </summary>
internal sealed class ExchangeOutput<TRow> : IReceiver<TRow>, IFlushable
{
    private readonly BatchRing<TRow>[] _rings;
    private readonly Batch<TRow>?[] _open;
    private readonly long[] _sentWatermarks;
    private readonly bool[] _signalled;
    private readonly IRouter<TRow>? _router;
    private readonly bool _sendsWatermarks;
    private long _watermark = long.MinValue;

    /// <param name="rings">One per receiving instance.</param>
    /// <param name="router">Says which ring a row goes to; null with one ring.</param>
    /// <param name="sendsWatermarks">False when the receivers don't care, so that progress alone wakes nobody.</param>
    public ExchangeOutput(BatchRing<TRow>[] rings, IRouter<TRow>? router, bool sendsWatermarks)
    {
        _sendsWatermarks = sendsWatermarks;
        _rings = rings;
        _router = rings.Length == 1 ? null : router ?? throw new ArgumentNullException(nameof(router));
        _open = new Batch<TRow>?[rings.Length];
        _signalled = new bool[rings.Length];
        _sentWatermarks = new long[rings.Length];
        Array.Fill(_sentWatermarks, long.MinValue);
    }

    public bool NeedsWatermarks => true;

    public int Accept(ReadOnlySpan<TRow> rows, ReadOnlySpan<long> watermarks, long ceiling, int partition) =>
        _router is null ? AcceptSingle(rows, watermarks) : AcceptRouted(_router, rows, watermarks);

    public bool TrySignal(in Signal signal)
    {
        if (signal.Kind == SignalKind.Watermark)
        {
            _watermark = Math.Max(_watermark, signal.Watermark);
            return true;
        }

        bool all = true;
        for (int i = 0; i < _rings.Length; i++)
        {
            if (_signalled[i])
            {
                continue;
            }

            if (Open(i) is { } batch)
            {
                batch.Kind = signal.Kind;
                batch.Epoch = signal.Epoch;
                Publish(i, batch);
                _signalled[i] = true;
            }
            else
            {
                all = false;
            }
        }

        if (all)
        {
            Array.Clear(_signalled);
        }

        return all;
    }

    public bool Flush(bool all)
    {
        bool progress = false;
        for (int i = 0; i < _rings.Length; i++)
        {
            Batch<TRow>? batch = _open[i];
            bool pending = batch is { Count: > 0 } || (_sendsWatermarks && _watermark > _sentWatermarks[i]);
            if (pending && (all || _rings[i].IsEmpty))
            {
                batch ??= Open(i);
                if (batch is not null)
                {
                    Publish(i, batch);
                    progress = true;
                }
            }
        }

        return progress;
    }

    private int AcceptSingle(ReadOnlySpan<TRow> rows, ReadOnlySpan<long> watermarks)
    {
        int taken = 0;
        while (taken < rows.Length && Open(0) is { } batch)
        {
            taken += batch.AddRange(rows[taken..], watermarks[taken..]);
            if (taken < rows.Length || batch.IsFull)
            {
                if (taken > 0)
                {
                    Raise(watermarks[taken - 1]);
                }

                Publish(0, batch);
            }
        }

        if (taken > 0)
        {
            Raise(watermarks[taken - 1]);
        }

        return taken;
    }

    private int AcceptRouted(IRouter<TRow> router, ReadOnlySpan<TRow> rows, ReadOnlySpan<long> watermarks)
    {
        Batch<TRow>?[] open = _open;
        for (int i = 0; i < rows.Length; i++)
        {
            int target = router.Route(in rows[i]);
            Batch<TRow>? batch = open[target] ?? Open(target);
            if (batch is not null && batch.LeavesOut(in rows[i]))
            {
                Publish(target, batch);
                batch = Open(target);
            }

            if (batch is null)
            {
                if (i > 0)
                {
                    Raise(watermarks[i - 1]);
                }

                return i;
            }

            batch.Add(in rows[i], watermarks[i]);
            if (batch.IsFull)
            {
                Raise(watermarks[i]);
                Publish(target, batch);
            }
        }

        if (rows.Length > 0)
        {
            Raise(watermarks[^1]);
        }

        return rows.Length;
    }

    private void Raise(long watermark) => _watermark = Math.Max(_watermark, watermark);

    private Batch<TRow>? Open(int target)
    {
        if (_open[target] is null && _rings[target].TryClaim(out Batch<TRow>? batch))
        {
            _open[target] = batch;
        }

        return _open[target];
    }

    private void Publish(int target, Batch<TRow> batch)
    {
        batch.WatermarkAfter = _watermark;
        _sentWatermarks[target] = _watermark;
        _open[target] = null;
        _rings[target].Publish();
    }
}
