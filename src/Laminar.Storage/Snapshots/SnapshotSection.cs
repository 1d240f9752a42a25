namespace Laminar.Storage;

/// <summary>Where one task's state lies.</summary>
/// <param name="Task">The task's name, unique per core.</param>
/// <param name="Core">The core that wrote it.</param>
/// <param name="File">The snapshot file, within the store's folder.</param>
/// <param name="Offset">First byte of the state.</param>
/// <param name="Length">Bytes.</param>
/// <param name="Crc">CRC-32C of the state.</param>
public sealed record SnapshotSection(string Task, int Core, string File, long Offset, long Length, uint Crc);
