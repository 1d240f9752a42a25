using System;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using Laminar.Generators.Emit.Expressions;
using Laminar.Sql.Binding;
using Laminar.Sql.Plan;
using Laminar.Sql.Types;

namespace Laminar.Generators.Emit.Operators.Aggregates;

/// <summary>STRING_AGG, ARRAY_AGG, MAP_AGG and TOPK.</summary>
internal sealed class ListCode : AggregateCode
{
    public override IEnumerable<string> Names => ["STRING_AGG", "ARRAY_AGG", "MAP_AGG", "TOPK"];

    public override Func<string, EmittedValue> Plan(BoundAggregate aggregate, AggregatePlan plan)
    {
        string name = aggregate.Function.Name;
        if (aggregate.Distinct && name != "STRING_AGG")
        {
            return name == "TOPK" ? DistinctTop(aggregate, plan) : DistinctArray(aggregate, plan);
        }

        string order = string.Join(",", aggregate.OrderBy.Select(o => $"{o.Descending}{o.NullsFirst}"));
        return name switch
        {
            "STRING_AGG" => Of(aggregate, plan, "texts", ListForm.Text, order, Identifiers.Literal((string)aggregate.Constant!)),
            "ARRAY_AGG" => Of(aggregate, plan, "values", ListForm.Array, order),
            "MAP_AGG" => Of(aggregate, plan, "pairs", ListForm.Map, order),
            _ => Of(aggregate, plan, "top", ListForm.Top, ((int)aggregate.Constant!).ToString(CultureInfo.InvariantCulture)),
        };
    }

    private static Func<string, EmittedValue> Of(BoundAggregate aggregate, AggregatePlan plan, string kind, ListForm form, string apart, params string[] parameters)
    {
        RowListState list = plan.Add(aggregate, kind, (key, name) => new RowListState(key, name, aggregate, form), apart);
        return pane => Of(aggregate, NoneSeen(aggregate, pane, list.Name + ".Count"), list.Of(pane, parameters));
    }

    private static Func<string, EmittedValue> DistinctTop(BoundAggregate aggregate, AggregatePlan plan)
    {
        DistinctState set = plan.Set(aggregate).Listed();
        return pane => Of(aggregate, NoneSeen(aggregate, pane, set.Name + ".Count"), $"State::DistinctLists.Greatest({set.Values(pane)}, {ClrForm.Literal(aggregate.Constant!)})");
    }

    // The set has no NULL; how many there were is counted beside it.
    private static Func<string, EmittedValue> DistinctArray(BoundAggregate aggregate, AggregatePlan plan)
    {
        BoundExpression argument = aggregate.Argument!;
        DistinctState set = plan.Set(aggregate).Listed();
        string? nulls = null;
        if (aggregate.TakesNull && argument.Nullable)
        {
            var isNull = new BoundIsNull(argument, false, argument.Span);
            BoundExpression filter = aggregate.Filter is null ? isNull : new BoundBinary(BinaryOperator.And, aggregate.Filter, isNull, SqlType.Boolean, aggregate.Filter.Nullable, argument.Span);
            nulls = plan.Count(aggregate with { Distinct = false, Arguments = [], Filter = filter, OrderBy = [] });
        }

        BoundOrder order = aggregate.OrderBy[0];
        return pane =>
        {
            string hasNull = nulls is null ? "false" : $"{pane}.{nulls} > 0";
            string? none = !aggregate.Nullable ? null : nulls is null ? $"({pane}.{set.Name}.Count == 0)" : $"({pane}.{set.Name}.Count == 0 && {pane}.{nulls} == 0)";
            return Of(aggregate, none, $"State::DistinctLists.Of({set.Values(pane)}, {Identifiers.Literal(order.Descending)}, {hasNull}, {Identifiers.Literal(order.NullsFirst)})");
        };
    }

    private static EmittedValue Of(BoundAggregate aggregate, string? none, string code) =>
        new(none is null ? code : $"({none} ? default! : {code})", none, aggregate.Type);
}
