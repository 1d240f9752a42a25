namespace Laminar.Runtime;

/// <summary>What <see cref="LaminarOptions"/> and <see cref="SourceOptions"/> may say.</summary>
internal static class OptionLimits
{
    /// <summary>Timers take no more than 49 days.</summary>
    private static readonly TimeSpan MostTime = TimeSpan.FromDays(30);

    /// <exception cref="LaminarException">An option is out of its range.</exception>
    public static void Check(LaminarOptions options)
    {
        Check(options.Cores is >= 1 and <= 1024, $"Cores is {options.Cores}; 1 to 1,024 are allowed.");
        Check(options.MaxEpochsInFlight is >= 1 and <= 64, $"MaxEpochsInFlight is {options.MaxEpochsInFlight}; 1 to 64 are allowed.");
        Check(options.RingRows is >= 1 and <= 1 << 24, $"RingRows is {options.RingRows}; 1 to 16,777,216 are allowed.");
        Check(options.ReadBufferRows is >= 1 and <= 1 << 28, $"ReadBufferRows is {options.ReadBufferRows}; 1 to 268,435,456 are allowed.");
        Check(options.KeyGroups is >= 1 and <= 32_768, $"KeyGroups is {options.KeyGroups}; 1 to 32,768 are allowed.");
        Check(options.ManifestsKept is >= 1 and <= 1000, $"ManifestsKept is {options.ManifestsKept}; 1 to 1,000 are allowed.");
        Check(
            options.CheckpointInterval >= TimeSpan.Zero && options.CheckpointInterval <= MostTime,
            $"CheckpointInterval is {options.CheckpointInterval}; 0 (only when asked for) to 30 days are allowed.");
        Check(options.DataDirectory is null || !string.IsNullOrWhiteSpace(options.DataDirectory), "DataDirectory is empty; null means that nothing is kept.");
        Check(options.TimeProvider is not null, "TimeProvider is null; TimeProvider.System is the system's.");
    }

    /// <exception cref="LaminarException">An option is out of its range.</exception>
    public static void Check(string source, SourceOptions options)
    {
        string of = $"Source {source}: ";
        Check(options.Partitions is >= 1 and <= 4096, $"Partitions is {options.Partitions}; 1 to 4,096 are allowed.", of);
        Check(
            options.IdleTimeout is null || (options.IdleTimeout > TimeSpan.Zero && options.IdleTimeout <= MostTime),
            $"IdleTimeout is {options.IdleTimeout}; more than 0 and at most 30 days are allowed, or null for never idle.",
            of);
        Check(
            options.MaxDrift is null || (options.MaxDrift > TimeSpan.Zero && options.MaxDrift <= TimeSpan.FromDays(36_525)),
            $"MaxDrift is {options.MaxDrift}; more than 0 and at most 100 years are allowed, or null for any.",
            of);
        Check(options.OnError is ErrorPolicy.Fail or ErrorPolicy.Skip or ErrorPolicy.DeadLetter, $"OnError is {options.OnError}, which is no error policy.", of);
        Check(options.DeadLetterPath is null || !string.IsNullOrWhiteSpace(options.DeadLetterPath), "DeadLetterPath is empty.", of);
    }

    private static void Check(bool condition, string message, string of = "LaminarOptions: ")
    {
        if (!condition)
        {
            throw new LaminarException(of + message);
        }
    }
}
