using System;
using System.Collections.Generic;
using Laminar.Generators.Emit.Expressions;
using Laminar.Sql.Plan;

namespace Laminar.Generators.Emit.Operators.Aggregates;

/// <summary>
/// How a family of aggregates becomes code: which states it keeps in a pane, and how its result is read off them. A state says its fields,
/// what a fresh one holds, how a row is added and how two are merged; aggregates that ask for the same state share it.
/// </summary>
internal abstract class AggregateCode
{
    /// <summary>The functions it is for, by name.</summary>
    public abstract IEnumerable<string> Names { get; }

    /// <summary>Asks for states and says, given the name of a pane variable, what the result is.</summary>
    public abstract Func<string, EmittedValue> Plan(BoundAggregate aggregate, AggregatePlan plan);

    /// <summary>NULL over no rows, where that can be.</summary>
    /// <param name="aggregate">The aggregate.</param>
    /// <param name="pane">The pane.</param>
    /// <param name="count">From <see cref="AggregatePlan.Count"/>.</param>
    protected static string? NoneSeen(BoundAggregate aggregate, string pane, string count) => aggregate.Nullable ? $"({pane}.{count} == 0)" : null;

    /// <summary>A result that is only computed where it isn't NULL.</summary>
    protected static EmittedValue Guarded(BoundAggregate aggregate, string? none, string code) =>
        new(none is null ? code : $"({none} ? default : {code})", none, aggregate.Type);
}
