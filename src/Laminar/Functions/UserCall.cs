using System.ComponentModel;

namespace Laminar.Functions;

/// <summary>What generated code and the interpreter do around calls of functions in C# (<see cref="StreamFunctionAttribute"/>).</summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public static class UserCall
{
    /// <summary>What a function returned whose type says that it never returns null.</summary>
    /// <exception cref="LaminarException">It did.</exception>
    public static T NotNull<T>(T? value)
        where T : class =>
        value ?? throw new LaminarException("it returned null, though its type says that it never does.");

    /// <summary>The error of a row whose function threw.</summary>
    /// <param name="function">Its SQL name.</param>
    /// <param name="error">What it threw.</param>
    public static LaminarException Failed(string function, Exception error) =>
        new($"Function {function} failed: {(error is LaminarException ? "" : error.GetType().Name + ": ")}{error.Message}", error);

    /// <summary>The error of a group that an aggregate in C# has failed to add a row to.</summary>
    /// <param name="aggregate">Its SQL name.</param>
    /// <param name="last">What it threw last, to whatever group; null: not since the state was restored, or on another core.</param>
    public static LaminarException HalfChanged(string aggregate, string? last) =>
        new($"Add of aggregate {aggregate} has failed for a row of the group{(last is null ? "" : $" (the last time: {last})")}.");

    /// <summary>What is said of a row that an aggregate in C# couldn't add.</summary>
    public static string AddFailed(Exception error) => $"Add of an aggregate in C# has failed: {error.GetType().Name}: {error.Message}";

    /// <summary>Whether what came out of a function makes its row an error row, rather than ends the query.</summary>
    public static bool IsRowError(Exception error) => error is not (OutOfMemoryException or StreamRowException);
}
