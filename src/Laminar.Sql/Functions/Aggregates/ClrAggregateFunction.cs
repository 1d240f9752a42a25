using System.Linq;
using Laminar.Sql.Binding;
using Laminar.Sql.Catalog;
using Laminar.Sql.Plan;

namespace Laminar.Sql.Functions.Aggregates;

/// <summary>Aggregates in C#: arguments become the parameters of their <c>Add</c>, and what <c>Result</c> returns is the result, of no rows too.</summary>
internal static class ClrAggregateFunction
{
    public static AggregateFunction Of(ClrAggregate aggregate) =>
        new(aggregate.Name, aggregate.Parameters.Count, aggregate.Parameters.Count, call => Bind(call, aggregate))
        {
            Clr = aggregate,
            TakesNull = aggregate.TakesNull,
            Bytes = _ => 8 * (1 + aggregate.Layout.Count(c => c == ';')),
        };

    private static BoundAggregate? Bind(AggregateCall call, ClrAggregate aggregate)
    {
        if (call.Distinct && call.TakesNull)
        {
            return call.Wrong(call.Span, "DISTINCT", "all rows, those with NULL too, which DISTINCT leaves out");
        }

        var arguments = new BoundExpression[call.Arguments.Count];
        for (int i = 0; i < arguments.Length; i++)
        {
            if (ClrCalls.Cost(call[i], aggregate.Parameters[i]) == int.MaxValue)
            {
                return call.WrongType(i, aggregate.Parameters[i].Type.ToString());
            }

            arguments[i] = ClrCalls.Convert(call[i], aggregate.Parameters[i].Type, call.Diagnostics);
        }

        return aggregate.ResultNullable ? call.MaybeNull(aggregate.Result, arguments) : call.NeverNull(aggregate.Result, arguments);
    }
}
