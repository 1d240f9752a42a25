using System.Buffers;
using System.Buffers.Binary;

namespace Laminar.Bench.Running;

/// <summary>
/// Bids in memory as a replayable connector source: each partition reads its share of the array, over and over, event time moving on.
/// It costs one copy per row, the same in every measurement that it stands in.
/// </summary>
public sealed class RepeatingSource(Bid[] bids, int partitions, long rowsPerPartition) : IConnectorSource<Bid>
{
    public string Description => $"{bids.Length:N0} bids in memory";

    public bool IsReplayable => true;

    public int Partitions => partitions;

    public IPartitionReader<Bid> Open(int partition, ReadOnlyMemory<byte> position, SourceContext context) =>
        new Reader(bids, partition, partitions, rowsPerPartition, position.IsEmpty ? 0 : BinaryPrimitives.ReadInt64LittleEndian(position.Span));

    private sealed class Reader(Bid[] bids, int partition, int partitions, long total, long next) : IPartitionReader<Bid>
    {
        private readonly TimeSpan _span = bids[^1].Ts - bids[0].Ts + TimeSpan.FromMilliseconds(0.1);
        private readonly long _share = bids.Length / partitions;

        public ReadStatus Read(Span<Bid> rows, out int count)
        {
            count = (int)Math.Min(rows.Length, Math.Min(total - next, _share - (next % _share)));
            TimeSpan shift = _span * (next / _share);
            long first = next % _share;
            for (int i = 0; i < count; i++)
            {
                Bid bid = bids[((first + i) * partitions) + partition];
                rows[i] = bid with { Ts = bid.Ts + shift };
            }

            next += count;
            return next == total ? ReadStatus.End : ReadStatus.More;
        }

        public void SavePosition(IBufferWriter<byte> writer)
        {
            BinaryPrimitives.WriteInt64LittleEndian(writer.GetSpan(8), next);
            writer.Advance(8);
        }

        public void Dispose()
        {
        }
    }
}
