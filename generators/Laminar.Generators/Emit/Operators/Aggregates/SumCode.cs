using System;
using System.Collections.Generic;
using Laminar.Generators.Emit.Expressions;
using Laminar.Sql.Plan;
using Laminar.Sql.Types;

namespace Laminar.Generators.Emit.Operators.Aggregates;

/// <summary>SUM and AVG, which is the sum by the count.</summary>
internal sealed class SumCode : AggregateCode
{
    public override IEnumerable<string> Names => ["SUM", "AVG"];

    public override Func<string, EmittedValue> Plan(BoundAggregate aggregate, AggregatePlan plan)
    {
        SqlType argument = aggregate.Argument!.Type;
        SqlType type = aggregate.Type;
        bool isAverage = aggregate.Function.Name == "AVG";
        string count = plan.Count(aggregate);
        if (argument.Kind is SqlTypeKind.BigInt or SqlTypeKind.UBigInt)
        {
            WideSumState wide = plan.Add(aggregate, "sum", (key, name) => new WideSumState(key, name, argument.IsUnsigned));
            return pane =>
            {
                string words = $"{pane}.{wide.Name}Low, {pane}.{wide.Name}High";
                string code = isAverage ? $"State::WideSum.Average({words}, {pane}.{count})"
                    : argument.IsUnsigned ? $"State::WideSum.ToDecimal({words})" : $"State::WideSum.ToInt64({words})";
                return Guarded(aggregate, NoneSeen(aggregate, pane, count), code);
            };
        }

        if (argument.Kind == SqlTypeKind.Decimal)
        {
            StructState exact = plan.Add(aggregate, "sum", (key, name) => new StructState(key, name, "State::DecimalSum") { IsExactSum = true });
            int whole = type.Open ? type.Precision : type.Precision - type.Scale;
            return pane => Guarded(
                aggregate,
                NoneSeen(aggregate, pane, count),
                isAverage ? $"{pane}.{exact.Name}.Average({pane}.{count}, {whole}, {type.Scale})" : $"{pane}.{exact.Name}.Value({whole})");
        }

        string clr = argument.IsFloat ? "double" : "long";
        PlainSumState sum = plan.Add(aggregate, "sum", (key, name) => new PlainSumState(key, name, clr));
        return pane =>
        {
            string code = $"{pane}.{sum.Name}";
            if (isAverage)
            {
                code = $"({(clr == "double" ? code : $"(double){code}")} / {pane}.{count})";
            }

            return new EmittedValue(code, NoneSeen(aggregate, pane, count), type);
        };
    }
}
