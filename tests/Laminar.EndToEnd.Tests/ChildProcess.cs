using System.Diagnostics;

namespace Laminar.EndToEnd.Tests;

/// <summary>Runs the child program to its end, or kills it at a moment of the caller's choice.</summary>
internal static class ChildProcess
{
    private static readonly string Program = Path.Combine(AppContext.BaseDirectory, "Laminar.EndToEnd.Child.dll");

    /// <summary>Runs to the end; fails with the child's own words.</summary>
    public static void RunToEnd(params string[] arguments)
    {
        using Process process = Start(arguments);
        Task<string> error = process.StandardError.ReadToEndAsync();
        process.StandardOutput.ReadToEnd();
        process.WaitForExit();
        if (process.ExitCode != 0)
        {
            throw new InvalidOperationException($"The child ended with {process.ExitCode}: {error.Result}");
        }
    }

    /// <summary>True when the child was killed, false when it had ended by itself before.</summary>
    /// <param name="afterStart">Time between the child's word that it has started and the kill.</param>
    /// <param name="arguments">The child's arguments.</param>
    public static bool RunAndKill(TimeSpan afterStart, params string[] arguments)
    {
        using Process process = Start(arguments);
        Task<string> error = process.StandardError.ReadToEndAsync();
        process.StandardOutput.ReadLine();
        bool ended = process.WaitForExit(afterStart);
        if (!ended)
        {
            process.Kill(); // SIGKILL on Unix
        }

        process.WaitForExit();
        if (ended && process.ExitCode != 0)
        {
            throw new InvalidOperationException($"The child ended with {process.ExitCode}: {error.Result}");
        }

        return !ended;
    }

    private static Process Start(string[] arguments)
    {
        var start = new ProcessStartInfo(Environment.ProcessPath is { } host && Path.GetFileNameWithoutExtension(host) == "dotnet" ? host : "dotnet")
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        start.ArgumentList.Add(Program);
        foreach (string argument in arguments)
        {
            start.ArgumentList.Add(argument);
        }

        return Process.Start(start) ?? throw new InvalidOperationException("The child did not start.");
    }
}
