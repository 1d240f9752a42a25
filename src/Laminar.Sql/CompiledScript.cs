using System.Collections.Generic;
using System.Linq;
using Laminar.Sql.Catalog;
using Laminar.Sql.Diagnostics;

namespace Laminar.Sql;

/// <summary>What came of a script. The lists hold what could be compiled; with an error in <paramref name="Diagnostics"/> nothing of it may run.</summary>
/// <param name="Sources">CREATE SOURCE, in script order.</param>
/// <param name="Streams">CREATE STREAM, each behind the streams that it reads.</param>
/// <param name="Sinks">CREATE SINK, in script order, each with everything that feeds it.</param>
/// <param name="Diagnostics">Findings in the order of their places; spans are in the script's text.</param>
public sealed record CompiledScript(
    IReadOnlyList<CompiledSource> Sources,
    IReadOnlyList<CompiledStream> Streams,
    IReadOnlyList<CompiledSink> Sinks,
    IReadOnlyList<SqlDiagnostic> Diagnostics)
{
    /// <summary>CREATE TABLE, in script order.</summary>
    public IReadOnlyList<CompiledTable> Tables { get; init; } = System.Array.Empty<CompiledTable>();

    /// <summary>A stream of the script, or the late rows of one, by name; null when there is none.</summary>
    public Relation? Stream(string name) =>
        Streams.SelectMany(s => s.Late is { } late ? new[] { s.Relation, late } : new[] { s.Relation }).FirstOrDefault(r => SqlName.Same(r.Name, name));
}
