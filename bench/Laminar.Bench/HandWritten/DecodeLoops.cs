using System.Runtime.CompilerServices;
using System.Text.Json;
using Apache.Arrow;
using Apache.Arrow.Ipc;

namespace Laminar.Bench.HandWritten;

/// <summary>The barest loops from bytes to a query's result: they believe the input, where a decoder has to check it and to say what is wrong with it.</summary>
public static class DecodeLoops
{
    /// <summary>One <see cref="Utf8JsonReader"/> over everything: no cutting into lines. Names are compared as bytes, since none is escaped.</summary>
    public static Outcome Json<TConsumer>(ReadOnlySpan<byte> bytes, int rows, TConsumer consumer)
        where TConsumer : struct, IBidConsumer
    {
        var reader = new Utf8JsonReader(bytes, new JsonReaderOptions { AllowMultipleValues = true });
        for (int row = 0; row < rows && reader.Read(); row++)
        {
            long auction = 0, bidder = 0, price = 0, ticks = 0;
            int channel = 0;
            while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
            {
                if (reader.ValueSpan.SequenceEqual("auction"u8))
                {
                    reader.Read();
                    auction = reader.GetInt64();
                }
                else if (reader.ValueSpan.SequenceEqual("bidder"u8))
                {
                    reader.Read();
                    bidder = reader.GetInt64();
                }
                else if (reader.ValueSpan.SequenceEqual("price"u8))
                {
                    reader.Read();
                    price = reader.GetInt64();
                }
                else if (reader.ValueSpan.SequenceEqual("channel"u8))
                {
                    reader.Read();
                    channel = reader.GetInt32();
                }
                else if (reader.ValueSpan.SequenceEqual("ts"u8))
                {
                    reader.Read();
                    ticks = reader.GetDateTime().Ticks;
                }
                else
                {
                    reader.Skip();
                }
            }

            consumer.Add(auction, bidder, price, channel, ticks);
        }

        return consumer.Finish();
    }

    /// <summary>Digit by digit, behind the header; columns in their order, nothing quoted.</summary>
    public static Outcome Csv<TConsumer>(ReadOnlySpan<byte> bytes, int rows, TConsumer consumer)
        where TConsumer : struct, IBidConsumer
    {
        int at = bytes.IndexOf((byte)'\n') + 1;
        var dates = default(LastDate);
        for (int row = 0; row < rows && at < bytes.Length; row++)
        {
            long auction = Number(bytes, ref at);
            long bidder = Number(bytes, ref at);
            long price = Number(bytes, ref at);
            int channel = (int)Number(bytes, ref at);
            consumer.Add(auction, bidder, price, channel, Timestamp(bytes, ref at, ref dates));
        }

        return consumer.Finish();
    }

    /// <summary>Apache.Arrow's reader, and a loop over the columns of each batch.</summary>
    public static Outcome Arrow<TConsumer>(byte[] bytes, int rows, TConsumer consumer)
        where TConsumer : struct, IBidConsumer
    {
        using var reader = new ArrowFileReader(new MemoryStream(bytes));
        for (int done = 0; done < rows && reader.ReadNextRecordBatch() is { } batch; done += batch.Length)
        {
            using (batch)
            {
                ReadOnlySpan<long> auctions = ((Int64Array)batch.Column(0)).Values, bidders = ((Int64Array)batch.Column(1)).Values;
                ReadOnlySpan<long> prices = ((Int64Array)batch.Column(2)).Values, times = ((TimestampArray)batch.Column(4)).Values;
                ReadOnlySpan<int> channels = ((Int32Array)batch.Column(3)).Values;
                for (int i = 0; i < auctions.Length && i < bidders.Length && i < prices.Length && i < channels.Length && i < times.Length; i++)
                {
                    consumer.Add(auctions[i], bidders[i], prices[i], channels[i], (times[i] * 10) + DateTime.UnixEpoch.Ticks);
                }
            }
        }

        return consumer.Finish();
    }

    /// <summary>Digits and the character behind them.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static long Number(ReadOnlySpan<byte> bytes, ref int at)
    {
        bool negative = bytes[at] == '-';
        long value = 0;
        int i = negative ? at + 1 : at;
        for (uint digit; (uint)i < (uint)bytes.Length && (digit = bytes[i] - (uint)'0') <= 9; i++)
        {
            value = (value * 10) + digit;
        }

        at = i + 1;
        return negative ? -value : value;
    }

    /// <summary><c>yyyy-MM-ddTHH:mm:ss[.fffffff]Z</c> and the line end.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static long Timestamp(ReadOnlySpan<byte> bytes, ref int at, ref LastDate last)
    {
        ReadOnlySpan<byte> text = bytes[at..];
        long date = (Two(text, 0) * 1_000_000L) + (Two(text, 2) * 10_000) + (Two(text, 5) * 100) + Two(text, 8);
        if (date != last.Date)
        {
            last = new LastDate { Date = date, Ticks = new DateTime((int)(date / 10_000), (int)(date / 100 % 100), (int)(date % 100), 0, 0, 0, DateTimeKind.Utc).Ticks };
        }

        long ticks = last.Ticks + (((Two(text, 11) * 3600) + (Two(text, 14) * 60) + Two(text, 17)) * TimeSpan.TicksPerSecond);
        int i = 19;
        if (text[i] == '.')
        {
            long unit = TimeSpan.TicksPerSecond;
            for (i++; text[i] != 'Z'; i++)
            {
                unit /= 10;
                ticks += (text[i] - '0') * unit;
            }
        }

        at += i + 2;
        return ticks;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static int Two(ReadOnlySpan<byte> text, int at) => ((text[at] - '0') * 10) + text[at + 1] - '0';

    /// <summary>The date of the row before: the next one's is the same, mostly.</summary>
    private struct LastDate
    {
        public long Date;
        public long Ticks;
    }
}
