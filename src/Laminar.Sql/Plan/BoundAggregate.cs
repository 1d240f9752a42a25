using Laminar.Sql.Binding;
using Laminar.Sql.Functions;
using Laminar.Sql.Text;
using Laminar.Sql.Types;

namespace Laminar.Sql.Plan;

/// <summary>One aggregate of a grouping node. Argument and filter refer to the columns of the node's input.</summary>
public sealed record BoundAggregate(
    AggregateKind Kind,
    BoundExpression? Argument,
    BoundExpression? Filter,
    SqlType Type,
    bool Nullable,
    TextSpan Span);
