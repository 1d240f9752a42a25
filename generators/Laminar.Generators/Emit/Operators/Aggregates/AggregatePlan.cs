using System;
using System.Collections.Generic;
using System.Linq;
using Laminar.Generators.Emit.Expressions;
using Laminar.Sql.Binding;
using Laminar.Sql.Plan;

namespace Laminar.Generators.Emit.Operators.Aggregates;

/// <summary>Arguments that are evaluated per row, and the states that take them.</summary>
/// <param name="Arguments">None for COUNT(*): only the filter counts. Keys of an ORDER BY are behind the others.</param>
/// <param name="Filter">FILTER (WHERE ...), or null.</param>
/// <param name="Counted">How many of the first ones mustn't be NULL for a row to count.</param>
/// <param name="Name">For locals.</param>
/// <param name="States">What is updated with them.</param>
internal sealed record AggregateInput(IReadOnlyList<BoundExpression> Arguments, BoundExpression? Filter, int Counted, string Name, List<AggregateState> States);

/// <summary>What is kept per group and pane, how rows change it, and how the aggregates are read off it.</summary>
internal sealed class AggregatePlan
{
    /// <summary>Rows of the pane; 0 says that it is empty.</summary>
    public const string Rows = "Rows";

    /// <summary>What states append to their names for further fields.</summary>
    private static readonly string[] Suffixes = ["Low", "High", "Seen", "Time", "Partition", "IsNull", "Key0", "Key0IsNull", "Key1", "Key1IsNull", "Key2", "Key2IsNull", "Value0", "Value1", "Item", "Order"];

    private readonly NameTable _fields = new(Rows, "Head", "Hash", "Pane");
    private readonly Dictionary<string, AggregateInput> _inputs = new(StringComparer.Ordinal);
    private readonly Dictionary<string, AggregateState> _byKey = new(StringComparer.Ordinal);
    private readonly HashSet<AggregateState> _behind = new();
    private readonly List<Func<string, EmittedValue>> _results = new();

    /// <param name="node">The aggregation.</param>
    /// <param name="guards">The query goes on when an aggregate in C# throws: its group has no result then.</param>
    public AggregatePlan(WindowAggregateNode node, bool guards = false)
        : this(node.Aggregates, guards)
    {
    }

    /// <inheritdoc cref="AggregatePlan(WindowAggregateNode, bool)"/>
    public AggregatePlan(IEnumerable<BoundAggregate> aggregates, bool guards = false)
    {
        Guards = guards;
        foreach (BoundAggregate aggregate in aggregates)
        {
            _results.Add(AggregateCodes.Of(aggregate).Plan(aggregate, this));
        }
    }

    /// <summary>What is thrown while a row is added to an aggregate in C# is noted in its group, rather than ends the query.</summary>
    public bool Guards { get; }

    /// <summary>What stands before the members of the operator in code that reads results: nothing inside it.</summary>
    public string Op { get; set; } = "";

    /// <summary>In the order in which they are updated. No update can fail: a row that fails does so before it changes anything.</summary>
    public IEnumerable<AggregateInput> Inputs => _inputs.Values;

    public IReadOnlyCollection<AggregateState> States => _byKey.Values;

    /// <summary>Whether partial results can travel as plain rows.</summary>
    public bool CanTravel => !States.Any(s => s.IsKeptBeside);

    /// <summary>Whether the event time of rows matters beyond their pane.</summary>
    public bool UsesTime => States.Any(s => s.UsesTime);

    /// <summary>The value of an aggregate over a pane.</summary>
    public EmittedValue Result(int aggregate, string pane) => _results[aggregate](pane);

    /// <summary>The fields of the pane, the row count first.</summary>
    public IEnumerable<(string Type, string Name)> Fields => States.SelectMany(s => s.Fields).Prepend(("long", Rows));

    /// <summary>A state over an aggregate's rows; the one that is there already, if any aggregate has asked for the same.</summary>
    /// <param name="aggregate">Whose arguments and filter it takes.</param>
    /// <param name="kind">States of one kind over the same rows are one; its field is called by it.</param>
    /// <param name="create">Makes it, by its key and its field's name.</param>
    /// <param name="apart">What tells states of one kind over the same rows apart.</param>
    public TState Add<TState>(BoundAggregate aggregate, string kind, Func<string, string, TState> create, string apart = "")
        where TState : AggregateState
    {
        IReadOnlyList<BoundExpression> arguments = aggregate.Arguments;
        int counted = aggregate.Counted;
        if (!aggregate.Distinct)
        {
            return Add(arguments.Concat(aggregate.OrderBy.Select(o => o.Key)).ToArray(), aggregate.Filter, counted, kind, create, apart);
        }

        DistinctState set = Set(aggregate);
        string key = $"{kind}{apart}|{set.Key}";
        if (_byKey.TryGetValue(key, out AggregateState? known))
        {
            return (TState)known;
        }

        TState state = create(key, _fields.Member($"{kind}_distinct_{Stem(arguments)}", Suffixes));
        _byKey.Add(key, state);
        _behind.Add(state);
        set.PutBehind(state);
        return state;
    }

    /// <summary>The field that counts the rows that an aggregate takes and none of whose arguments is NULL.</summary>
    public string Count(BoundAggregate aggregate)
    {
        if (aggregate.Distinct)
        {
            return Set(aggregate).Name + ".Count";
        }

        BoundExpression[] counted = aggregate.Arguments.Take(aggregate.Counted).Where(a => a.Nullable).ToArray();
        return aggregate.Filter is null && counted.Length == 0
            ? Rows
            : Add(counted, aggregate.Filter, counted.Length, "count", (key, name) => new CountState(key, name)).Name;
    }

    /// <summary>The distinct values that an aggregate takes.</summary>
    public DistinctState Set(BoundAggregate aggregate) =>
        Add(aggregate.Arguments, aggregate.Filter, aggregate.Arguments.Count, "distinct", (key, name) => new DistinctState(key, name, aggregate.Arguments.Select(a => a.Type).ToArray(), () => Op));

    /// <summary>Adds one pane to another, which comes before it in time or order.</summary>
    public void WriteMerge(CodeWriter writer, string pane, string other)
    {
        // What is behind a set gets the values that are new to the set.
        foreach (AggregateState state in States.Where(s => !_behind.Contains(s)))
        {
            state.WriteMerge(writer, pane, other);
        }

        writer.Line($"{pane}.{Rows} += {other}.{Rows};");
    }

    private static string Code(BoundExpression? expression) => expression is null ? "" : ExpressionPrinter.Print(expression) + ":" + expression.Type;

    private static string Stem(IReadOnlyList<BoundExpression> arguments) => arguments.Count > 0 && arguments[0] is BoundColumn column ? column.Name : "";

    private TState Add<TState>(
        IReadOnlyList<BoundExpression> arguments, BoundExpression? filter, int counted, string kind, Func<string, string, TState> create, string apart = "")
        where TState : AggregateState
    {
        string inputKey = $"{string.Join(",", arguments.Select(Code))}|{Code(filter)}|{counted}";
        string key = $"{kind}{apart}|{inputKey}";
        if (_byKey.TryGetValue(key, out AggregateState? known))
        {
            return (TState)known;
        }

        string stem = Stem(arguments);
        TState state = create(key, _fields.Member($"{kind}_{stem}", Suffixes));
        _byKey.Add(key, state);
        if (!_inputs.TryGetValue(inputKey, out AggregateInput? input))
        {
            input = new AggregateInput(arguments, filter, counted, stem.Length > 0 ? stem : "argument", new List<AggregateState>());
            _inputs.Add(inputKey, input);
        }

        input.States.Add(state);
        return state;
    }
}
