using System.Buffers;
using System.Buffers.Binary;

namespace Laminar.Bench.Running;

/// <summary>
/// Bids in memory as a replayable connector source: each partition reads its share, dealt out beforehand, over and over, event time moving on.
/// It costs one copy per row, the same in every measurement that it stands in.
/// </summary>
public sealed class RepeatingSource : IConnectorSource<Bid>
{
    private readonly Bid[][] _shares;
    private readonly long _rowsPerPartition;

    public RepeatingSource(Bid[] bids, int partitions, long rowsPerPartition)
    {
        _rowsPerPartition = rowsPerPartition;
        _shares = [.. Enumerable.Range(0, partitions).Select(_ => new Bid[bids.Length / partitions])];
        for (int i = 0; i < bids.Length / partitions * partitions; i++)
        {
            _shares[i % partitions][i / partitions] = bids[i];
        }
    }

    public string Description => $"{_shares.Sum(s => s.Length):N0} bids in memory";

    public bool IsReplayable => true;

    public int Partitions => _shares.Length;

    public IPartitionReader<Bid> Open(int partition, ReadOnlyMemory<byte> position, SourceContext context) =>
        new Reader(_shares[partition], _rowsPerPartition, position.IsEmpty ? 0 : BinaryPrimitives.ReadInt64LittleEndian(position.Span));

    private sealed class Reader(Bid[] bids, long total, long next) : IPartitionReader<Bid>
    {
        private readonly TimeSpan _span = bids[^1].Ts - bids[0].Ts + TimeSpan.FromMilliseconds(0.1);

        public ReadStatus Read(Span<Bid> rows, out int count)
        {
            int first = (int)(next % bids.Length);
            count = (int)Math.Min(rows.Length, Math.Min(total - next, bids.Length - first));
            bids.AsSpan(first, count).CopyTo(rows);
            long shift = _span.Ticks * (next / bids.Length);
            if (shift != 0)
            {
                foreach (ref Bid row in rows[..count])
                {
                    row = row with { Ts = row.Ts.AddTicks(shift) };
                }
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
