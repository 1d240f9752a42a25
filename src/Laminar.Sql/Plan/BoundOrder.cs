using Laminar.Sql.Binding;

namespace Laminar.Sql.Plan;

/// <summary>One key of an ORDER BY.</summary>
/// <param name="Key">What is compared.</param>
/// <param name="Descending">The greatest first.</param>
/// <param name="NullsFirst">NULL before all values.</param>
public sealed record BoundOrder(BoundExpression Key, bool Descending, bool NullsFirst);
