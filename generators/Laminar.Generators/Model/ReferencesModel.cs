namespace Laminar.Generators.Model;

/// <summary>What referenced assemblies offer: relations, connectors and the runtime.</summary>
/// <param name="Exports">Public sources and queries, by name.</param>
/// <param name="Connectors">By name.</param>
/// <param name="HostType">The runtime type, fully qualified, or empty when none is referenced.</param>
public sealed record ReferencesModel(EquatableArray<RelationModel> Exports, EquatableArray<ConnectorModel> Connectors, string HostType)
{
    /// <summary>Public functions in C#.</summary>
    public FunctionSet Functions { get; init; } = FunctionSet.Empty;
}
