using System.Collections.Generic;
using System.Linq;
using Laminar.Generators.Emit.Expressions;
using Laminar.Sql.Binding;
using Laminar.Sql.Plan;

namespace Laminar.Generators.Emit.Operators;

/// <summary>The loop over rows.</summary>
internal sealed partial class AggregateEmitter
{
    /// <summary>Rows between two looks at whether there is room: few enough that room for as many groups is soon used.</summary>
    private const int ChunkRows = 256;

    /// <summary>The loop over rows, and the ways into it.</summary>
    private void WriteRowLoop()
    {
        OperatorFrame.WriteRuns(_writer, _context);
        WriteLoop();
    }

    private void WriteLoop()
    {
        NameTable names = OperatorContext.Locals();
        string constraint = _mode == AggregateMode.Final ? "struct, global::Laminar.Execution.IRowInput<Partial>" : "struct, IInput";
        _writer.Line($"// {OperatorFrame.Comment(PlanText.Window(_node.Window))}, keys: {OperatorFrame.Comment(_keys.Keys.Count == 0 ? "none" : PlanText.Expressions(_node.Keys))}");
        using (_writer.Open($"private void Loop<TInput>(TInput input, int start)\n    where TInput : {constraint}, allows ref struct"))
        using (_writer.Open("unchecked"))
        {
            bool ownColumn = _mode != AggregateMode.Final && Shape.WatermarkColumn is not null && !Shape.TimeIsWatermark;
            if (ownColumn)
            {
                _writer.Line("long own = long.MinValue;");
            }

            _writer.Line("int count = input.Count;");
            if (_geometry.PerWindow)
            {
                using (_writer.Open("for (int i = start; i < count; i++)"))
                {
                    WriteRow(names, ownColumn);
                }
            }
            else
            {
                WriteChunks(names, ownColumn);
            }

            if (ownColumn)
            {
                using (_writer.Open("if (!TInput.IsStamped && own >= NextEnd)"))
                {
                    _writer.Line("Close(own);");
                }
            }

            if (_mode != AggregateMode.Final && _context.IsTwoPhase(_states))
            {
                _writer.Line("HandOnReopened();");
            }

            _writer.Line("Position = -1;");
            _writer.Line("Progress(OutWatermark);");
        }

        _writer.Line();
    }

    /// <summary>The loop in stretches during which nothing moves that it points at.</summary>
    private void WriteChunks(NameTable names, bool ownColumn)
    {
        _writer.Line("IsStamped = TInput.IsStamped;");
        _writer.Line($"global::Laminar.State.GroupTable<{Group}> groups = Groups;");
        using (_writer.Open("for (int chunk = start; chunk < count;)"))
        {
            _writer.Line($"int end = global::System.Math.Min(count, chunk + {ChunkRows});");
            _writer.Line("Reserve(end - chunk);");
            _writer.Line($"ref {Group} entries = ref groups.BeforeEntries; // the index counts slots from 1");
            if (_keys.Keys.Count > 0)
            {
                _writer.Line("ref uint index = ref groups.Index;");
                _writer.Line("uint mask = groups.Mask;");
            }

            if (_keys.Texts > 0)
            {
                _writer.Line("ref string? texts = ref Texts;");
            }

            using (_writer.Open("for (int i = chunk; i < end; i++)"))
            {
                WriteRow(names, ownColumn);
            }

            _writer.Line("chunk = end;");
        }
    }

    /// <summary>Closing windows forgets which row was under way.</summary>
    private void WriteBack()
    {
        if (_canFail)
        {
            _writer.Line("Position = i;");
        }
    }

    private bool DefersLateRows => _mode == AggregateMode.Whole && DefersLate(Shape);

    private void WriteRow(NameTable names, bool ownColumn)
    {
        if (_canFail)
        {
            _writer.Line("Position = i;");
        }

        const string nextEnd = "NextEnd";
        using (_writer.Open("if (TInput.IsStamped)"))
        {
            _writer.Line("long before = input.WatermarkBefore(i);");
            using (_writer.Open($"if (before >= {nextEnd})"))
            {
                _writer.Line("Close(before);");
                WriteBack();
            }
        }

        if (_mode == AggregateMode.Final)
        {
            WriteFinalRow(names);
            return;
        }

        RowScope scope = _context.ScanScope(_writer, names);
        if (Shape.WatermarkColumn is { } column && !(WatermarkIsRange && !_geometry.PerWindow))
        {
            WriteOwnWatermark(scope.Column(column), ownColumn, nextEnd);
        }

        foreach (PlanNode node in Shape.Before)
        {
            switch (node)
            {
                case FilterNode filter:
                    _writer.Line();
                    _writer.Line($"// WHERE {OperatorFrame.Comment(ExpressionPrinter.Print(filter.Predicate))}");
                    string truth = _context.EvaluateTruth(_writer, scope, names, filter.Predicate);
                    using (_writer.Open($"if (!{truth})"))
                    {
                        _writer.Line("continue;");
                    }

                    break;
                case ProjectNode project:
                    scope = scope.Over(project, below => _context.Expressions(_writer, below, names));
                    break;
            }
        }

        _writer.Line();
        EmittedValue time = _context.Evaluate(_writer, scope, names, _node.Window.Time, "eventTime");
        if (time.Null is not null)
        {
            using (_writer.Open($"if ({time.Null})"))
            {
                _writer.Line("throw new global::Laminar.LaminarException(\"The event time is NULL: no window can hold the row.\");");
            }

            time = _context.Expressions(_writer, scope, names).ToLocal(time, "eventTime");
        }

        if (!_geometry.PerWindow)
        {
            // Before anything that can fail: the row's time moves the watermark even when the row is left out.
            WriteEnter(time.Code);
        }

        EmittedValue[] keyValues = _keys.Keys.Select(k => _context.Evaluate(_writer, scope, names, k.Expression, k.Field)).ToArray();
        IReadOnlyList<EmittedValue> keys = _keys.WriteLocals(_writer, names, keyValues);
        List<(AggregateInput Input, EmittedValue Value)>? arguments = null;
        if (_canFail || _geometry.PerWindow)
        {
            arguments = EvaluateArguments(scope, names);
        }

        if (DefersLateRows)
        {
            // A late row that fails is an error row: only here is it known not to.
            using (_writer.Open("if (isLate)"))
            {
                _writer.Line("LateRows++;");
            }

            using (_writer.Open("if (!kept)"))
            {
                _writer.Line("continue;");
            }

            _writer.Line();
        }

        if (_geometry.PerWindow)
        {
            WritePerWindow(keys, time.Code, (pane) => WriteUpdates(pane, arguments!, time.Code));
            return;
        }

        WriteProbe(keys);
        WriteUpdates("pane", arguments ?? EvaluateArguments(scope, names), time.Code);
    }

    private void WriteOwnWatermark(EmittedValue watermark, bool ownColumn, string nextEnd)
    {
        if (!ownColumn)
        {
            // WHERE may drop the row, but not its watermark. Taking it before the row is the same as after: its own windows end later.
            using (_writer.Open("if (!TInput.IsStamped)"))
            {
                string test = watermark.Null is null ? "" : $"!{watermark.Null} && ";
                using (_writer.Open($"if ({test}{OperatorFrame.Before(watermark, Shape)} >= {nextEnd})"))
                {
                    _writer.Line($"Close({OperatorFrame.Before(watermark, Shape)});");
                    WriteBack();
                }
            }

            return;
        }

        using (_writer.Open("if (!TInput.IsStamped)"))
        {
            _writer.Line("// The watermark that the row before this one left; then this one's, for the next.");
            using (_writer.Open($"if (own >= {nextEnd})"))
            {
                _writer.Line("Close(own);");
                WriteBack();
            }

            string own = $"own = global::System.Math.Max(own, {OperatorFrame.Before(watermark, Shape)});";
            _writer.Line(watermark.Null is null ? own : $"if (!{watermark.Null}) {{ {own} }}");
        }
    }

    /// <summary>The row's pane becomes the current one.</summary>
    private void WriteEnter(string time)
    {
        if (DefersLateRows)
        {
            _writer.Line("bool kept = true;");
            _writer.Line("bool isLate = false;");
            using (_writer.Open($"if ((ulong)({time} - From) >= Width)"))
            {
                _writer.Line($"kept = Open({time});");
                _writer.Line("isLate = IsLate;");
                _writer.Line("IsLate = false;");
                WriteBack();
            }

            _writer.Line();
            return;
        }

        using (_writer.Open($"if ((ulong)({time} - From) >= Width)"))
        {
            _writer.Line(WatermarkIsRange ? $"bool kept = TInput.IsStamped ? Open({time}) : Enter({time});" : $"bool kept = Open({time});");
            WriteBack();
            if (_mode == AggregateMode.Final)
            {
                using (_writer.Open("if (IsLate)"))
                {
                    _writer.Line("IsLate = false;");
                    _writer.Line("LateRows += partial.State.Rows;");
                }
            }

            using (_writer.Open("if (!kept)"))
            {
                _writer.Line("continue;");
            }

        }

        _writer.Line();
    }

    /// <summary>The row's group, found or added.</summary>
    private void WriteProbe(IReadOnlyList<EmittedValue> keys)
    {
        if (_keys.Keys.Count == 0)
        {
            _writer.Line($"ref {Group} group = ref {Unsafe}.Add(ref entries, Slot + 1);");
        }
        else
        {
            _writer.Line($"uint hash = {_keys.Hash(keys)};");
            _writer.Line("uint position = (hash + Salt) & mask;");
            _writer.Line($"ref {Group} group = ref entries;");
            using (_writer.Open("while (true)"))
            {
                _writer.Line($"uint reference = {Unsafe}.Add(ref index, (nuint)position);");
                _writer.Line($"group = ref {Unsafe}.Add(ref entries, (nuint)reference);");
                using (_writer.Open("if (reference == 0)"))
                {
                    string arguments = string.Concat(_keys.Parameters(keys).Select(p => ", " + p.Argument));
                    _writer.Line($"group = ref AddGroup(hash, position, Block{arguments});");
                    _writer.Line("break;");
                }

                string matches = _keys.Matches("group", "(nuint)(reference - 1)", "hash", keys);
                using (_writer.Open($"if ({matches} && group.Head.Block == Block)"))
                {
                    _writer.Line("break;");
                }

                _writer.Line("position = (position + 1) & mask;");
            }
        }

        _writer.Line();
        _writer.Line($"ref Pane pane = ref {Pane("group", "PaneIndex")};");
    }

    /// <summary>Arguments and filters of the aggregates, into locals.</summary>
    private List<(AggregateInput Input, EmittedValue Value)> EvaluateArguments(RowScope scope, NameTable names)
    {
        var values = new List<(AggregateInput, EmittedValue)>();
        foreach (AggregateInput input in _states.Inputs)
        {
            if (input.Filter is null)
            {
                values.Add((input, input.Argument is null ? new EmittedValue("true", null, Laminar.Sql.Types.SqlType.Boolean) : _context.Evaluate(_writer, scope, names, input.Argument, input.Name)));
                continue;
            }

            _writer.Line($"// FILTER (WHERE {OperatorFrame.Comment(ExpressionPrinter.Print(input.Filter))})");
            if (input.TakesNull || input.Argument is null)
            {
                string truth = _context.EvaluateTruth(_writer, scope, names, input.Filter);
                string filter = names.Local("filter");
                _writer.Line($"bool {filter} = {truth};");
                EmittedValue value = input.Argument is null
                    ? new EmittedValue("true", $"!{filter}", Laminar.Sql.Types.SqlType.Boolean)
                    : _context.Evaluate(_writer, scope, names, Guarded(input), input.Name);
                values.Add((input with { Filter = new BoundLiteral(true, Laminar.Sql.Types.SqlType.Boolean, default), Name = filter }, value));
                continue;
            }

            // An argument is only evaluated for rows that pass its filter: CASE WHEN filter THEN argument END.
            values.Add((input, _context.Evaluate(_writer, scope, names, Guarded(input), input.Name)));
        }

        return values;
    }

    private static BoundCase Guarded(AggregateInput input) =>
        new(new[] { new BoundWhen(input.Filter!, input.Argument!) }, null, input.Argument!.Type, true, input.Argument.Span);

    private void WriteUpdates(string pane, List<(AggregateInput Input, EmittedValue Value)> arguments, string time)
    {
        foreach ((AggregateInput input, EmittedValue value) in arguments)
        {
            // FIRST_VALUE and LAST_VALUE take NULL as a value, but still only of rows that pass the filter.
            string? guard = input.TakesNull ? input.Filter is null ? null : input.Name : value.Null is null ? null : value.Null.StartsWith("!", System.StringComparison.Ordinal) ? value.Null.Substring(1) : $"!{value.Null}";
            if (guard is null)
            {
                WriteStates(pane, input, value, time);
                continue;
            }

            using (_writer.Open($"if ({guard})"))
            {
                WriteStates(pane, input, value, time);
            }
        }

        _writer.Line($"{pane}.{AggregatePlan.Rows}++;");
    }

    private void WriteStates(string pane, AggregateInput input, EmittedValue value, string time)
    {
        foreach (AggregateState state in input.States)
        {
            state.WriteUpdate(_writer, pane, value, time);
        }
    }

    /// <summary>A partial result: its keys are fields, and adding it is a merge.</summary>
    private void WriteFinalRow(NameTable names)
    {
        _writer.Line("ref readonly Partial partial = ref input.Row(i);");
        _writer.Line("long paneStart = partial.PaneStart;");
        WriteEnter("paneStart");
        IReadOnlyList<EmittedValue> keys = _keys.Keys
            .Select(k => new EmittedValue($"partial.{k.Field}", k.Nullable && !k.IsText ? $"partial.{k.Field}IsNull" : null, k.Type)).ToArray();
        WriteProbe(keys);
        _writer.Line("Merge(ref pane, in partial.State);");
    }
}
