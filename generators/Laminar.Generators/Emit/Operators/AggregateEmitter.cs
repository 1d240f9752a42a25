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

    /// <summary>What stands before the members of the operator: a shape gets it, and what isn't one is inside it.</summary>
    private string Op => _context.Op;

    /// <summary>The operator as a shape's loop gets it, before other parameters.</summary>
    private string OpParameter => Op.Length == 0 ? "" : $"{OpType} op, ";

    private string OpType => $"{Execution}WindowOperator<{_context.InputRow}, {Group}>";

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

    /// <summary>Whether results come as changes, or of sessions: those have an operator of their own in the query. All others are a shape of the library's.</summary>
    public static bool HasShape(WindowAggregateNode node) => !KeepsResults(node) && !Geometry.HoldsSessions(node);

    /// <summary>Writes what runs an aggregation: a shape, another one for the first phase of two where that lays its entries out in its own way; or an operator.</summary>
    public static void Write(CodeWriter writer, OperatorContext context, KeyPlan keys, AggregatePlan states)
    {
        var whole = new AggregateEmitter(writer, context, AggregateMode.Whole, keys, states);
        if (HasShape(context.Shape.Aggregate!))
        {
            context.Op = states.Op = "op.";
            whole.WriteShape();
            if (context.IsTwoPhase(states) && HasLocalGroup(context.Shape.Aggregate!))
            {
                new AggregateEmitter(writer, context, AggregateMode.Local, keys, states).WriteLocalShape();
            }

            context.Op = states.Op = "";
            return;
        }

        string kind = Geometry.HoldsSessions(context.Shape.Aggregate!) ? "SessionOperator" : "WindowOperator";
        using (OperatorFrame.OpenOperator(writer, "The query over its direct input.", "Operator", $"{Execution}{kind}<{context.InputRow}, Group>(StageGraph.Layout)", context.Row.TypeName, context))
        {
            whole.WriteStores();
            whole.WriteResults();
            whole.WriteRowLoop();
        }

        writer.Line();
    }

    /// <summary>The library's operator of an aggregation that <see cref="HasShape"/>.</summary>
    /// <param name="context">The query.</param>
    /// <param name="output">Where rows go.</param>
    public static string OperatorOf(OperatorContext context, string output) =>
        $"{Execution}{(IsSliding(context) ? "Sliding" : "Window")}Aggregate<{context.InputRow}, Group, Pane, {context.Row.TypeName}, Shape, {output}>";

    /// <summary>The library's method that adds such an aggregation to a runtime's graph.</summary>
    /// <param name="context">The query.</param>
    /// <param name="states">What it keeps.</param>
    /// <param name="isKeyed">Rows meet by keys.</param>
    public static string StagesOf(OperatorContext context, AggregatePlan states, bool isKeyed)
    {
        string types = $"{context.InputRow}, Group, Pane, {context.Row.TypeName}, Shape";
        string kind = IsSliding(context) ? "Sliding" : isKeyed ? "Keyed" : "Single";
        if (!context.IsTwoPhase(states))
        {
            return $"{Execution}AggregateStages.{kind}<{types}>";
        }

        string local = HasLocalGroup(context.Shape.Aggregate!) ? "LocalGroup, Partial, LocalShape" : "Group, Partial, Shape";
        return $"{Execution}AggregateStages.{kind}TwoPhase<{types}, {local}>";
    }

    private static bool IsSliding(OperatorContext context) => new Geometry(context.Shape.Aggregate!, AggregateMode.Whole).IsSliding;

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

    /// <summary>What stores of their own beside the panes need.</summary>
    private void WriteStores()
    {
        if (_geometry.IsSession)
        {
            WriteSessionGroups();
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
            _writer.Line("ref Pane pane = ref group.Pane;");
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
