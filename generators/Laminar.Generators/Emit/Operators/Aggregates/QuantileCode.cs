using System;
using System.Collections.Generic;
using Laminar.Generators.Emit.Expressions;
using Laminar.Sql.Plan;
using Laminar.Sql.Types;

namespace Laminar.Generators.Emit.Operators.Aggregates;

/// <summary>Percentiles, MODE and sketches.</summary>
internal sealed class QuantileCode : AggregateCode
{
    public override IEnumerable<string> Names => ["MEDIAN", "PERCENTILE_CONT", "PERCENTILE_DISC", "MODE", "APPROX_PERCENTILE", "APPROX_COUNT_DISTINCT"];

    public override Func<string, EmittedValue> Plan(BoundAggregate aggregate, AggregatePlan plan)
    {
        SqlType argument = aggregate.Argument!.Type;
        switch (aggregate.Function.Name)
        {
            case "APPROX_COUNT_DISTINCT":
                SketchState distinct = plan.Add(aggregate, "sketch", (key, name) => new SketchState(key, name, argument));
                return pane => new EmittedValue(distinct.Estimate(pane), null, aggregate.Type);
            case "APPROX_PERCENTILE":
                CountedState buckets = plan.Add(aggregate, "buckets", (key, name) => new CountedState(key, name, argument, isBucket: true));
                return pane => Of(aggregate, pane, buckets.Name, buckets.Percentile(pane, (decimal)aggregate.Constant!));
            case "MODE":
                CountedState counts = plan.Add(aggregate, "counts", (key, name) => new CountedState(key, name, argument, isBucket: false));
                return pane => Of(aggregate, pane, counts.Name, counts.Mode(pane, aggregate.Constant is 1m));
            default:
                decimal fraction = (decimal)aggregate.Constant!;
                if (ClrForm.IsReference(argument))
                {
                    RowListState places = plan.Add(aggregate, "places", (key, name) => new RowListState(key, name, aggregate, ListForm.Place));
                    bool isDescending = fraction > 1;
                    return pane => Of(aggregate, pane, places.Name, places.Of(pane, ClrForm.Literal(isDescending ? fraction - 2 : fraction), Identifiers.Literal(isDescending)));
                }

                ListState list = plan.Add(aggregate, "list", (key, name) => new ListState(key, name, argument));
                return pane => Of(aggregate, pane, list.Name, Percentile(aggregate, list.Values(pane), fraction));
        }
    }

    private static EmittedValue Of(BoundAggregate aggregate, string pane, string field, string code)
    {
        string? none = NoneSeen(aggregate, pane, field + ".Count");
        return new EmittedValue(none is null ? code : $"({none} ? default! : {code})", none, aggregate.Type);
    }

    private static string Percentile(BoundAggregate aggregate, string values, decimal fraction)
    {
        if (aggregate.Function.Name == "PERCENTILE_DISC")
        {
            bool isDescending = fraction > 1;
            return $"State::Quantiles.Discrete({values}, {ClrForm.Literal(isDescending ? fraction - 2 : fraction)}, {Identifiers.Literal(isDescending)})";
        }

        string scale = aggregate.Type.Kind == SqlTypeKind.Decimal ? $", {aggregate.Type.Scale}" : "";
        return $"State::Quantiles.Continuous({values}, {ClrForm.Literal(fraction)}{scale})";
    }
}
