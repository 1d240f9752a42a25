using System;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using Laminar.Sql.Binding;
using Laminar.Sql.Diagnostics;
using Laminar.Sql.Plan;
using Laminar.Sql.Text;
using Laminar.Sql.Types;

namespace Laminar.Sql.Functions.Aggregates;

/// <summary>One call of an aggregate while its types are worked out.</summary>
/// <param name="Function">What is called.</param>
/// <param name="Name">The name that the call uses, upper case.</param>
/// <param name="Arguments">Bound, in order.</param>
/// <param name="Filter">FILTER (WHERE ...), or null.</param>
/// <param name="Diagnostics">Where errors go.</param>
/// <param name="Span">The whole call.</param>
internal sealed record AggregateCall(
    AggregateFunction Function,
    string Name,
    IReadOnlyList<BoundExpression> Arguments,
    BoundExpression? Filter,
    DiagnosticBag Diagnostics,
    TextSpan Span)
{
    /// <summary>DISTINCT, where it means anything.</summary>
    public bool Distinct { get; init; }

    /// <summary>Rows whose argument is NULL count.</summary>
    public bool TakesNull { get; init; }

    /// <summary>ORDER BY in the call, or WITHIN GROUP.</summary>
    public IReadOnlyList<BoundOrder> OrderBy { get; init; } = Array.Empty<BoundOrder>();

    /// <summary>Of a query without GROUP BY and window, which has a result even of no rows.</summary>
    public bool IsGlobal { get; init; }

    public BoundExpression this[int index] => Arguments[index];

    /// <summary>An argument; a bare NULL has the type given.</summary>
    public BoundExpression Typed(int index, SqlType ofNull) => this[index].Type.Kind == SqlTypeKind.Null ? Coercion.To(this[index], ofNull) : this[index];

    public BoundAggregate? WrongType(int index, string takes) => WrongType(this[index], takes);

    public BoundAggregate? WrongType(BoundExpression argument, string takes) => Wrong(argument.Span, argument.Type.ToString(), takes);

    /// <summary>Reports what it doesn't take.</summary>
    public BoundAggregate? Wrong(TextSpan span, string what, string takes)
    {
        Diagnostics.Report(SqlRules.ArgumentType, span, Name, what, takes);
        return null;
    }

    public BoundAggregate? WrongCount(string takes)
    {
        Diagnostics.Report(SqlRules.ArgumentCount, Span, Name, takes, Arguments.Count.ToString(CultureInfo.InvariantCulture));
        return null;
    }

    /// <summary>NULL over no rows: NOT NULL where an argument that is NOT NULL has no FILTER before it, and there are groups.</summary>
    public BoundAggregate Result(SqlType type, params BoundExpression[] arguments) => Make(type, IsGlobal || Filter is not null || arguments.Any(a => a.Nullable), arguments);

    /// <summary>NULL over some rows too.</summary>
    public BoundAggregate MaybeNull(SqlType type, params BoundExpression[] arguments) => Make(type, true, arguments);

    /// <summary>0 over no rows.</summary>
    public BoundAggregate NeverNull(SqlType type, params BoundExpression[] arguments) => Make(type, false, arguments);

    private BoundAggregate Make(SqlType type, bool nullable, BoundExpression[] arguments) =>
        new(Function, arguments, Filter, type, nullable, Span) { Distinct = Distinct, TakesNull = TakesNull, OrderBy = Function.Order == AggregateOrder.Rows ? OrderBy : Array.Empty<BoundOrder>() };
}
