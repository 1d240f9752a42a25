namespace Laminar;

/// <summary>
/// Makes a type a stream of rows that SQL can read from. The type is a <c>partial</c> record struct, record, class or struct; its public
/// properties and fields are the columns (SQL names match C# names ignoring case and underscores; <see cref="ColumnAttribute"/> overrides).
/// </summary>
/// <example><code>
/// [StreamSource("trades", Watermark = "ts - INTERVAL '5' SECOND")]
/// public readonly partial record struct Trade(string Symbol, double Price, long Volume, DateTime Ts);
/// </code></example>
[AttributeUsage(AttributeTargets.Class | AttributeTargets.Struct, Inherited = false)]
public sealed class StreamSourceAttribute : Attribute
{
    /// <summary>A source whose SQL name is the type's name.</summary>
    public StreamSourceAttribute()
    {
    }

    /// <param name="name">The SQL name.</param>
    public StreamSourceAttribute(string name) => Name = name;

    /// <summary>The SQL name, or null for the type's name.</summary>
    public string? Name { get; }

    /// <summary>
    /// How far event time has certainly come when a row arrives, as SQL over the row's columns: <c>"ts - INTERVAL '5' SECOND"</c>.
    /// Rows older than this are late for the windows that it has closed. Without it only <c>AdvanceWatermark</c> moves time.
    /// </summary>
    [System.Diagnostics.CodeAnalysis.StringSyntax("sql")]
    public string? Watermark { get; set; }
}
