using Laminar.Runtime.Cores;
using Laminar.Runtime.Epochs;
using Laminar.Runtime.Rings;

namespace Laminar.Runtime.Flow;

/// <summary>
/// The receiving side of an exchange: reads one ring per sending instance in turn, says with the rows which one they come from, keeps each one's watermark, and aligns barriers by not
/// reading a ring that has delivered the barrier until all have. Its core goes on with its other tasks meanwhile.
/// </summary>
internal sealed class ExchangeInput<TRow> : CoreTask
{
    private readonly BatchRing<TRow>[] _rings;
    private readonly IReceiver<TRow> _receiver;
    private readonly long[] _watermarks;
    private readonly bool[] _aligned;
    private readonly bool[] _ended;
    private readonly int[] _taken;
    private long _combined = long.MinValue;
    private int _next;
    private int _alignedCount;
    private int _endedCount;
    private Signal? _pending;

    public ExchangeInput(string part, BatchRing<TRow>[] rings, IReceiver<TRow> receiver)
    {
        Part = part;
        _rings = rings;
        _receiver = receiver;
        _watermarks = new long[rings.Length];
        _aligned = new bool[rings.Length];
        _ended = new bool[rings.Length];
        _taken = new int[rings.Length];
        Array.Fill(_watermarks, long.MinValue);
    }

    public override string Part { get; }

    /// <summary>Share of the fullest ring in use, 0 to 1. Any thread.</summary>
    public double Fill => _rings.Max(r => r.Fill);

    public override bool Step()
    {
        if (_pending is not null && !TrySendPending())
        {
            return false;
        }

        bool progress = false;
        for (int i = 0; i < _rings.Length; i++)
        {
            int channel = _next;
            _next = _next + 1 == _rings.Length ? 0 : _next + 1;
            if (_aligned[channel] || !_rings[channel].TryPeek(out Batch<TRow>? batch))
            {
                continue;
            }

            if (!TryRows(channel, batch, ref progress))
            {
                _next = channel;
                return progress;
            }

            progress = true;
            long watermark = batch.WatermarkAfter;
            SignalKind kind = batch.Kind;
            Epoch? epoch = batch.Epoch;
            _taken[channel] = 0;
            _rings[channel].Release();
            if (!TryBehind(channel, watermark, kind, epoch))
            {
                return true;
            }
        }

        return progress;
    }

    private bool TryRows(int channel, Batch<TRow> batch, ref bool progress)
    {
        int taken = _taken[channel];
        if (taken == batch.Count)
        {
            return true;
        }

        long ceiling = CeilingOf(channel);
        int accepted = _receiver.Accept(batch.Rows[taken..], batch.Watermarks[taken..], ceiling, channel);
        progress |= accepted > 0;
        _taken[channel] = taken + accepted;
        return taken + accepted == batch.Count;
    }

    /// <summary>What stands behind a batch's rows: the watermark, then a barrier or the end.</summary>
    private bool TryBehind(int channel, long watermark, SignalKind kind, Epoch? epoch)
    {
        Signal? then = null;
        if (kind == SignalKind.Barrier)
        {
            _aligned[channel] = true;
            if (++_alignedCount == _rings.Length)
            {
                then = Signal.Barrier(epoch!);
                Array.Clear(_aligned);
                _alignedCount = 0;
            }
        }
        else if (kind == SignalKind.End && !_ended[channel])
        {
            _ended[channel] = true;
            watermark = long.MaxValue;
            if (++_endedCount == _rings.Length)
            {
                then = Signal.End;
            }
        }

        if (watermark > _watermarks[channel])
        {
            _watermarks[channel] = watermark;
        }

        _pending = then;
        return TrySendPending();
    }

    private bool TrySendPending()
    {
        // The end says more than the last watermark, so that is left out.
        long combined = _pending is { Kind: SignalKind.End } ? _combined : Min();
        if (combined > _combined)
        {
            if (!_receiver.TrySignal(Signal.Advance(combined)))
            {
                _pending ??= Signal.Advance(combined);
                return false;
            }

            _combined = combined;
        }

        if (_pending is { } pending && pending.Kind != SignalKind.Watermark && !_receiver.TrySignal(in pending))
        {
            return false;
        }

        _pending = null;
        return true;
    }

    private long Min()
    {
        long min = long.MaxValue;
        foreach (long watermark in _watermarks)
        {
            min = Math.Min(min, watermark);
        }

        return min;
    }

    private long CeilingOf(int channel)
    {
        long min = long.MaxValue;
        for (int i = 0; i < _watermarks.Length; i++)
        {
            if (i != channel)
            {
                min = Math.Min(min, _watermarks[i]);
            }
        }

        return min;
    }
}
