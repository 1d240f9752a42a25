using System.Collections.Generic;
using System.Linq;
using Laminar.Sql.Binding;
using Laminar.Sql.Catalog;
using Laminar.Sql.Text;

namespace Laminar.Sql.Plan;

/// <summary>
/// A join with a reference table by the whole of its primary key, as the table is when a row comes (processing time): each row once, with the row of the table that
/// has its key. Nothing is kept and nothing waits, so rows keep their order and their event time. Columns: the input's, then the table's; of SEMI and ANTI the input's alone.
/// </summary>
/// <param name="Input">The rows of the stream.</param>
/// <param name="Table">The table; <see cref="Relation.Key"/> is its primary key.</param>
/// <param name="Type"><see cref="JoinType.Inner"/>, <see cref="JoinType.Left"/>, <see cref="JoinType.Semi"/> or <see cref="JoinType.Anti"/>.</param>
/// <param name="Keys">What the columns of the key are equal to, in the key's order and of their types, over the input; NULL equals nothing.</param>
/// <param name="Condition">What else must be TRUE of a match, over the input's columns and then the table's; null: nothing.</param>
public sealed record LookupJoinNode(PlanNode Input, Relation Table, JoinType Type, IReadOnlyList<BoundExpression> Keys, BoundExpression? Condition, IReadOnlyList<PlanColumn> Columns) : PlanNode(Columns)
{
    public override PlanNode? Below => Input;

    /// <summary>Where the join stands in the text.</summary>
    public TextSpan Span { get; init; }

    /// <summary>How many columns the input has: the table's begin there.</summary>
    public int Width => Input.Columns.Count;

    /// <summary>All that is computed of a row.</summary>
    public IEnumerable<BoundExpression> Expressions => Condition is null ? Keys : Keys.Append(Condition);
}
