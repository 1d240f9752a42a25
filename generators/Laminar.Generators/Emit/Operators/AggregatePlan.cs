using System;
using System.Collections.Generic;
using System.Linq;
using Laminar.Generators.Emit.Expressions;
using Laminar.Sql.Binding;
using Laminar.Sql.Functions;
using Laminar.Sql.Plan;
using Laminar.Sql.Types;

namespace Laminar.Generators.Emit.Operators;

/// <summary>One argument that is evaluated per row, and the states that take it.</summary>
/// <param name="Argument">Null for COUNT(*): only the filter counts.</param>
/// <param name="Filter">FILTER (WHERE ...), or null.</param>
/// <param name="TakesNull">FIRST_VALUE and LAST_VALUE count NULL too.</param>
/// <param name="Name">For locals.</param>
/// <param name="States">What is updated with it.</param>
internal sealed record AggregateInput(BoundExpression? Argument, BoundExpression? Filter, bool TakesNull, string Name, List<AggregateState> States);

/// <summary>What is kept per group and pane, how rows change it, and how the aggregates are read off it.</summary>
internal sealed class AggregatePlan
{
    /// <summary>Rows of the pane; 0 says that it is empty.</summary>
    public const string Rows = "Rows";

    /// <summary>What states append to their names for further fields.</summary>
    private static readonly string[] Suffixes = ["Low", "High", "Seen", "Time", "Partition", "IsNull"];

    private readonly NameTable _fields = new(Rows, "Head", "Hash", "Pane");
    private readonly Dictionary<string, AggregateInput> _inputs = new(StringComparer.Ordinal);
    private readonly Dictionary<string, AggregateState> _byKey = new(StringComparer.Ordinal);
    private readonly List<Func<string, EmittedValue>> _results = new();

    public AggregatePlan(WindowAggregateNode node)
    {
        foreach (BoundAggregate aggregate in node.Aggregates)
        {
            _results.Add(Plan(aggregate));
        }
    }

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

    private static string Code(BoundExpression? expression) => expression is null ? "" : ExpressionPrinter.Print(expression) + ":" + expression.Type;

    private static string Stem(BoundExpression? argument) => argument is BoundColumn column ? column.Name : "";

    private Func<string, EmittedValue> Plan(BoundAggregate aggregate)
    {
        BoundExpression? argument = aggregate.Argument;
        SqlType type = aggregate.Type;
        switch (aggregate.Kind)
        {
            case AggregateKind.CountRows:
            case AggregateKind.Count:
                string count = Count(aggregate.Kind == AggregateKind.Count ? argument : null, aggregate.Filter);
                return pane => new EmittedValue($"{pane}.{count}", null, type);

            case AggregateKind.CountDistinct:
                var distinct = (DistinctState)Add(aggregate, "distinct", (key, name) => new DistinctState(key, name, argument!.Type));
                return pane => new EmittedValue($"((long){pane}.{distinct.Name}.Count)", null, type);

            case AggregateKind.Sum:
            case AggregateKind.Avg:
                return Sum(aggregate);

            case AggregateKind.Min:
            case AggregateKind.Max:
                bool isMaximum = aggregate.Kind == AggregateKind.Max;
                string seen = Count(argument, aggregate.Filter);
                if (ClrForm.IsReference(argument!.Type))
                {
                    var text = (ExtremeReferenceState)Add(
                        aggregate, isMaximum ? "max" : "min", (key, name) => new ExtremeReferenceState(key, name, argument.Type, isMaximum));
                    return pane => new EmittedValue(text.Value(pane), NoneSeen(aggregate, pane, seen), type);
                }

                AggregateState extreme = Add(aggregate, isMaximum ? "max" : "min", (key, name) => new ExtremeState(key, name, argument.Type, isMaximum));
                return pane => new EmittedValue($"{pane}.{extreme.Name}", NoneSeen(aggregate, pane, seen), type);

            case AggregateKind.FirstValue:
            case AggregateKind.LastValue:
                return Edge(aggregate, aggregate.Kind == AggregateKind.LastValue);

            default:
                throw new NotSupportedException($"No emitter for {aggregate.Kind}.");
        }
    }

    private static string? NoneSeen(BoundAggregate aggregate, string pane, string count) => aggregate.Nullable ? $"({pane}.{count} == 0)" : null;

    private Func<string, EmittedValue> Edge(BoundAggregate aggregate, bool isLast)
    {
        SqlType type = aggregate.Argument!.Type;
        bool nullable = aggregate.Argument.Nullable;
        string kind = isLast ? "last" : "first";
        if (ClrForm.IsReference(type))
        {
            var text = (EdgeReferenceState)Add(aggregate, kind, (key, name) => new EdgeReferenceState(key, name, type, isLast), takesNull: true);
            return pane => aggregate.Nullable
                ? new EmittedValue(text.Value(pane) + "!", $"({text.Value(pane)} is null)", aggregate.Type)
                : new EmittedValue(text.Value(pane) + "!", null, aggregate.Type);
        }

        var edge = (EdgeState)Add(aggregate, kind, (key, name) => new EdgeState(key, name, type, isLast, nullable), takesNull: true);
        return pane => new EmittedValue(
            $"{pane}.{edge.Name}",
            !aggregate.Nullable ? null : nullable ? $"({edge.Unseen(pane)} || {pane}.{edge.Name}IsNull)" : edge.Unseen(pane),
            aggregate.Type);
    }

    private Func<string, EmittedValue> Sum(BoundAggregate aggregate)
    {
        SqlType argument = aggregate.Argument!.Type;
        SqlType type = aggregate.Type;
        bool isAverage = aggregate.Kind == AggregateKind.Avg;
        string count = Count(aggregate.Argument, aggregate.Filter);
        if (argument.Kind is SqlTypeKind.BigInt or SqlTypeKind.UBigInt)
        {
            var wide = (WideSumState)Add(aggregate, "sum", (key, name) => new WideSumState(key, name, argument.IsUnsigned));
            return pane =>
            {
                string words = $"{pane}.{wide.Name}Low, {pane}.{wide.Name}High";
                string code = isAverage ? $"State::WideSum.Average({words}, {pane}.{count})"
                    : argument.IsUnsigned ? $"State::WideSum.ToDecimal({words})" : $"State::WideSum.ToInt64({words})";
                string? none = NoneSeen(aggregate, pane, count);
                return new EmittedValue(none is null ? code : $"({none} ? default : {code})", none, type);
            };
        }

        if (argument.Kind == SqlTypeKind.Decimal)
        {
            AggregateState exact = Add(aggregate, "sum", (key, name) => new DecimalSumState(key, name));
            int whole = type.Open ? type.Precision : type.Precision - type.Scale;
            return pane =>
            {
                string? none = NoneSeen(aggregate, pane, count);
                string code = isAverage ? $"{pane}.{exact.Name}.Average({pane}.{count}, {whole}, {type.Scale})" : $"{pane}.{exact.Name}.Value({whole})";
                return new EmittedValue(none is null ? code : $"({none} ? default : {code})", none, type);
            };
        }

        string clr = argument.IsFloat ? "double" : "long";
        AggregateState sum = Add(aggregate, "sum", (key, name) => new PlainSumState(key, name, clr));
        return pane =>
        {
            string? none = NoneSeen(aggregate, pane, count);
            string code = $"{pane}.{sum.Name}";
            if (isAverage)
            {
                code = $"({(clr == "double" ? code : $"(double){code}")} / {pane}.{count})";
            }

            return new EmittedValue(type.Kind == SqlTypeKind.Real ? $"((float){code})" : code, none, type);
        };
    }

    /// <summary>The field that counts the rows whose argument isn't NULL and that pass the filter.</summary>
    private string Count(BoundExpression? argument, BoundExpression? filter)
    {
        if (filter is null && argument?.Nullable != true)
        {
            return Rows;
        }

        BoundExpression? counted = argument?.Nullable == true ? argument : null;
        return Add(counted, filter, "count", (key, name) => new CountState(key, name), takesNull: false).Name;
    }

    private AggregateState Add(BoundAggregate aggregate, string kind, Func<string, string, AggregateState> create, bool takesNull = false) =>
        Add(aggregate.Argument, aggregate.Filter, kind, create, takesNull);

    private AggregateState Add(BoundExpression? argument, BoundExpression? filter, string kind, Func<string, string, AggregateState> create, bool takesNull)
    {
        string inputKey = $"{Code(argument)}|{Code(filter)}|{takesNull}";
        string key = $"{kind}|{inputKey}";
        if (_byKey.TryGetValue(key, out AggregateState? known))
        {
            return known;
        }

        AggregateState state = create(key, _fields.Member($"{kind}_{Stem(argument)}", Suffixes));
        _byKey.Add(key, state);
        if (!_inputs.TryGetValue(inputKey, out AggregateInput? input))
        {
            input = new AggregateInput(argument, filter, takesNull, Stem(argument).Length > 0 ? Stem(argument) : "argument", new List<AggregateState>());
            _inputs.Add(inputKey, input);
        }

        input.States.Add(state);
        return state;
    }
}
