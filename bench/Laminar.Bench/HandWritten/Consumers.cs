using System.Runtime.CompilerServices;

namespace Laminar.Bench.HandWritten;

/// <summary>What a decoding loop does with a row; a struct, so that it is inlined and columns that it doesn't use cost nothing.</summary>
public interface IBidConsumer
{
    void Add(long auction, long bidder, long price, int channel, long ticks);

    Outcome Finish();
}

/// <summary>The pass-through query.</summary>
public struct SumOfColumns : IBidConsumer
{
    private long _rows, _sum;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void Add(long auction, long bidder, long price, int channel, long ticks)
    {
        _rows++;
        _sum += auction + bidder + price + channel + ticks;
    }

    public readonly Outcome Finish() => new(_rows, _sum);
}

/// <summary>The tumbling query, as in <see cref="RowLoops.Tumble"/>.</summary>
public struct TumblingWindows() : IBidConsumer
{
    private const long WindowTicks = 10 * TimeSpan.TicksPerSecond;

    private readonly TumbleTable _table = new();
    private long _end = long.MinValue;
    private long _rows, _sum;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void Add(long auction, long bidder, long price, int channel, long ticks)
    {
        if (ticks >= _end)
        {
            _table.Flush(_end - WindowTicks, ref _rows, ref _sum);
            _end = ticks - (ticks % WindowTicks) + WindowTicks;
        }

        _table.Add(auction, price);
    }

    public Outcome Finish()
    {
        _table.Flush(_end - WindowTicks, ref _rows, ref _sum);
        return new Outcome(_rows, _sum);
    }
}
