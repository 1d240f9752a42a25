using System;
using System.Collections.Generic;
using System.Linq;
using Laminar.Sql.Binding;
using Laminar.Sql.Functions.Aggregates;
using Laminar.Sql.Text;
using Laminar.Sql.Types;

namespace Laminar.Sql.Plan;

/// <summary>One aggregate of a grouping node. All expressions refer to the columns of the node's input.</summary>
/// <param name="Function">What it is.</param>
/// <param name="Arguments">None for COUNT(*). A row counts when none of the first <see cref="Counted"/> is NULL.</param>
/// <param name="Filter">Only rows for which it is TRUE count; the arguments are evaluated for no others. Null for all.</param>
/// <param name="Type">Of the result.</param>
/// <param name="Nullable">Whether the result can be NULL.</param>
/// <param name="Span">The call.</param>
public sealed record BoundAggregate(
    AggregateFunction Function,
    IReadOnlyList<BoundExpression> Arguments,
    BoundExpression? Filter,
    SqlType Type,
    bool Nullable,
    TextSpan Span)
{
    /// <summary>Each value (each combination of the arguments' values) counts once.</summary>
    public bool Distinct { get; init; }

    /// <summary>What it keeps grows with the rows: values, and not only what is made of them.</summary>
    internal bool KeepsValues => Distinct || Function.Beside is not (null or "a sketch" or "the greatest values");

    /// <summary>Rows whose argument is NULL count like others.</summary>
    public bool TakesNull { get; init; }

    /// <summary>The order of rows that the result goes by; behind it, and where it is empty, the order of time, then of arrival.</summary>
    public IReadOnlyList<BoundOrder> OrderBy { get; init; } = Array.Empty<BoundOrder>();

    /// <summary>How many of the first arguments mustn't be NULL for a row to count.</summary>
    public int Counted => TakesNull ? 0 : Math.Min(Arguments.Count, Function.Counted);

    /// <summary>What parametrises the result: the fraction of a percentile (<c>decimal</c>), the separator of texts (<c>string</c>), how many (<c>int</c>).</summary>
    public object? Constant { get; init; }

    /// <summary>The first argument, null where there is none.</summary>
    public BoundExpression? Argument => Arguments.Count == 0 ? null : Arguments[0];

    /// <summary>Everything that is evaluated per row.</summary>
    public IEnumerable<BoundExpression> Expressions
    {
        get
        {
            IEnumerable<BoundExpression> taken = Arguments.Concat(OrderBy.Select(o => o.Key));
            return Filter is null ? taken : taken.Append(Filter);
        }
    }

    /// <summary>The same over other expressions.</summary>
    /// <param name="expressions">As many as <see cref="Expressions"/>, in that order.</param>
    public BoundAggregate Over(IReadOnlyList<BoundExpression> expressions) => this with
    {
        Arguments = expressions.Take(Arguments.Count).ToArray(),
        OrderBy = OrderBy.Select((o, i) => o with { Key = expressions[Arguments.Count + i] }).ToArray(),
        Filter = Filter is null ? null : expressions[expressions.Count - 1],
    };
}
