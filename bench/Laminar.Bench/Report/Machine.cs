using System.Globalization;
using System.Reflection;
using System.Runtime.InteropServices;

namespace Laminar.Bench.Report;

/// <summary>Where and with what was measured.</summary>
/// <param name="Processor">Its name and how many the process may use.</param>
/// <param name="System">The operating system.</param>
/// <param name="Runtime">The .NET runtime.</param>
/// <param name="Commit">The commit that was built, from the assembly's own version; "unknown" when it was built outside a checkout.</param>
/// <param name="Date">Day of the run, UTC.</param>
public sealed record Machine(string Processor, string System, string Runtime, string Commit, string Date)
{
    public static Machine Current { get; } = new(
        $"{ProcessorName()}, {Environment.ProcessorCount} processors",
        RuntimeInformation.OSDescription,
        RuntimeInformation.FrameworkDescription,
        BuiltCommit(),
        DateTime.UtcNow.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture));

    public override string ToString() => $"{Processor}; {Runtime}; {System}; commit {Commit}; {Date}";

    private static string BuiltCommit()
    {
        string? version = typeof(Machine).Assembly.GetCustomAttribute<AssemblyInformationalVersionAttribute>()?.InformationalVersion;
        return version?.Split('+') is [_, { Length: > 0 } commit] ? commit[..Math.Min(12, commit.Length)] : "unknown";
    }

    private static string ProcessorName()
    {
        if (!File.Exists("/proc/cpuinfo"))
        {
            return RuntimeInformation.ProcessArchitecture.ToString();
        }

        string? line = File.ReadLines("/proc/cpuinfo").FirstOrDefault(l => l.StartsWith("model name", StringComparison.Ordinal));
        return line?[(line.IndexOf(':') + 1)..].Trim() ?? RuntimeInformation.ProcessArchitecture.ToString();
    }
}
