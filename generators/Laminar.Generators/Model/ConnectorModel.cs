namespace Laminar.Generators.Model;

/// <summary>A connector of a referenced assembly (<c>[assembly: LaminarConnector]</c>). Type names are fully qualified, generics without arguments.</summary>
/// <param name="Name">As <c>WITH (connector = '...')</c> names it, lower case.</param>
public sealed record ConnectorModel(string Name)
{
    /// <summary>The generic source type, or empty when the connector can't read.</summary>
    public string SourceType { get; init; } = "";

    public string SourceOptionsType { get; init; } = "";

    public EquatableArray<ConnectorOption> SourceOptions { get; init; }

    /// <summary>The generic sink for append-only rows, or empty.</summary>
    public string AppendSinkType { get; init; } = "";

    /// <summary>The generic sink for updating rows, or empty.</summary>
    public string ChangelogSinkType { get; init; } = "";

    public string SinkOptionsType { get; init; } = "";

    public EquatableArray<ConnectorOption> SinkOptions { get; init; }
}
