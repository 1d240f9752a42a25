using System.Buffers;
using System.Buffers.Binary;
using Laminar;

namespace NexmarkQueries.Inputs;

/// <summary>The whole side input, from memory.</summary>
public sealed class SideInputs : IConnectorSource<SideInput>
{
    /// <summary>Its rows: a key for every <c>MOD(auction, 10000)</c>.</summary>
    public const int Count = 10_000;

    public string Description => $"{Count} rows in memory";

    public bool IsReplayable => true;

    public int Partitions => 1;

    /// <summary>The rows.</summary>
    public SideInput[] Rows { get; } = [.. Enumerable.Range(0, Count).Select(key => new SideInput(key, $"value-{key}"))];

    public IPartitionReader<SideInput> Open(int partition, ReadOnlyMemory<byte> position, SourceContext context) =>
        new Reader(Rows, position.IsEmpty ? 0 : BinaryPrimitives.ReadInt32LittleEndian(position.Span));

    private sealed class Reader(SideInput[] all, int next) : IPartitionReader<SideInput>
    {
        public ReadStatus Read(Span<SideInput> rows, out int count)
        {
            count = Math.Min(rows.Length, all.Length - next);
            all.AsSpan(next, count).CopyTo(rows);
            next += count;
            return next == all.Length ? ReadStatus.End : ReadStatus.More;
        }

        public void SavePosition(IBufferWriter<byte> writer)
        {
            BinaryPrimitives.WriteInt32LittleEndian(writer.GetSpan(sizeof(int)), next);
            writer.Advance(sizeof(int));
        }

        public void Dispose()
        {
        }
    }
}
