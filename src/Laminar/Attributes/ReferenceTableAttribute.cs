namespace Laminar;

/// <summary>
/// Makes a type the rows of a reference table: SQL joins streams with it by its key, each row of the stream with the table as it is when that row comes. The type is a <c>partial</c>
/// record, record struct, class or struct as a source's is; <see cref="KeyAttribute"/> on at least one member says what tells its rows apart.
/// </summary>
/// <example><code>
/// [ReferenceTable("instruments")]
/// public sealed partial record Instrument([property: Key] string Symbol, string Sector, decimal TickSize);
/// </code></example>
[AttributeUsage(AttributeTargets.Class | AttributeTargets.Struct, Inherited = false)]
public sealed class ReferenceTableAttribute : Attribute
{
    /// <summary>A table whose SQL name is the type's name.</summary>
    public ReferenceTableAttribute()
    {
    }

    /// <param name="name">The SQL name.</param>
    public ReferenceTableAttribute(string name) => Name = name;

    /// <summary>The SQL name, or null for the type's name.</summary>
    public string? Name { get; }
}
