using Laminar.Generators.Model;
using Laminar.Sql;

namespace Laminar.Generators.Pipelines;

/// <summary>A CREATE SOURCE with its connector found.</summary>
/// <param name="Source">The statement.</param>
/// <param name="Connector">The connector.</param>
/// <param name="Options">Assignments to the connector's options.</param>
/// <param name="SourceOptions">Assignments to <c>SourceOptions</c>.</param>
public sealed record BoundSource(CompiledSource Source, ConnectorModel Connector, EquatableArray<BoundOption> Options, EquatableArray<BoundOption> SourceOptions);
