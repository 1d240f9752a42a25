using System;
using System.Collections.Generic;
using System.Linq;
using Laminar.Generators.Emit.Expressions;
using Laminar.Sql.Catalog;
using Laminar.Sql.Plan;
using Laminar.Sql.Types;

namespace Laminar.Generators.Emit.Operators.Aggregates;

/// <summary>Aggregates in C#: the user's struct lies in the pane, and its methods are called as they stand.</summary>
internal sealed class ClrAggregateCode : AggregateCode
{
    /// <summary>None: they are found by their struct.</summary>
    public override IEnumerable<string> Names => [];

    public override Func<string, EmittedValue> Plan(BoundAggregate aggregate, AggregatePlan plan)
    {
        ClrAggregate clr = aggregate.Function.Clr!;
        ClrState state = plan.Add(aggregate, SqlName.ToSnakeCase(clr.Name), (key, name) => new ClrState(key, name, clr, plan.Guards), apart: clr.Type);
        return pane =>
        {
            string result = $"{pane}.{state.Name}.Result()";
            if (plan.Guards)
            {
                result = $"({pane}.{state.Seen} > 1 ? throw Functions::UserCall.HalfChanged({Identifiers.Literal(aggregate.Function.Name)}, {plan.Op}AddFailure) : {result})";
            }

            if (ClrForm.IsReference(clr.Result) && !clr.ResultNullable)
            {
                result = $"Functions::UserCall.NotNull({result})";
            }

            // As it stands where nothing but the value is asked for; what is asked for twice is called twice.
            return ExpressionEmitter.OfReturned(clr.Result, clr.ResultNullable, result);
        };
    }

    /// <summary>The struct, and whether any row was added: merging is only for those that have some. 2 and more: adding one has thrown.</summary>
    private sealed class ClrState(string key, string name, ClrAggregate aggregate, bool guards) : AggregateState(key, name)
    {
        public string Seen => Name + "Seen";

        public override IEnumerable<(string Type, string Name)> Fields => [(aggregate.Type, Name), ("byte", Seen)];

        public override void WriteUpdate(CodeWriter writer, string pane, RowValues row)
        {
            string add = $"{pane}.{Name}.Add({string.Join(", ", row.Values.Select((v, i) => ExpressionEmitter.AsArgument(v, aggregate.Parameters[i])))});";
            writer.Line($"{row.Op}Calling = -1;");
            if (guards)
            {
                writer.Line($"{pane}.{Seen} |= 1;");
                using (writer.Open("try"))
                {
                    writer.Line(add);
                }

                using (writer.Open("catch (global::System.Exception error) when (Functions::UserCall.IsRowError(error))"))
                {
                    writer.Line($"{row.Op}AddFailure = error.Message;");
                    writer.Line($"{pane}.{Seen} = 2; // what it holds now may be half of what it should");
                }

                writer.Line($"{row.Op}Calling = 0;");
                return;
            }

            writer.Line(add);
            writer.Line($"{row.Op}Calling = 0;");
            writer.Line($"{pane}.{Seen} = 1;");
        }

        public override void WriteMerge(CodeWriter writer, string pane, string other)
        {
            CodeWriter.Block? failed = guards ? writer.Open($"if (({pane}.{Seen} | {other}.{Seen}) > 1)") : null;
            if (failed is { } open)
            {
                writer.Line($"{pane}.{Seen} = 2;");
                open.Dispose();
            }

            using (writer.Open($"{(guards ? "else " : "")}if ({other}.{Seen} != 0)"))
            {
                using (writer.Open($"if ({pane}.{Seen} != 0)"))
                {
                    writer.Line($"{pane}.{Name}.Merge(in {other}.{Name});");
                }

                using (writer.Open("else"))
                {
                    writer.Line($"{pane}.{Name} = {other}.{Name};");
                    writer.Line($"{pane}.{Seen} = 1;");
                }
            }
        }
    }
}
