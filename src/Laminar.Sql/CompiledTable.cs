using System.Collections.Generic;
using Laminar.Sql.Catalog;
using Laminar.Sql.Text;

namespace Laminar.Sql;

/// <summary>One CREATE [LOOKUP] TABLE.</summary>
/// <param name="Name">The SQL name.</param>
/// <param name="NameSpan">Where the name stands in the script.</param>
/// <param name="Relation">Its columns and its primary key, as queries see them.</param>
/// <param name="Connector">The connector's name in lower case (<c>file</c>); empty when none is named: then whoever runs it fills it.</param>
/// <param name="ConnectorSpan">Where the connector's name stands; empty at the statement's name when there is none.</param>
/// <param name="Options">Every option but <c>connector</c>, FORMAT as <c>format</c> included, in order.</param>
public sealed record CompiledTable(
    string Name,
    TextSpan NameSpan,
    Relation Relation,
    string Connector,
    TextSpan ConnectorSpan,
    IReadOnlyList<CompiledOption> Options);
