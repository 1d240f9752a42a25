using System.Buffers;
using Laminar;
using Laminar.Nexmark;

namespace NexmarkQueries.Inputs;

/// <summary>
/// Bids with the instant at which they are read, for q12. Bids that are read again behind a crash arrive anew: when they are counted may change, that each is
/// counted once doesn't.
/// </summary>
/// <param name="bids">The bids.</param>
/// <param name="clock">Tells the time; a clock that is set back stands still here until it has caught up.</param>
public sealed class ArrivalSource(IConnectorSource<Bid> bids, TimeProvider clock) : IConnectorSource<ArrivedBid>
{
    public string Description => bids.Description + " as they arrive";

    public bool IsReplayable => bids.IsReplayable;

    public int Partitions => bids.Partitions;

    public IPartitionReader<ArrivedBid> Open(int partition, ReadOnlyMemory<byte> position, SourceContext context) =>
        new Reader(bids.Open(partition, position, context), clock);

    private sealed class Reader(IPartitionReader<Bid> bids, TimeProvider clock) : IPartitionReader<ArrivedBid>
    {
        private Bid[] _rows = [];
        private DateTime _now;

        public ReadStatus Read(Span<ArrivedBid> rows, out int count)
        {
            if (_rows.Length < rows.Length)
            {
                _rows = new Bid[rows.Length];
            }

            DateTime now = clock.GetUtcNow().UtcDateTime;
            _now = now > _now ? now : _now;
            ReadStatus status = bids.Read(_rows.AsSpan(0, rows.Length), out count);
            for (int i = 0; i < count; i++)
            {
                ref Bid bid = ref _rows[i];
                rows[i] = new ArrivedBid(bid.Auction, bid.Bidder, bid.Price, _now);
            }

            return status;
        }

        public void SavePosition(IBufferWriter<byte> writer) => bids.SavePosition(writer);

        public void Acknowledge(long epoch) => bids.Acknowledge(epoch);

        public void Dispose() => bids.Dispose();
    }
}
