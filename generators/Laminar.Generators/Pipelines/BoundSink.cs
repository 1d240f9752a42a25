using Laminar.Generators.Model;
using Laminar.Sql;
using Laminar.Sql.Catalog;

namespace Laminar.Generators.Pipelines;

/// <summary>A CREATE SINK with its connector found.</summary>
/// <param name="Sink">The statement and what feeds it.</param>
/// <param name="Connector">The connector.</param>
/// <param name="SinkType">The generic sink for this kind of rows, fully qualified.</param>
/// <param name="Options">Assignments to the sink's options.</param>
public sealed record BoundSink(CompiledSink Sink, ConnectorModel Connector, string SinkType, EquatableArray<BoundOption> Options)
{
    /// <summary>True when a feed's rows change, so that all are written with their kind.</summary>
    public bool IsUpdating { get; init; }

    /// <summary>True when the sink's rows aren't just those of the one query that feeds it.</summary>
    public bool HasOwnRow { get; init; }

    /// <summary>The simple name of its own row type.</summary>
    public string RowName => RowNameOf(Sink.Name);

    /// <summary>Sink <c>fast_file</c> has the row type <c>FastFileRow</c>.</summary>
    public static string RowNameOf(string sink) => SqlName.ToPascalCase(sink) + "Row";
}
