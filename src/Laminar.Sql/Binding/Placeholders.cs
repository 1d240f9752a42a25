using System.Collections.Generic;
using Laminar.Sql.Plan;
using Laminar.Sql.Text;
using Laminar.Sql.Types;

namespace Laminar.Sql.Binding;

/// <summary>
/// An aggregate while its query is being bound; <see cref="GroupedRewriter"/> turns it into a column of the grouping node. A leaf: its argument and
/// filter are over other rows than the expression it stands in.
/// </summary>
internal sealed record BoundAggregateReference(BoundAggregate Aggregate) : BoundLeaf(Aggregate.Type, Aggregate.Nullable, Aggregate.Span);

/// <summary>GROUPING(a, b): which of the keys the row's grouping set leaves out, a bit each, the first the highest.</summary>
internal sealed record BoundGroupingReference(IReadOnlyList<BoundExpression> Keys, TextSpan Span) : BoundLeaf(SqlType.Int, false, Span);

/// <summary>window_start, window_end or window_time of the query's group window, until the grouping node exists.</summary>
internal sealed record BoundWindowReference(WindowPart Part, SqlType Type, TextSpan Span) : BoundLeaf(Type, false, Span);
