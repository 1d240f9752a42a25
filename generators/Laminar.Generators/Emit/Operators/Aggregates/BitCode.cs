using System;
using System.Collections.Generic;
using Laminar.Generators.Emit.Expressions;
using Laminar.Sql.Plan;
using Laminar.Sql.Types;

namespace Laminar.Generators.Emit.Operators.Aggregates;

/// <summary>BIT_AND, BIT_OR and BIT_XOR.</summary>
internal sealed class BitCode : AggregateCode
{
    public override IEnumerable<string> Names => ["BIT_AND", "BIT_OR", "BIT_XOR"];

    public override Func<string, EmittedValue> Plan(BoundAggregate aggregate, AggregatePlan plan)
    {
        string operation = aggregate.Function.Name switch { "BIT_AND" => "&", "BIT_OR" => "|", _ => "^" };
        string count = plan.Count(aggregate);
        BitState bits = plan.Add(aggregate, aggregate.Function.Name.ToLowerInvariant(), (key, name) => new BitState(key, name, aggregate.Type, operation));
        return pane => new EmittedValue($"{pane}.{bits.Name}", NoneSeen(aggregate, pane, count), aggregate.Type);
    }
}

/// <summary>The bits of integers, combined.</summary>
internal sealed class BitState(string key, string name, SqlType type, string operation) : AggregateState(key, name)
{
    private readonly string _clr = ClrForm.Of(type);

    public override IEnumerable<(string Type, string Name)> Fields => [(_clr, Name)];

    public override void WriteInitial(CodeWriter writer, string pane)
    {
        if (operation == "&")
        {
            writer.Line($"{pane}.{Name} = {(type.IsUnsigned ? $"{_clr}.MaxValue" : "-1")};");
        }
    }

    public override void WriteUpdate(CodeWriter writer, string pane, RowValues row) => writer.Line($"{pane}.{Name} {operation}= {row.Value.Code};");

    public override void WriteMerge(CodeWriter writer, string pane, string other) => writer.Line($"{pane}.{Name} {operation}= {other}.{Name};");
}
