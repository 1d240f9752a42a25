namespace Laminar.Generators.Model;

/// <summary>A public settable property of a connector's options: a key in WITH.</summary>
/// <param name="Key">As SQL writes it: <c>idle_timeout</c>.</param>
/// <param name="Property">The property behind it: <c>IdleTimeout</c>.</param>
/// <param name="Kind">What its literals are converted to.</param>
public sealed record ConnectorOption(string Key, string Property, OptionKind Kind)
{
    /// <summary>For enums: the type, fully qualified.</summary>
    public string EnumType { get; init; } = "";

    /// <summary>For enums: the members.</summary>
    public EquatableArray<string> EnumMembers { get; init; }

    /// <summary>True for a <c>required</c> property: the key must be given.</summary>
    public bool IsRequired { get; init; }

    /// <summary>True when it names what a sink writes to (<c>[SinkTarget]</c>): no two sinks may have the same value.</summary>
    public bool IsTarget { get; init; }

    /// <summary>The one value of a target that any number of sinks may have, or null.</summary>
    public string? SharedTarget { get; init; }

    /// <summary>The one value of a target with which rows may come twice after a crash, or null.</summary>
    public string? AtLeastOnceTarget { get; init; }
}
