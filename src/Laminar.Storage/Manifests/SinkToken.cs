namespace Laminar.Storage;

/// <summary>What a sink wrote when it prepared an epoch.</summary>
/// <param name="Sink">The sink's name, unique in the runtime.</param>
/// <param name="Token">At most 64 KiB.</param>
public sealed record SinkToken(string Sink, ReadOnlyMemory<byte> Token);
