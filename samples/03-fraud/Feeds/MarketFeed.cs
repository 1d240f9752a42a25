using System.Buffers;
using System.Buffers.Binary;
using Laminar;

namespace Fraud.Feeds;

/// <summary>
/// Rows in memory as a source that can be read again, over and over until so many trades have passed, event time moving on. A read covers a stretch of event time, the
/// same for trades and orders, as feeds of one market do.
/// </summary>
/// <typeparam name="TRow">Trades or orders.</typeparam>
/// <param name="rows">The rows of one turn.</param>
/// <param name="ends">The number of the trade behind each row's, from 1, ascending.</param>
/// <param name="turn">Trades of one turn.</param>
/// <param name="trades">Trades in all.</param>
/// <param name="moved">A row so much later.</param>
public sealed class MarketFeed<TRow>(TRow[] rows, int[] ends, int turn, long trades, Func<TRow, TimeSpan, TRow> moved) : IConnectorSource<TRow>
    where TRow : ISourceRow<TRow>
{
    public string Description => $"{rows.Length:N0} rows in memory, in turns";

    public bool IsReplayable => true;

    public int Partitions => 1;

    public IPartitionReader<TRow> Open(int partition, ReadOnlyMemory<byte> position, SourceContext context) =>
        new Reader(rows, ends, turn, trades, moved, position.IsEmpty ? 0 : BinaryPrimitives.ReadInt64LittleEndian(position.Span));

    /// <param name="next">The trade that the next read begins at.</param>
    private sealed class Reader(TRow[] all, int[] ends, int turn, long trades, Func<TRow, TimeSpan, TRow> moved, long next) : IPartitionReader<TRow>
    {
        public ReadStatus Read(Span<TRow> rows, out int count)
        {
            long turns = next / turn;
            int from = (int)(next % turn);
            int to = (int)Math.Min(Math.Min(from + (long)rows.Length, turn), trades - (turns * turn));
            int first = RowsBefore(from);
            count = RowsBefore(to) - first;
            all.AsSpan(first, count).CopyTo(rows);
            if (turns > 0)
            {
                TimeSpan later = MarketMaker.Step * (turns * turn);
                foreach (ref TRow row in rows[..count])
                {
                    row = moved(row, later);
                }
            }

            next += to - from;
            return next >= trades ? ReadStatus.End : ReadStatus.More;
        }

        public void SavePosition(IBufferWriter<byte> writer)
        {
            BinaryPrimitives.WriteInt64LittleEndian(writer.GetSpan(sizeof(long)), next);
            writer.Advance(sizeof(long));
        }

        public void Dispose()
        {
        }

        private int RowsBefore(int trade)
        {
            int at = Array.BinarySearch(ends, trade);
            return at >= 0 ? at + 1 : ~at;
        }
    }
}

/// <summary>The two feeds of a market.</summary>
public static class MarketFeeds
{
    /// <summary>Trades of one turn.</summary>
    public const int Turn = 1 << 18;

    private static readonly int[] WithOrder = [.. Enumerable.Range(0, Turn).Where(i => MarketMaker.HasOrder(i))];

    /// <summary>A trade every 50 ms of event time.</summary>
    /// <param name="trades">How many.</param>
    public static MarketFeed<Trade> Trades(long trades) =>
        new([.. Enumerable.Range(0, Turn).Select(i => MarketMaker.TradeAt(i))], [.. Enumerable.Range(1, Turn)], Turn, trades, static (row, later) => row with { Ts = row.Ts + later });

    /// <summary>The orders of these trades.</summary>
    /// <param name="trades">How many trades.</param>
    public static MarketFeed<Order> Orders(long trades) =>
        new([.. WithOrder.Select(i => MarketMaker.OrderAt(i))], [.. WithOrder.Select(i => i + 1)], Turn, trades, static (row, later) => row with { Ts = row.Ts + later });
}
