namespace Laminar.Tool.Commands;

/// <summary>What the process says when it ends.</summary>
internal static class ExitCodes
{
    public const int Done = 0;

    /// <summary>The SQL is wrong; also what is said of a wrong command line.</summary>
    public const int Wrong = 1;

    /// <summary>It failed while it ran.</summary>
    public const int Failed = 2;

    public const int Interrupted = 130;

    /// <summary>Runs a command, tells on stderr why it has failed.</summary>
    public static async Task<int> Of(Func<Task<int>> command)
    {
        try
        {
            return await command();
        }
        catch (LaminarSqlException error)
        {
            await Console.Error.WriteLineAsync(error.Message);
            return Wrong;
        }
        catch (OperationCanceledException)
        {
            return Interrupted;
        }
        catch (Exception error) when (error is LaminarException or IOException or UnauthorizedAccessException)
        {
            await Console.Error.WriteLineAsync("error: " + error.Message);
            return Failed;
        }
    }
}
