namespace Laminar;

/// <summary>
/// Makes a static method a scalar function of SQL. Generated code calls it directly, so that the JIT can inline it. The method is public or internal, not
/// generic, and takes and returns types that columns have: <c>bool</c>, numbers, <c>string</c>, <c>byte[]</c>, <c>Guid</c>, <c>DateTime</c> (UTC), <c>DateTimeOffset</c>,
/// <c>DateOnly</c>, <c>TimeOnly</c>, <c>TimeSpan</c>, and <c>T?</c> of each. SQL calls it by its name ignoring case and underscores; methods of one name are overloads.
/// </summary>
/// <remarks>
/// For a NULL whose parameter isn't nullable the method isn't called: the result is NULL. What it throws makes the row an error row, with the function's name in
/// the message. Rows are computed again after a crash and wherever their partition is found, so the method must give the same for the same arguments: one that
/// reads a clock or state that changes is a warning (LAM0043, LAM0044). Other projects can call public methods of a project that has the generator.
/// </remarks>
/// <example><code>
/// public static class Geo
/// {
///     [StreamFunction]
///     public static double Distance(double x, double y) => Math.Sqrt((x * x) + (y * y));
/// }
///
/// [StreamQuery("SELECT id, distance(x, y) AS d FROM points")]
/// public sealed partial class Distances;
/// </code></example>
[AttributeUsage(AttributeTargets.Method, Inherited = false)]
public sealed class StreamFunctionAttribute : Attribute
{
    /// <summary>A function whose SQL name is the method's name.</summary>
    public StreamFunctionAttribute()
    {
    }

    /// <param name="name">The SQL name.</param>
    public StreamFunctionAttribute(string name) => Name = name;

    /// <summary>The SQL name, or null for the method's name.</summary>
    public string? Name { get; }
}
