namespace Laminar.Runtime;

/// <summary>What <see cref="LaminarOptions"/> may say.</summary>
internal static class OptionLimits
{
    /// <exception cref="LaminarException">An option is out of its range.</exception>
    public static void Check(LaminarOptions options)
    {
        Check(options.Cores is >= 1 and <= 1024, $"Cores is {options.Cores}; 1 to 1,024 are allowed.");
        Check(options.MaxEpochsInFlight is >= 1 and <= 64, $"MaxEpochsInFlight is {options.MaxEpochsInFlight}; 1 to 64 are allowed.");
        Check(options.RingRows is >= 1 and <= 1 << 24, $"RingRows is {options.RingRows}; 1 to 16,777,216 are allowed.");
        Check(options.ReadBufferRows is >= 1 and <= 1 << 28, $"ReadBufferRows is {options.ReadBufferRows}; 1 to 268,435,456 are allowed.");
        Check(options.KeyGroups is >= 1 and <= 32_768, $"KeyGroups is {options.KeyGroups}; 1 to 32,768 are allowed.");
        Check(options.CheckpointInterval >= TimeSpan.Zero, "CheckpointInterval is negative.");
    }

    private static void Check(bool condition, string message)
    {
        if (!condition)
        {
            throw new LaminarException("LaminarOptions: " + message);
        }
    }
}
