namespace Laminar.Corpus.Tests.Engines;

/// <summary>The clock of every case: it always says 2024-06-01 12:34:56.789012 UTC.</summary>
internal sealed class FixedClock : TimeProvider
{
    public static readonly FixedClock Instance = new();

    public override DateTimeOffset GetUtcNow() => new(2024, 6, 1, 12, 34, 56, 789, 12, TimeSpan.Zero);
}
