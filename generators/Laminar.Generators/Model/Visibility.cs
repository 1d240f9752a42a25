namespace Laminar.Generators.Model;

/// <summary>How far a type can be seen. The order is by reach.</summary>
public enum Visibility
{
    /// <summary>Inside another type only.</summary>
    Private,

    /// <summary>Inside its assembly.</summary>
    Internal,

    /// <summary>Everywhere.</summary>
    Public,
}
