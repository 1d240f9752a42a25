namespace Laminar.Generators.Model;

/// <summary>The C# types that a WITH literal can be converted to; nullable forms count as their own.</summary>
public enum OptionKind
{
    Text,
    Boolean,
    Int32,
    Int64,
    Character,

    /// <summary>A number and <c>ms</c>, <c>s</c>, <c>m</c>, <c>h</c> or <c>d</c>.</summary>
    Duration,

    /// <summary>A member's name in snake_case.</summary>
    Enum,
}
