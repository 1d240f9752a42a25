using System.Collections.Generic;
using Laminar.Sql.Catalog;
using Laminar.Sql.Plan;
using Laminar.Sql.Syntax;
using Laminar.Sql.Text;

namespace Laminar.Sql.Scripts;

/// <summary>One query or stream on its way into a sink, before its columns are fitted.</summary>
/// <param name="Stream">Set when the rows of a stream go in unchanged.</param>
/// <param name="Sql">The text.</param>
/// <param name="Plan">Set when it is a query of its own.</param>
/// <param name="Columns">What it gives.</param>
/// <param name="Targets">The columns of INSERT INTO s (a, b), or none.</param>
/// <param name="Span">Where it stands in the script.</param>
internal sealed record SinkInput(Relation? Stream, string Sql, QueryPlan? Plan, IReadOnlyList<RelationColumn> Columns, SyntaxList<Identifier> Targets, TextSpan Span)
{
    public static SinkInput Of(Relation stream, string sql, TextSpan span) => new(stream, sql, null, stream.Columns, SyntaxList<Identifier>.Empty, span);
}
