using Laminar.Sql.Plan;
using Laminar.Sql.Text;
using Laminar.Sql.Types;

namespace Laminar.Sql.Binding;

/// <summary>An aggregate while its query is being bound; <see cref="GroupedRewriter"/> turns it into a column of the grouping node.</summary>
internal sealed record BoundAggregateReference(BoundAggregate Aggregate) : BoundExpression(Aggregate.Type, Aggregate.Nullable, Aggregate.Span);

/// <summary>window_start, window_end or window_time of the query's group window, until the grouping node exists.</summary>
internal sealed record BoundWindowReference(WindowPart Part, SqlType Type, TextSpan Span) : BoundExpression(Type, false, Span);
