namespace Laminar;

/// <summary>
/// Gives a member another SQL name than its own, or says that a string holds JSON. Works on a property, a field and a positional parameter alike.
/// </summary>
[AttributeUsage(AttributeTargets.Property | AttributeTargets.Field | AttributeTargets.Parameter)]
public sealed class ColumnAttribute : Attribute
{
    public ColumnAttribute()
    {
    }

    /// <param name="name">The SQL name.</param>
    public ColumnAttribute(string name) => Name = name;

    /// <summary>The SQL name, or null where it is the member's own.</summary>
    public string? Name { get; }

    /// <summary><c>json</c> on a string that holds the text of a JSON value; nothing else means anything.</summary>
    public string? TypeName { get; init; }
}
