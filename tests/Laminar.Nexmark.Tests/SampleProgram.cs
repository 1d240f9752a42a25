using System.Diagnostics;

namespace Laminar.Nexmark.Tests;

/// <summary>The sample as a process of its own.</summary>
internal static class SampleProgram
{
    /// <summary>Runs it to its end, or until it has said that it started and a while has passed.</summary>
    /// <param name="killAfter">SIGKILL so long behind its start; null: never.</param>
    /// <param name="arguments">Its arguments.</param>
    /// <returns>True when it came to its end.</returns>
    public static bool Run(TimeSpan? killAfter, params string[] arguments)
    {
        var start = new ProcessStartInfo(Environment.ProcessPath is { } host && Path.GetFileNameWithoutExtension(host) == "dotnet" ? host : "dotnet")
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        start.ArgumentList.Add(Path.Combine(AppContext.BaseDirectory, "nexmark.dll"));
        foreach (string argument in arguments)
        {
            start.ArgumentList.Add(argument);
        }

        using Process process = Process.Start(start) ?? throw new InvalidOperationException("The sample did not start.");
        Task<string> error = process.StandardError.ReadToEndAsync();
        process.StandardOutput.ReadLine();
        if (killAfter is { } moment && !process.WaitForExit(moment))
        {
            process.Kill();
            process.WaitForExit();
            return false;
        }

        process.StandardOutput.ReadToEnd();
        process.WaitForExit();
        return process.ExitCode == 0 ? true : throw new InvalidOperationException($"The sample ended with {process.ExitCode}: {error.Result}");
    }
}
