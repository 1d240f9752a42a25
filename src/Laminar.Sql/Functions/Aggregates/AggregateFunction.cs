using System;
using System.Collections.Generic;
using System.Globalization;
using Laminar.Sql.Plan;

namespace Laminar.Sql.Functions.Aggregates;

/// <summary>
/// One aggregate as the language knows it: what it is called, what it takes and what its result is. Whoever executes plans has a part of its own for it
/// and finds that by <see cref="Name"/>. Every aggregate can merge two of its states, since windows share panes and partitions meet.
/// </summary>
public sealed class AggregateFunction
{
    private readonly Func<AggregateCall, BoundAggregate?> _bind;

    /// <param name="name">Upper case.</param>
    /// <param name="least">Fewest arguments.</param>
    /// <param name="most">Most arguments.</param>
    /// <param name="bind">Checks the arguments and says type and nullability; null when it reported an error.</param>
    internal AggregateFunction(string name, int least, int most, Func<AggregateCall, BoundAggregate?> bind)
    {
        Name = name;
        Least = least;
        Most = most;
        _bind = bind;
    }

    /// <summary>Upper case. Synonyms have one name.</summary>
    public string Name { get; }

    /// <summary>Not null for an aggregate in C#.</summary>
    public Catalog.ClrAggregate? Clr { get; internal init; }

    /// <summary>Other names of the same.</summary>
    internal IReadOnlyList<string> Synonyms { get; init; } = Array.Empty<string>();

    /// <summary>Fewest arguments.</summary>
    internal int Least { get; }

    /// <summary>Most arguments.</summary>
    internal int Most { get; }

    /// <summary><c>f(*)</c> is <c>f()</c>.</summary>
    internal bool TakesStar { get; init; }

    /// <summary>DISTINCT changes nothing and is dropped.</summary>
    internal bool IgnoresDistinct { get; init; }

    /// <summary>Arguments may be ARRAY, MAP, ROW and JSON; what it needs of them (an order) it checks itself.</summary>
    internal bool TakesNested { get; init; }

    /// <summary>What ORDER BY means.</summary>
    internal AggregateOrder Order { get; init; }

    /// <summary>Without IGNORE NULLS rows whose argument is NULL count.</summary>
    internal bool TakesNull { get; init; }

    /// <summary>How many of its first arguments mustn't be NULL for a row to count.</summary>
    internal int Counted { get; init; } = int.MaxValue;

    /// <summary>Bytes per key and pane, roughly, for the plan's text.</summary>
    internal Func<BoundAggregate, int> Bytes { get; init; } = _ => sizeof(long);

    /// <summary>What it keeps beside that, for the plan's text: <c>the distinct values</c>.</summary>
    internal string? Beside { get; init; }

    /// <summary><c>1 argument</c>, <c>1 to 2 arguments</c>.</summary>
    internal string Arity
    {
        get
        {
            string most = Most.ToString(CultureInfo.InvariantCulture) + (Most == 1 ? " argument" : " arguments");
            return Least == Most ? most : Least.ToString(CultureInfo.InvariantCulture) + " to " + most;
        }
    }

    /// <inheritdoc/>
    public override string ToString() => Name;

    internal BoundAggregate? Bind(AggregateCall call) => _bind(call);
}
