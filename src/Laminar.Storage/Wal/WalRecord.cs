namespace Laminar.Storage;

/// <summary>One record as it is replayed.</summary>
/// <param name="Kind">What it says.</param>
/// <param name="Epoch">The epoch it was written in.</param>
/// <param name="Sequence">Its number in the core's WAL, from 1 without a gap.</param>
/// <param name="Source">The source's name; empty for barriers.</param>
/// <param name="Partition">The source's partition.</param>
/// <param name="FirstRow">The number of its first row in the partition, from 0.</param>
/// <param name="RowCount">Its rows.</param>
/// <param name="Payload">The rows as the runtime encoded them, or the watermark; empty for barriers. Valid until the next record is read.</param>
public readonly record struct WalRecord(
    WalRecordKind Kind, long Epoch, long Sequence, string Source, int Partition, long FirstRow, int RowCount, ReadOnlyMemory<byte> Payload);
