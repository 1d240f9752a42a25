namespace Laminar.Runtime.Sources;

/// <summary>What a WAL held of one source partition behind the recovered barrier, waiting to be processed again.</summary>
/// <param name="FirstRow">Number of its first row in the partition, from 0.</param>
/// <param name="Rows">Rows in it.</param>
/// <param name="Payload">The rows, encoded; empty for the others, and for a row that could not be logged.</param>
/// <param name="Watermark">Explicit progress, or null.</param>
/// <param name="End">True for the end of the source.</param>
internal readonly record struct ReplayRecord(long FirstRow, int Rows, byte[] Payload, long? Watermark, bool End);
