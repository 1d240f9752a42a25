using System.Numerics;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;
using Apache.Arrow;

namespace Laminar.Bench.HandWritten;

/// <summary>
/// The same queries over the columns of Arrow batches: only the columns in use are read, and SIMD stands where one query gives it room.
/// Timestamps stay microseconds until a row leaves.
/// </summary>
public static class ColumnLoops
{
    private const long WindowMicroseconds = 10_000_000;
    private const long SlideMicroseconds = 2_000_000;
    private const long Divisor = 123;

    /// <summary>x is a multiple of an odd d just when x times d's inverse, modulo 2^64, is in [-q, q] with q = (2^63 - 1) / d (Hacker's Delight, 10-17).</summary>
    private const long Quotient = long.MaxValue / Divisor;

    private static readonly long Inverse = InverseOf(Divisor);

    public static Outcome PassThrough(ReadOnlySpan<RecordBatch> batches)
    {
        long rows = 0, sum = 0;
        foreach (RecordBatch batch in batches)
        {
            ReadOnlySpan<long> auctions = Longs(batch, 0), bidders = Longs(batch, 1), prices = Longs(batch, 2), times = Times(batch);
            ReadOnlySpan<int> channels = ((Int32Array)batch.Column(3)).Values;
            for (int i = 0; i < auctions.Length && i < bidders.Length && i < prices.Length && i < channels.Length && i < times.Length; i++)
            {
                rows++;
                sum += auctions[i] + bidders[i] + prices[i] + channels[i] + Ticks(times[i]);
            }
        }

        return new Outcome(rows, sum);
    }

    public static Outcome Projection(ReadOnlySpan<RecordBatch> batches)
    {
        long rows = 0, sum = 0;
        foreach (RecordBatch batch in batches)
        {
            ReadOnlySpan<long> auctions = Longs(batch, 0), bidders = Longs(batch, 1), prices = Longs(batch, 2), times = Times(batch);
            for (int i = 0; i < auctions.Length && i < bidders.Length && i < prices.Length && i < times.Length; i++)
            {
                rows++;
                sum += auctions[i] + bidders[i] + (checked(prices[i] * 89) / 100) + Ticks(times[i]);
            }
        }

        return new Outcome(rows, sum);
    }

    /// <summary>A mask over eight auctions at a time; prices are read for those that pass.</summary>
    public static Outcome Filter(ReadOnlySpan<RecordBatch> batches)
    {
        long rows = 0, sum = 0;
        Vector512<long> inverse = Vector512.Create(Inverse);
        Vector512<long> quotient = Vector512.Create(Quotient);
        Vector512<ulong> limit = Vector512.Create(2 * (ulong)Quotient);
        foreach (RecordBatch batch in batches)
        {
            ReadOnlySpan<long> auctions = Longs(batch, 0), prices = Longs(batch, 2);
            ref long first = ref MemoryMarshal.GetReference(auctions);
            int i = 0;
            for (; i <= auctions.Length - Vector512<long>.Count; i += Vector512<long>.Count)
            {
                Vector512<long> candidates = (Vector512.LoadUnsafe(ref first, (nuint)i) * inverse) + quotient;
                ulong hits = Vector512.LessThanOrEqual(candidates.AsUInt64(), limit).ExtractMostSignificantBits();
                for (; hits != 0; hits &= hits - 1)
                {
                    int hit = i + BitOperations.TrailingZeroCount(hits);
                    rows++;
                    sum += auctions[hit] + prices[hit];
                }
            }

            for (; i < auctions.Length; i++)
            {
                if (auctions[i] % Divisor == 0)
                {
                    rows++;
                    sum += auctions[i] + prices[i];
                }
            }
        }

        return new Outcome(rows, sum);
    }

    public static Outcome Tumble(ReadOnlySpan<RecordBatch> batches)
    {
        long rows = 0, sum = 0;
        var table = new TumbleTable();
        long end = long.MinValue;
        foreach (RecordBatch batch in batches)
        {
            ReadOnlySpan<long> auctions = Longs(batch, 0), prices = Longs(batch, 2), times = Times(batch);
            for (int i = 0; i < auctions.Length && i < prices.Length && i < times.Length; i++)
            {
                long time = times[i];
                if (time >= end)
                {
                    table.Flush(Ticks(end - WindowMicroseconds), ref rows, ref sum);
                    end = time - (time % WindowMicroseconds) + WindowMicroseconds;
                }

                table.Add(auctions[i], prices[i]);
            }
        }

        table.Flush(Ticks(end - WindowMicroseconds), ref rows, ref sum);
        return new Outcome(rows, sum);
    }

    public static Outcome Hop(ReadOnlySpan<RecordBatch> batches)
    {
        const long paneOfEpoch = 621_355_968_000_000_000 / (2 * TimeSpan.TicksPerSecond);
        long rows = 0, sum = 0;
        var table = new HopTable();
        long pane = long.MinValue;
        long paneEnd = long.MinValue;
        foreach (RecordBatch batch in batches)
        {
            ReadOnlySpan<long> auctions = Longs(batch, 0), times = Times(batch);
            for (int i = 0; i < auctions.Length && i < times.Length; i++)
            {
                if (times[i] >= paneEnd)
                {
                    long next = (times[i] / SlideMicroseconds) + paneOfEpoch;
                    for (long closing = pane; pane != long.MinValue && closing < Math.Min(next, pane + 5); closing++)
                    {
                        table.Flush(closing, ref rows, ref sum);
                    }

                    pane = next;
                    paneEnd = ((times[i] / SlideMicroseconds) + 1) * SlideMicroseconds;
                }

                table.Add(auctions[i], pane);
            }
        }

        for (long closing = pane; closing < pane + 5; closing++)
        {
            table.Flush(closing, ref rows, ref sum);
        }

        return new Outcome(rows, sum);
    }

    /// <summary>Eight rows at a time while all of them are of the open window, one at a time across its end.</summary>
    public static Outcome GlobalMax(ReadOnlySpan<RecordBatch> batches)
    {
        long rows = 0, sum = 0;
        long end = long.MinValue;
        long highest = long.MinValue;
        Vector512<long> highestOfLanes = Vector512.Create(long.MinValue);
        foreach (RecordBatch batch in batches)
        {
            ReadOnlySpan<long> prices = Longs(batch, 2), times = Times(batch);
            ref long firstPrice = ref MemoryMarshal.GetReference(prices);
            ref long firstTime = ref MemoryMarshal.GetReference(times);
            for (int i = 0; i < times.Length;)
            {
                Vector512<long> ends = Vector512.Create(end);
                for (; i <= times.Length - Vector512<long>.Count && Vector512.LessThanAll(Vector512.LoadUnsafe(ref firstTime, (nuint)i), ends); i += Vector512<long>.Count)
                {
                    highestOfLanes = Vector512.Max(highestOfLanes, Vector512.LoadUnsafe(ref firstPrice, (nuint)i));
                }

                for (int stop = Math.Min(times.Length, i + Vector512<long>.Count); i < stop; i++)
                {
                    if (times[i] >= end)
                    {
                        if (end != long.MinValue)
                        {
                            rows++;
                            sum += Highest(highest, highestOfLanes) + Ticks(end - WindowMicroseconds);
                        }

                        highest = long.MinValue;
                        highestOfLanes = Vector512.Create(long.MinValue);
                        end = times[i] - (times[i] % WindowMicroseconds) + WindowMicroseconds;
                    }

                    highest = Math.Max(highest, prices[i]);
                }
            }
        }

        return new Outcome(rows + 1, sum + Highest(highest, highestOfLanes) + Ticks(end - WindowMicroseconds));
    }

    private static long Highest(long highest, Vector512<long> lanes)
    {
        for (int lane = 0; lane < Vector512<long>.Count; lane++)
        {
            highest = Math.Max(highest, lanes[lane]);
        }

        return highest;
    }

    private static ReadOnlySpan<long> Longs(RecordBatch batch, int column) => ((Int64Array)batch.Column(column)).Values;

    private static ReadOnlySpan<long> Times(RecordBatch batch) => ((TimestampArray)batch.Column(4)).Values;

    private static long Ticks(long microseconds) => (microseconds * 10) + DateTime.UnixEpoch.Ticks;

    /// <summary>By Newton's method: each step doubles the bits that are right.</summary>
    private static long InverseOf(long odd)
    {
        long inverse = odd;
        for (int i = 0; i < 5; i++)
        {
            inverse *= 2 - (odd * inverse);
        }

        return inverse;
    }
}
