namespace Laminar.Functions;

/// <summary>A path into JSON, ready to be followed. A constant one is a static field of generated code; others come out of a cache.</summary>
public sealed class SqlJsonPath
{
    private static readonly PreparedCache<string, SqlJsonPath> Cache = new(path => new SqlJsonPath(
        JsonPathText.Read(path) ?? throw new LaminarException($"'{path}' is not a JSON path: {JsonPathText.Expected}.")));

    private SqlJsonPath(JsonStep[] steps) => Steps = steps;

    internal JsonStep[] Steps { get; }

    /// <exception cref="LaminarException">It is no path.</exception>
    public static SqlJsonPath Of(string path) => Cache.Get(path);
}
