using Laminar.Sql.Catalog;
using Laminar.Sql.Plan;
using Laminar.Sql.Text;

namespace Laminar.Sql;

/// <summary>One CREATE STREAM or CREATE MATERIALIZED VIEW.</summary>
/// <param name="Name">The SQL name.</param>
/// <param name="NameSpan">Where the name stands in the script.</param>
/// <param name="Sql">The text of its query. Spans inside <paramref name="Plan"/> refer to this text.</param>
/// <param name="SqlSpan">Where that text stands in the script.</param>
/// <param name="Plan">The checked plan.</param>
/// <param name="Relation">Its output, as other queries see it.</param>
public sealed record CompiledStream(string Name, TextSpan NameSpan, string Sql, TextSpan SqlSpan, QueryPlan Plan, Relation Relation)
{
    /// <summary>The rows that are late for it, as other queries and sinks see them (LATE DATA TO); null without that clause.</summary>
    public Relation? Late { get; init; }

    /// <summary>How its rows are kept (CREATE MATERIALIZED VIEW); null of a stream.</summary>
    public CompiledView? View { get; init; }
}
