namespace Laminar;

/// <summary>Gives a member another SQL name than its own. Works on a property, a field and a positional parameter alike.</summary>
[AttributeUsage(AttributeTargets.Property | AttributeTargets.Field | AttributeTargets.Parameter)]
public sealed class ColumnAttribute(string name) : Attribute
{
    /// <summary>The SQL name.</summary>
    public string Name { get; } = name;
}
