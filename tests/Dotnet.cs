using System.Diagnostics;

namespace Laminar.Testing;

/// <summary>Runs the SDK in a child process, for tests of projects outside the solution.</summary>
internal static class Dotnet
{
#if DEBUG
    private const string Configuration = "Debug";
#else
    private const string Configuration = "Release";
#endif

    /// <summary>
    /// Builds the project in a folder, in the configuration of the calling test: what it references is up to date then, and nothing is built that another test
    /// project may be using.
    /// </summary>
    public static (int ExitCode, string Output) Build(string folder) =>
        Run(folder, "build", "-c", Configuration, "-nologo", "-v", "q", "-p:UseSharedCompilation=false", "-nodeReuse:false");

    /// <summary>Runs what <see cref="Build"/> has built.</summary>
    public static (int ExitCode, string Output) RunBuilt(string folder) => Run(folder, "run", "-c", Configuration, "--no-build");

    /// <summary>Runs any command of the SDK, in a folder.</summary>
    public static (int ExitCode, string Output) Run(string folder, params string[] arguments)
    {
        var start = new ProcessStartInfo("dotnet", arguments) { WorkingDirectory = folder, RedirectStandardOutput = true, RedirectStandardError = true };

        // Variables that the test host's own build left behind would steer the child's.
        foreach (string name in start.Environment.Keys.Where(k => k.StartsWith("MSBUILD", StringComparison.OrdinalIgnoreCase)).ToList())
        {
            start.Environment.Remove(name);
        }

        using Process process = Process.Start(start)!;
        Task<string> error = process.StandardError.ReadToEndAsync();
        string output = process.StandardOutput.ReadToEnd();
        process.WaitForExit();
        return (process.ExitCode, output + error.Result);
    }
}
