namespace Laminar.Storage;

/// <summary>How far one source partition had come at a barrier.</summary>
/// <param name="Source">The source's SQL name.</param>
/// <param name="Partition">The partition, from 0.</param>
/// <param name="Position">What its reader saved; empty for in-process sources. At most 64 KiB and a byte.</param>
/// <param name="Rows">Rows taken from the beginning of time up to the barrier.</param>
/// <param name="Watermark">The partition's watermark, in the source's event-time unit.</param>
public sealed record SourcePosition(string Source, int Partition, ReadOnlyMemory<byte> Position, long Rows, long Watermark);
