using Laminar.Linux;

namespace Laminar.Connectors.Files.Reading;

/// <summary>stdin, which only one source of a process can read.</summary>
internal static class StandardInput
{
    private static int _taken;

    /// <summary>The stream that sources read; tests put their own here before a source opens it.</summary>
    internal static Func<Stream> Opener { get; set; } = InterruptibleInput.OpenStandardInput;

    /// <exception cref="LaminarException">Another source reads it.</exception>
    public static Stream Take() => Interlocked.Exchange(ref _taken, 1) == 0
        ? Opener()
        : throw new LaminarException("Two sources read stdin (path '-'); only one can.");

    /// <summary>Ends a read that waits, so that its thread leaves and takes nothing from the next reader.</summary>
    public static void Release(Stream stream)
    {
        (stream as InterruptibleInput)?.Interrupt();
        Volatile.Write(ref _taken, 0);
    }
}
