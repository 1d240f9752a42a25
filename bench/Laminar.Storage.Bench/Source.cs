namespace Laminar.Storage.Bench;

/// <summary>The partition that the benchmark logs.</summary>
internal static class Source
{
    public static readonly WalSource Instance = new("bench", 0);
}
