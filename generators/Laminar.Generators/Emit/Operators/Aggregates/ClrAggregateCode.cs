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
        ClrState state = plan.Add(aggregate, SqlName.ToSnakeCase(clr.Name), (key, name) => new ClrState(key, name, clr), apart: clr.Type);
        return pane =>
        {
            string result = $"{pane}.{state.Name}.Result()";
            if (ClrForm.IsReference(clr.Result) && !clr.ResultNullable)
            {
                result = $"Functions::UserCall.NotNull({result})";
            }

            // As it stands where nothing but the value is asked for; what is asked for twice is called twice.
            return ExpressionEmitter.OfReturned(clr.Result, clr.ResultNullable, result);
        };
    }

    /// <summary>The struct, and whether any row was added: merging is only for those that have some.</summary>
    private sealed class ClrState(string key, string name, ClrAggregate aggregate) : AggregateState(key, name)
    {
        private string Seen => Name + "Seen";

        public override IEnumerable<(string Type, string Name)> Fields => [(aggregate.Type, Name), ("byte", Seen)];

        public override void WriteUpdate(CodeWriter writer, string pane, RowValues row)
        {
            writer.Line("Calling = -1;");
            writer.Line($"{pane}.{Name}.Add({string.Join(", ", row.Values.Select((v, i) => ExpressionEmitter.AsArgument(v, aggregate.Parameters[i])))});");
            writer.Line("Calling = 0;");
            writer.Line($"{pane}.{Seen} = 1;");
        }

        public override void WriteMerge(CodeWriter writer, string pane, string other)
        {
            using (writer.Open($"if ({other}.{Seen} != 0)"))
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
