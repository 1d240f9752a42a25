using System.Collections.Generic;
using System.Linq;
using Laminar.Generators.Emit.Expressions;
using Laminar.Sql.Binding;
using Laminar.Sql.Plan;

namespace Laminar.Generators.Emit.Operators;

/// <summary>
/// GROUP BY with a window. The loop finds a row's pane by one comparison with the current pane, its group by a hash probe, and adds to the
/// state in place; closing windows, late rows and new groups are methods apart.
/// </summary>
internal sealed partial class AggregateEmitter
{
    private const string Unsafe = "global::System.Runtime.CompilerServices.Unsafe";
    private const string PaneMath = "global::Laminar.State.PaneMath";
    private const string Cold = "[global::System.Runtime.CompilerServices.MethodImpl(global::System.Runtime.CompilerServices.MethodImplOptions.NoInlining)]";

    private readonly CodeWriter _writer;
    private readonly OperatorContext _context;
    private readonly WindowAggregateNode _node;
    private readonly AggregateMode _mode;
    private readonly KeyPlan _keys;
    private readonly AggregatePlan _states;
    private readonly Geometry _geometry;
    private readonly bool _canFail;
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
        _changes = _node.Emit == EmitMode.Changes;
        _canFail = context.Shape.CanFail || keys.Texts > 0;
    }

    private QueryShape Shape => _context.Shape;

    /// <summary>Names of the entry and pane types: blocks of panes differ between the modes.</summary>
    private string Group => _mode == AggregateMode.Local ? "LocalGroup" : "Group";

    /// <summary>
    /// The source's watermark follows the window's own time and no row is left out before, by WHERE or by failing: one comparison serves both.
    /// </summary>
    private bool WatermarkIsRange =>
        _mode != AggregateMode.Final && Shape.TimeIsWatermark && !Shape.CanFail && !Shape.Before.Any(n => n is FilterNode);

    /// <summary>
    /// Keys or arguments can fail, and are evaluated before a row counts as late: what fails is an error row, in whatever window it would be.
    /// The stage that merges gets no such rows, and the one before it judges none.
    /// </summary>
    private bool DefersLate => _mode == AggregateMode.Whole && Shape.RowCanFail && !_geometry.PerWindow;

    /// <summary>What a row costs that is late for a window.</summary>
    private string CountLate => DefersLate ? "_isLate = true;" : "LateRows++;";

    private IEnumerable<BesideState> Beside => _states.States.OfType<BesideState>();

    /// <summary>Whether something of an entry lies elsewhere and must be given back.</summary>
    private bool NeedsFree => _keys.Texts > 0 || Beside.Any();

    /// <summary>Writes the body of an operator.</summary>
    public static void Write(CodeWriter writer, OperatorContext context, AggregateMode mode, KeyPlan keys, AggregatePlan states)
    {
        var emitter = new AggregateEmitter(writer, context, mode, keys, states);
        emitter._geometry.WriteConstants(writer, context.Shape.Aggregate!.Window);
        emitter.WriteFields();
        if (mode == AggregateMode.Final)
        {
            writer.Line("protected override void Run(global::System.ReadOnlySpan<Partial> rows, int start) => Loop(new global::Laminar.Execution.PlainInput<Partial>(rows), start);");
            writer.Line();
            writer.Line("protected override void Run(global::System.ReadOnlySpan<Partial> rows, global::System.ReadOnlySpan<long> watermarks, long ceiling, int start) =>");
            writer.Line("    Loop(new global::Laminar.Execution.StampedInput<Partial>(rows, watermarks, ceiling), start);");
            writer.Line();
        }
        else
        {
            OperatorFrame.WriteRuns(writer, context);
        }

        emitter.WriteAdvance();
        emitter.WriteSnapshot();
        emitter.WriteLoop();
        if (!emitter._geometry.PerWindow)
        {
            emitter.WriteOpen();
        }

        emitter.WriteAddGroup();
        emitter.WriteClose();
        emitter.WriteEmit();
    }

    private void WriteFields()
    {
        _writer.Line($"private readonly global::Laminar.State.GroupTable<{Group}> _groups = new();");
        if (_keys.Texts > 0)
        {
            _writer.Line("/// <summary>Text keys as bytes, and by slot as the references that rows brought.</summary>");
            _writer.Line("private readonly global::Laminar.State.TextSlab _slab = new();");
            _writer.Line($"private string?[] _keyTexts = new string?[{64 * _keys.Texts}];");
        }

        foreach ((string type, string name) in Beside.SelectMany(s => s.Stores))
        {
            _writer.Line($"private readonly {type} {name} = new();");
        }

        _writer.Line("/// <summary>The earliest window end that the watermark hasn't reached.</summary>");
        _writer.Line("private long _nextEnd = long.MinValue + 1;");
        _writer.Line("private long _outWatermark = long.MinValue;");
        if (!_geometry.PerWindow)
        {
            _writer.Line("/// <summary>Rows before this are late for at least one window.</summary>");
            _writer.Line("private long _lateBefore = long.MinValue;");
            _writer.Line("/// <summary>Times in [_from, _from + _width) belong to the current pane and close nothing.</summary>");
            _writer.Line("private long _from;");
            _writer.Line("private ulong _width;");
            _writer.Line("private int _block;");
            _writer.Line("private uint _salt;");
            _writer.Line("private bool _stamped;");
            if (_geometry.HasBlocks)
            {
                _writer.Line("private int _paneIndex;");
            }

            if (_keys.Keys.Count == 0)
            {
                _writer.Line("private int _slot;");
            }

            if (_mode == AggregateMode.Final && _geometry.HasBlocks)
            {
                _writer.Line("private bool _countLate;");
            }

            if (DefersLate)
            {
                _writer.Line("/// <summary>The row that asked for the current pane is late for a window.</summary>");
                _writer.Line("private bool _isLate;");
            }

            if (_mode == AggregateMode.Local)
            {
                _writer.Line("/// <summary>A row came for a pane that has been handed on: it is handed on alone.</summary>");
                _writer.Line("private bool _reopened;");
            }
        }

        _writer.Line();
        using (_writer.Open("public override long StateBytes"))
        {
            string bytes = "_groups.Bytes" + (_keys.Texts > 0 ? " + _slab.Bytes" : "")
                + string.Concat(Beside.SelectMany(s => s.Stores).Where(s => s.Type.EndsWith("DistinctSet", System.StringComparison.Ordinal)).Select(s => $" + {s.Name}.Bytes"));
            _writer.Line($"get => {bytes};");
        }

        _writer.Line();
        using (_writer.Open("public override void Dispose()"))
        {
            _writer.Line("_groups.Dispose();");
            if (_keys.Texts > 0)
            {
                _writer.Line("_slab.Dispose();");
            }

            foreach ((string type, string name) in Beside.SelectMany(s => s.Stores).Where(s => s.Type.EndsWith("DistinctSet", System.StringComparison.Ordinal)))
            {
                _writer.Line($"{name}.Dispose();");
            }

            _writer.Line("base.Dispose();");
        }

        _writer.Line();
    }

    private void WriteAdvance()
    {
        using (_writer.Open("protected override void Advance(long watermark)"))
        {
            using (_writer.Open("if (watermark >= _nextEnd)"))
            {
                _writer.Line("Close(watermark);");
                _writer.Line("Output.Watermark(_outWatermark);");
            }
        }

        _writer.Line();
    }

    private void WriteSnapshot()
    {
        using (_writer.Open("protected override void Save(global::Laminar.State.StateWriter state)"))
        {
            _writer.Line("state.Write(_nextEnd);");
            _writer.Line("state.Write(_outWatermark);");
            if (!_geometry.PerWindow)
            {
                _writer.Line("state.Write(_lateBefore);");
            }

            _writer.Line("_groups.Save(state);");
            if (_keys.Texts > 0)
            {
                _writer.Line("_slab.Save(state);");
            }

            foreach ((_, string name) in Beside.SelectMany(s => s.Stores))
            {
                _writer.Line($"{name}.Save(state);");
            }
        }

        _writer.Line();
        using (_writer.Open("protected override void Load(global::Laminar.State.StateReader state)"))
        {
            _writer.Line("_nextEnd = state.Read<long>();");
            _writer.Line("_outWatermark = state.Read<long>();");
            if (!_geometry.PerWindow)
            {
                _writer.Line("_lateBefore = state.Read<long>();");
            }

            _writer.Line("_groups.Load(state);");
            if (_keys.Texts > 0)
            {
                _writer.Line("_slab.Load(state);");
                _writer.Line("// The references beside the slots were never saved: they are made from the bytes.");
                using (_writer.Open("for (int i = 0; i < _groups.Blocks.Count; i++)"))
                using (_writer.Open("for (int slot = _groups.Blocks[_groups.Blocks.IdAt(i)].Head; slot >= 0; slot = _groups[slot].Head.Next)"))
                {
                    _writer.Line("KeepTexts(slot);");
                    foreach (GroupKey key in _keys.Keys.Where(k => k.IsText))
                    {
                        _writer.Line($"_slab.Check(_groups[slot].{key.Field}, state);");
                        _writer.Line($"_keyTexts[(slot * {_keys.Texts}) + {key.TextNumber}] = _slab.Get(_groups[slot].{key.Field});");
                    }
                }
            }

            foreach ((_, string name) in Beside.SelectMany(s => s.Stores))
            {
                _writer.Line($"{name}.Load(state);");
            }

            if (_keys.Keys.Count == 0 && !_geometry.PerWindow)
            {
                _writer.Line("_slot = 0;");
            }
        }

        _writer.Line();
    }
}
