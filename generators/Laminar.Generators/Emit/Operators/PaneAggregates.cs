using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using Laminar.Generators.Emit.Expressions;
using Laminar.Generators.Emit.Operators.Aggregates;
using Laminar.Sql.Catalog;
using Laminar.Sql.Plan;
using Laminar.Sql.Types;

namespace Laminar.Generators.Emit.Operators;

/// <summary>Aggregates over rows that the library keeps (of frames, of groups that change): what a pane holds, how a row is added to it and taken out, how two are merged, and what is beside it.</summary>
internal sealed class PaneAggregates
{
    private readonly CodeWriter _writer;
    private readonly OperatorContext _context;
    private readonly IReadOnlyList<PlanColumn> _columns;
    private readonly AggregatePlan _states;
    private readonly IReadOnlyList<BoundAggregate> _aggregates;

    /// <param name="writer">Where to.</param>
    /// <param name="context">The query.</param>
    /// <param name="aggregates">Over columns of the rows.</param>
    /// <param name="columns">Those.</param>
    public PaneAggregates(CodeWriter writer, OperatorContext context, IReadOnlyList<BoundAggregate> aggregates, IReadOnlyList<PlanColumn> columns)
    {
        _writer = writer;
        _context = context;
        _columns = columns;
        _aggregates = aggregates;
        _states = new AggregatePlan(aggregates);
    }

    public bool IsNone => _aggregates.Count == 0;

    /// <summary>What aggregates keep tells no more than itself: without all rows none can be taken out again.</summary>
    public bool KeepsRows => _states.States.Any(s => s.Retraction != Retraction.Always);

    private IEnumerable<BesideState> Beside => _states.States.OfType<BesideState>().Where(s => s.IsKeptBeside);

    /// <summary>The struct.</summary>
    public void WritePane()
    {
        if (IsNone)
        {
            return;
        }

        _writer.Line("/// <summary>What is kept of the rows of a frame.</summary>");
        using (_writer.Open("internal struct Pane"))
        {
            foreach ((string type, string name) in _states.Fields)
            {
                _writer.Line($"public {type} {name};");
            }
        }

        _writer.Line();
    }

    /// <summary>What an aggregate is over the rows of <c>pane</c>.</summary>
    public string Result(int aggregate) => _states.Result(aggregate, "pane").AsMember;

    /// <summary>The members of the shape.</summary>
    public void WriteMembers()
    {
        if (IsNone)
        {
            return;
        }

        BesideStore[] stores = Beside.SelectMany(s => s.Stores).ToArray();
        foreach (BesideStore store in stores)
        {
            _writer.Line($"private readonly {store.Type} {store.Name} = new();");
        }

        if (_states.UsesTime)
        {
            _writer.Line("private const int Partition = 0; // rows come in order");
        }

        if (_aggregates.Any(a => a.Function.Clr is not null))
        {
            _writer.Line("private int Calling;");
        }

        _writer.Line();
        _writer.Line("public static bool Aggregates => true;");
        _writer.Line();
        _writer.Line("public static bool CanFail => true;");
        _writer.Line();
        _writer.Line($"public static bool Merges => {Identifiers.Literal(_states.CanTravel)};");
        _writer.Line();
        WriteBegin();
        WriteAdd();
        if (_states.CanTravel)
        {
            using (_writer.Open("public readonly void Merge(ref Pane pane, in Pane later)"))
            using (_writer.Open("unchecked"))
            {
                _states.WriteMerge(_writer, "pane", "later");
            }

            _writer.Line();
        }
        else
        {
            WriteStores(stores);
        }
    }

    private void WriteBegin()
    {
        using (_writer.Open("public readonly void Begin(ref Pane pane)"))
        {
            _writer.Line("pane = default;");
            foreach (AggregateState state in _states.States)
            {
                state.WriteInitial(_writer, "pane");
            }
        }

        _writer.Line();
    }

    private void WriteAdd()
    {
        using (_writer.Open($"public void Add(ref Pane pane, in {_context.InputRow} row, long place)"))
        using (_writer.Open("unchecked"))
        {
            WriteEach((state, values) => state.WriteUpdate(_writer, "pane", values));
            _writer.Line($"pane.{AggregatePlan.Rows}++;");
        }

        _writer.Line();
    }

    /// <summary>Takes a row out again.</summary>
    public void WriteRetract()
    {
        if (IsNone)
        {
            return;
        }

        string header = $"public {(_states.CanTravel ? "readonly " : "")}bool TryRetract(ref Pane pane, in {_context.InputRow} row)";
        if (_states.States.Any(s => s.Retraction == Retraction.Never))
        {
            _writer.Line($"{header} => false;");
            _writer.Line();
            return;
        }

        using (_writer.Open(header))
        using (_writer.Open("unchecked"))
        {
            WriteEach((state, values) => state.WriteRetract(_writer, "pane", values));
            _writer.Line($"pane.{AggregatePlan.Rows}--;");
            _writer.Line("return true;");
        }

        _writer.Line();
    }

    /// <summary>Something for each state, with what the row brings to it.</summary>
    private void WriteEach(System.Action<AggregateState, RowValues> write)
    {
        NameTable names = OperatorContext.Locals();
        names.Local("place");
        var scope = new RowScope(ordinal =>
        {
            PlanColumn column = _columns[ordinal];
            string member = "row." + Identifiers.Escape(_context.Shape.Scan.Relation.Columns[ordinal].ClrName);
            return ClrForm.WriteRead(_writer, column.Type, column.Nullable, member, names.Local(column.Name), names.Local(column.Name + "_value"));
        });
        foreach (AggregateInput input in _states.Inputs)
        {
            EmittedValue[] values = input.Arguments.Select(a => _context.Evaluate(_writer, scope, names, a, input.Name)).ToArray();
            IEnumerable<string> conditions = values.Take(input.Counted).Select(v => v.Null).OfType<string>().Select(n => "!" + n);
            string[] all = (input.Filter is null ? conditions : conditions.Prepend(_context.EvaluateTruth(_writer, scope, names, input.Filter))).Distinct().ToArray();
            CodeWriter.Block? guard = all.Length == 0 ? null : _writer.Open($"if ({string.Join(" && ", all)})");
            foreach (AggregateState state in input.States)
            {
                write(state, new RowValues(values, "place"));
            }

            guard?.Dispose();
        }
    }

    private void WriteStores(BesideStore[] stores)
    {
        void Each(string header, IEnumerable<string> lines)
        {
            using (_writer.Open(header))
            {
                foreach (string line in lines)
                {
                    _writer.Line(line);
                }
            }

            _writer.Line();
        }

        BesideStore[] kept = stores.Where(s => !s.IsRoom).ToArray();
        _writer.Line($"public readonly long Bytes => {string.Join(" + ", kept.Select(s => s.Name + ".Bytes"))};");
        _writer.Line();
        Each("public readonly void Dispose()", stores.Where(s => s.IsUnmanaged).Select(s => $"{s.Name}.Dispose();"));
        Each("public readonly void Save(State::StateWriter state)", kept.Select(s => $"{s.Name}.Save(state);"));
        Each("public readonly void Load(State::StateReader state)", kept.Select(s => $"{s.Name}.Load(state);"));
        using (_writer.Open("public readonly void Free(ref Pane pane)"))
        {
            foreach (BesideState state in Beside)
            {
                state.WriteFree(_writer, "pane");
            }
        }

        _writer.Line();
        foreach (BesideState state in Beside)
        {
            state.WriteMembers(_writer);
        }
    }
}
