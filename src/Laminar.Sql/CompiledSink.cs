using System.Collections.Generic;
using Laminar.Sql.Catalog;
using Laminar.Sql.Text;

namespace Laminar.Sql;

/// <summary>One CREATE SINK with everything that feeds it.</summary>
/// <param name="Name">The SQL name.</param>
/// <param name="NameSpan">Where the name stands in the script.</param>
/// <param name="Columns">The columns that it takes: declared, or those of its first feed.</param>
/// <param name="Connector">The connector's name in lower case (<c>file</c>).</param>
/// <param name="ConnectorSpan">Where the connector's name stands.</param>
/// <param name="Options">Every option but <c>connector</c>, FORMAT as <c>format</c> included, in order.</param>
/// <param name="Feeds">
/// At least one, but for a sink that waits for its first (<see cref="SqlCompiler.CompileAddition"/>); every feed's columns have the sink's types, in its order. The names and nullability are the sink's too, but for a stream
/// whose rows change, which goes in as it is.
/// </param>
public sealed record CompiledSink(
    string Name,
    TextSpan NameSpan,
    IReadOnlyList<RelationColumn> Columns,
    string Connector,
    TextSpan ConnectorSpan,
    IReadOnlyList<CompiledOption> Options,
    IReadOnlyList<CompiledFeed> Feeds);
