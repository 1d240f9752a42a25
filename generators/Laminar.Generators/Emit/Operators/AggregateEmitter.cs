using System.Collections.Generic;
using System.Linq;
using Laminar.Generators.Emit.Expressions;
using Laminar.Generators.Emit.Operators.Aggregates;
using Laminar.Sql.Binding;
using Laminar.Sql.Plan;

namespace Laminar.Generators.Emit.Operators;

/// <summary>
/// GROUP BY with a window. The loop finds a row's pane by one comparison with the current pane, its group by a hash probe, and adds to the
/// state in place; new groups and results are methods apart, panes and windows are the business of <c>WindowOperator</c>.
/// </summary>
internal sealed partial class AggregateEmitter
{
    private const string Unsafe = "Compiler::Unsafe";
    private const string PaneMath = "State::PaneMath";
    private const string Execution = "Execution::";
    private const string Inline = "[Compiler::MethodImpl(Compiler::MethodImplOptions.AggressiveInlining)]";

    private readonly CodeWriter _writer;
    private readonly OperatorContext _context;
    private readonly WindowAggregateNode _node;
    private readonly AggregateMode _mode;
    private readonly KeyPlan _keys;
    private readonly AggregatePlan _states;
    private readonly Geometry _geometry;
    private readonly bool _canFail;

    /// <summary>The loop over grouping sets, while it is written.</summary>
    private CodeWriter.Block? _sets;

    /// <summary>Rows before and after each change are made of groups.</summary>
    private readonly bool _changes;

    private AggregateEmitter(CodeWriter writer, OperatorContext context, AggregateMode mode, KeyPlan keys, AggregatePlan states)
    {
        _writer = writer;
        _context = context;
        _node = context.Shape.Aggregate!;
        _mode = mode;
        _keys = keys;
        _states = states;
        _geometry = new Geometry(_node, mode);
        _changes = KeepsResults(_node);
        _canFail = context.Shape.CanFail || keys.Texts > 0;
    }

    private QueryShape Shape => _context.Shape;

    /// <summary>The entry type: the first phase of two keeps single panes, whatever windows they are in.</summary>
    private string Group => _mode == AggregateMode.Local && HasLocalGroup(_node) ? "LocalGroup" : "Group";

    /// <summary>The groups of a block of panes.</summary>
    private string Block => $"State::GroupBlock<{Group}>";

    /// <summary>
    /// The source's watermark follows the window's own time and no row is left out before, by WHERE or by failing: one comparison serves both.
    /// </summary>
    private bool WatermarkIsRange =>
        Shape.TimeIsWatermark && !Shape.CanFail && !Shape.Before.Any(n => n is FilterNode);

    private IEnumerable<BesideState> Beside => _states.States.OfType<BesideState>().Where(s => s.IsKeptBeside);

    /// <summary>Whether something of a group lies outside its block and must be given back.</summary>
    private bool NeedsFree => Beside.Any();

    /// <summary>Results are kept for a while, to be compared or handed on as changes.</summary>
    public static bool KeepsResults(WindowAggregateNode node) => node.Emit != EmitMode.OnWindowClose || node.Lateness > 0;

    /// <summary>Whether the first phase of two lays its entries out in its own way.</summary>
    public static bool HasLocalGroup(WindowAggregateNode node) => new Geometry(node, AggregateMode.Whole).HasBlocks;

    /// <summary>
    /// Keys or arguments can fail (a text key is refused that UTF-8 can't hold), and are evaluated before a row counts as late: what fails is an error row, in whatever window it would be.
    /// The stage that merges gets no such rows, and the one before it judges none.
    /// </summary>
    public static bool DefersLate(QueryShape shape) =>
        (shape.RowCanFail || new KeyPlan(shape.Aggregate!).Texts > 0) && !Geometry.HoldsSessions(shape.Aggregate!) && !new Geometry(shape.Aggregate!, AggregateMode.Whole).PerWindow;

    /// <summary>Writes the operators of an aggregation: one, or that and one for each of two phases.</summary>
    public static void Write(CodeWriter writer, OperatorContext context, KeyPlan keys, AggregatePlan states)
    {
        string input = context.InputRow;
        string row = context.Row.TypeName;
        AggregateEmitter Of(AggregateMode mode) => new(writer, context, mode, keys, states);
        AggregateEmitter whole = Of(AggregateMode.Whole);
        string Base(string of, string group) => $"{Execution}{(Geometry.HoldsSessions(context.Shape.Aggregate!) ? "SessionOperator" : whole._geometry.IsSliding ? "SlidingOperator" : "WindowOperator")}<{of}, {group}>";
        const string layout = "StageGraph.Layout";
        if (!context.IsTwoPhase(states))
        {
            using (OperatorFrame.OpenOperator(writer, "The query over its direct input.", "Operator", $"{Base(input, "Group")}({layout})", row, context))
            {
                whole.WriteStores();
                whole.WriteResults(isGeneric: false);
                whole.WriteRowLoop();
            }

            writer.Line();
            return;
        }

        AggregateEmitter local = Of(AggregateMode.Local);
        bool sharesScan = !HasLocalGroup(context.Shape.Aggregate!);
        writer.Line("/// <summary>The groups, and the results that are made of them.</summary>");
        using (writer.Open($"internal abstract class Results<TIn>({Execution}WindowLayout layout) : {Base("TIn", "Group")}(layout)"))
        {
            whole.WriteStores();
            whole.WriteResults(isGeneric: true);
        }

        writer.Line();
        if (sharesScan)
        {
            writer.Line("/// <summary>Rows into their groups.</summary>");
            using (writer.Open($"internal abstract class Scan({Execution}WindowLayout layout) : Results<{input}>(layout)"))
            {
                whole.WriteRowLoop();
            }

            writer.Line();
        }

        string over = sharesScan ? "Scan" : $"Results<{input}>";
        using (OperatorFrame.OpenOperator(writer, "The query over its direct input.", "Operator", $"{over}({layout})", row, context))
        {
            whole.WriteEmissions();
            if (!sharesScan)
            {
                whole.WriteRowLoop();
            }
        }

        writer.Line();
        string first = sharesScan ? "Scan" : Base(input, "LocalGroup");
        using (OperatorFrame.OpenOperator(writer, "The first phase: the rows of one partition to partial results per pane.", "LocalOperator", $"{first}({layout}.ForLocal())", "Partial", context))
        {
            local.WritePartials();
            if (!sharesScan)
            {
                local.WriteStores();
                local.WriteRowLoop();
            }
        }

        writer.Line();
        using (OperatorFrame.OpenOperator(writer, "The second phase: partial results to results.", "FinalOperator", $"Results<Partial>({layout}.ForFinal())", row, context))
        {
            whole.WriteEmissions();
            writer.Line($"protected override void Run(global::System.ReadOnlySpan<Partial> rows, int start) => MergeRows<{Execution}PlainInput<Partial>, Partial>(new {Execution}PlainInput<Partial>(rows), start);");
            writer.Line();
            writer.Line("protected override void Run(global::System.ReadOnlySpan<Partial> rows, global::System.ReadOnlySpan<long> watermarks, long ceiling, int start) =>");
            writer.Line($"    MergeRows<{Execution}StampedInput<Partial>, Partial>(new {Execution}StampedInput<Partial>(rows, watermarks, ceiling), start);");
        }

        writer.Line();
    }

    /// <summary>The layout that the operators are made with, as a field.</summary>
    public static void WriteLayout(CodeWriter writer, OperatorContext context)
    {
        WindowAggregateNode node = context.Shape.Aggregate!;
        var geometry = new Geometry(node, AggregateMode.Whole);
        var values = new List<string>
        {
            $"QueryName = {Identifiers.Literal(context.Request.QueryName)}",
            $"Fingerprint = {Identifiers.Literal(context.Fingerprint)}",
            $"Size = {Identifiers.Literal(geometry.Size)}",
            $"Slide = {Identifiers.Literal(geometry.Slide)}",
            $"PaneSize = {Identifiers.Literal(geometry.Pane)}",
            $"Origin = {Identifiers.Literal(geometry.Origin)}",
            $"Gap = {Identifiers.Literal(geometry.Gap)}",
        };
        void Add(bool applies, string value)
        {
            if (applies)
            {
                values.Add(value);
            }
        }

        int texts = new KeyPlan(node).Texts;
        Add(geometry.HasBlocks || geometry.Panes > 1, $"Panes = {geometry.Panes}");
        Add(!geometry.IsWhole && node.Window.PanesPerSlide > 1, $"PanesPerSlide = {node.Window.PanesPerSlide}");
        WindowLayoutEmitter.Add(values, node.Window, geometry.HasTotals);
        Add(geometry.IsSliding, "IsSliding = true");
        Add(geometry.HasBlocks, $"BlockShift = {geometry.Shift}");
        Add(geometry.IsWhole, "IsWhole = true");
        Add(geometry.IsIdle, "IsIdle = true");
        Add(node.Keys.Count == 0 && !geometry.IsSession && (!geometry.PerWindow || geometry.IsWhole), "IsGlobal = true");
        Add(node.EmptySets.Count > 0, "HasEmptySets = true");
        Add(node.Emit != EmitMode.OnWindowClose, $"Emission = {Execution}EmissionMode.{node.Emit}");
        Add(node.Lateness > 0, $"Lateness = {Identifiers.Literal(node.Lateness)}");
        Add(node.EmitInterval > 0, $"EmitInterval = {Identifiers.Literal(node.EmitInterval)}");
        Add(node.EmitInterval > 0 && (node.Emit == EmitMode.ByClock || node.Window.UnitsPerMillisecond != 1), $"EmitOrigin = {Identifiers.Literal(Laminar.Sql.Streaming.EventTime.UnixEpochTicks)}");
        Add(texts > 0, $"Texts = {texts}");
        Add(context.Shape.Scan.Relation.Watermark is { Delay: not 0 }, $"Delay = {Identifiers.Literal(context.Shape.Scan.Relation.Watermark?.Delay ?? 0)}");
        Add(node.Window.UnitsPerMillisecond == 1, "IsMilliseconds = true");
        Add(DefersLate(context.Shape), "DefersLate = true");
        writer.Line($"public static readonly {Execution}WindowLayout Layout = new() {{ {string.Join(", ", values)} }};");
        writer.Line();
    }

    /// <summary>The only group where there are no keys, and what stores of their own beside the panes need.</summary>
    private void WriteStores()
    {
        if (_geometry.IsSession)
        {
            WriteSessionGroups();
        }
        else if (_keys.Keys.Count == 0 && (!_geometry.PerWindow || _geometry.IsWhole))
        {
            _writer.Line($"protected override void AddOnlyGroup({Block} block) => {Group}.Add(Groups, block, 0u);");
            _writer.Line();
        }
        else if (_node.EmptySets.Count > 0)
        {
            WriteEmptySets();
        }

        BesideStore[] stores = Beside.SelectMany(s => s.Stores).ToArray();
        if (stores.Length == 0)
        {
            return;
        }

        foreach (BesideStore store in stores)
        {
            _writer.Line($"private readonly {store.Type} {store.Name} = new();");
        }

        _writer.Line();
        stores = stores.Where(s => !s.IsRoom).ToArray();
        _writer.Line($"public override long StateBytes => base.StateBytes{string.Concat(stores.Select(s => $" + {s.Name}.Bytes"))};");
        _writer.Line();
        if (stores.Any(s => s.IsUnmanaged))
        {
            WriteOverride("public override void Dispose()", "base.Dispose();", stores.Where(s => s.IsUnmanaged).Select(s => $"{s.Name}.Dispose();"));
        }

        WriteOverride("protected override void Save(State::StateWriter state)", "base.Save(state);", stores.Select(s => $"{s.Name}.Save(state);"));
        WriteOverride("protected override void Load(State::StateReader state)", "base.Load(state);", stores.Select(s => $"{s.Name}.Load(state);"));
        using (_writer.Open($"protected override void FreeGroup(ref {Group} group)"))
        {
            CodeWriter.Block? loop = null;
            if (_geometry.HasBlocks)
            {
                loop = _writer.Open($"for (int i = 0; i < {_geometry.BlockPanes}; i++)");
            }

            _writer.Line($"ref Pane pane = ref {Pane("group", "i")};");
            foreach (BesideState state in Beside)
            {
                state.WriteFree(_writer, "pane");
            }

            loop?.Dispose();
        }

        _writer.Line();
        foreach (BesideState state in Beside)
        {
            state.WriteMembers(_writer);
        }
    }

    /// <summary>The groups of no keys, which there are even of no rows.</summary>
    private void WriteEmptySets()
    {
        IReadOnlyList<EmittedValue> values = _keys.ParameterValues();
        using (_writer.Open($"protected override void AddOnlyGroup({Block} block)"))
        {
            foreach (int set in _node.EmptySets)
            {
                (string Type, string Name, string Argument)[] keys = _keys.Parameters(values).ToArray();
                foreach ((string type, string name, _) in keys)
                {
                    string value = name == keys[keys.Length - 1].Name ? set.ToString(System.Globalization.CultureInfo.InvariantCulture) : type == "bool" && name.EndsWith("IsNull", System.StringComparison.Ordinal) ? "true" : "default";
                    _writer.Line($"{(set == _node.EmptySets[0] ? type + " " : "")}{name} = {value};");
                }

                _writer.Line($"{Group}.Add(Groups, block, {_keys.Hash(values)}{string.Concat(keys.Select(k => ", " + k.Argument))});");
            }
        }

        _writer.Line();
    }

    private void WriteOverride(string header, string first, IEnumerable<string> lines)
    {
        using (_writer.Open(header))
        {
            _writer.Line(first);
            foreach (string line in lines)
            {
                _writer.Line(line);
            }
        }

        _writer.Line();
    }

    /// <summary>A pane of an entry.</summary>
    private string Pane(string group, string index) => _geometry.PaneOf(group, index);
}
