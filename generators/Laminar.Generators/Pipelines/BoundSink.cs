using Laminar.Generators.Model;
using Laminar.Sql;

namespace Laminar.Generators.Pipelines;

/// <summary>A CREATE SINK with its connector found.</summary>
/// <param name="Sink">The statement and what feeds it.</param>
/// <param name="Connector">The connector.</param>
/// <param name="SinkType">The generic sink for this kind of rows, fully qualified.</param>
/// <param name="Options">Assignments to the sink's options.</param>
public sealed record BoundSink(CompiledSink Sink, ConnectorModel Connector, string SinkType, EquatableArray<BoundOption> Options);
