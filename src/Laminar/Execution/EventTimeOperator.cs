using System.ComponentModel;
using System.Runtime.CompilerServices;

namespace Laminar.Execution;

/// <summary>What operators share whose results follow event time: where the watermark comes from, and what it tells whoever reads the results.</summary>
/// <typeparam name="TIn">The input's row.</typeparam>
[EditorBrowsable(EditorBrowsableState.Never)]
public abstract class EventTimeOperator<TIn>(string queryName, string fingerprint) : QueryOperator<TIn>(queryName, fingerprint)
{
    /// <summary>The watermark before each row of a batch, where a column that isn't the window's time brings it.</summary>
    private long[] _ownStamps = [];

    /// <summary>Rows of the batch that have theirs.</summary>
    private int _ownStamped;

    /// <summary>No row that can still come can be behind this.</summary>
    public long OutWatermark { get; private protected set; } = long.MinValue;

    /// <summary>The highest watermark that rows have brought in a column that isn't the window's time.</summary>
    protected long OwnWatermark { get; private set; } = long.MinValue;

    /// <summary>Tells the output how far time has come.</summary>
    protected abstract void Progress(long watermark);

    /// <summary>Takes a watermark over that closes nothing.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void Follow(long watermark)
    {
        if (watermark > OutWatermark)
        {
            OutWatermark = watermark;
        }
    }

    /// <summary>Room for the watermarks that rows bring in a column that isn't the window's time.</summary>
    /// <param name="start">The row that the loop goes on at.</param>
    /// <param name="count">Where it ends: rows of the batch, or of an Arrow batch those before one that can't be read.</param>
    /// <param name="from">The first row whose watermark has yet to be taken: what is left of a batch behind a row that fails has some already.</param>
    public Span<long> OwnStamps(int start, int count, out int from)
    {
        from = start == 0 ? 0 : Math.Max(start, _ownStamped);
        _ownStamped = count;
        if (_ownStamps.Length < count)
        {
            _ownStamps = new long[Math.Max(count, _ownStamps.Length * 2)];
        }

        return _ownStamps.AsSpan(0, count);
    }

    /// <summary>Takes the watermark of a row that <see cref="OwnStamps"/> has room for.</summary>
    /// <returns>The watermark before the row.</returns>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public long TakeOwn(long watermark)
    {
        long before = OwnWatermark;
        OwnWatermark = Math.Max(before, watermark);
        return before;
    }
}
