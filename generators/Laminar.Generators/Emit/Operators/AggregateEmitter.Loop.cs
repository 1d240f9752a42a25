using System.Collections.Generic;
using System.Linq;
using Laminar.Generators.Emit.Expressions;
using Laminar.Generators.Emit.Operators.Aggregates;
using Laminar.Sql.Binding;
using Laminar.Sql.Plan;

namespace Laminar.Generators.Emit.Operators;

/// <summary>The loop over rows.</summary>
internal sealed partial class AggregateEmitter
{
    /// <summary>The loop over rows, and the ways into it.</summary>
    private void WriteRowLoop()
    {
        OperatorFrame.WriteRuns(_writer, _context);
        WriteLoop();
    }

    private void WriteLoop()
    {
        NameTable names = OperatorContext.Locals();
        string constraint = $"struct, {_context.Inputs}IInput";
        _writer.Line($"// {OperatorFrame.Comment(PlanText.Window(_node.Window))}, keys: {OperatorFrame.Comment(_keys.Keys.Count == 0 ? "none" : PlanText.Expressions(_node.Keys))}");
        using (_writer.Open($"private void Loop<TInput>({OpParameter}TInput input, int start)\n    where TInput : {constraint}, allows ref struct"))
        using (_writer.Open("unchecked"))
        {
            _writer.Line("int count = input.Count;");
            if (_geometry.IsSession)
            {
                WriteSessions(names);
            }
            else if (_geometry.PerWindow)
            {
                using (_writer.Open("for (int i = start; i < count; i++)"))
                {
                    WriteRow(names);
                }
            }
            else
            {
                WriteStretches(names);
            }

            _writer.Line($"{Op}EndBatch();");
        }

        _writer.Line();
    }

    /// <summary>
    /// The loop in stretches. Whatever is rare (another pane, a new group, a window that closes) is done and starts a new stretch, with the row
    /// it was done for: so the loop itself calls nothing, and the JIT keeps all that it needs in registers.
    /// </summary>
    private void WriteStretches(NameTable names)
    {
        _writer.Line($"{Op}IsStamped = TInput.IsStamped;");
        _writer.Line("int i = start;");
        _writer.Label("Stretch");
        _writer.Line("// Whatever is rare starts a new stretch: the loop itself calls nothing, so that all this stays in registers.");
        _writer.Line($"int end = {Op}StretchEnd(i, count);");
        _writer.Line($"long nextEnd = {Op}NextEnd;");
        if (ChecksStoredTime)
        {
            _writer.Line($"ulong closeFrom = {Op}CloseFrom;");
        }

        if (DefersLateRows)
        {
            _writer.Line($"bool isLate = {Op}IsLate;");
            _writer.Line($"bool isKept = {Op}IsKept;");
        }

        _writer.Line($"long paneFrom = {Op}From;");
        _writer.Line($"ulong paneWidth = {Op}Width;");
        if (_states.UsesTime && _context.StoredTime is not null)
        {
            _writer.Line($"long paneShift = {Op}Shift;");
        }

        if (_keys.Keys.Count == 0)
        {
            _writer.Line($"ref Pane pane = ref {Pane($"{Op}Block[0]", $"{Op}PaneIndex")};");
        }
        else
        {
            if (_geometry.HasBlocks)
            {
                _writer.Line($"int paneIndex = {Op}PaneIndex;");
            }

            _writer.Line($"ref {Group} entries = ref {Op}Block.BeforeEntries; // the index counts slots from 1");
            _writer.Line($"ref uint index = ref {Op}Block.Index;");
            _writer.Line($"uint mask = {Op}Block.Mask;");
            if (_keys.Texts > 0)
            {
                _writer.Line($"ref string? texts = ref {Op}Block.Texts;");
            }
        }

        using (_writer.Open("for (; i < end; i++)"))
        {
            WriteRow(names);
        }

        _writer.Line();
        using (_writer.Open("if (i < count)"))
        {
            _writer.Line("goto Stretch;");
        }

        _writer.Line();
    }

    /// <summary>Whether a row's own watermark is compared before WHERE, in the form in which its time is stored.</summary>
    private bool ChecksStoredTime => ChecksOwnTime && _context.StoredTime is not null;

    /// <summary>WHERE may drop the row, but not its watermark.</summary>
    private bool ChecksOwnTime => Shape.TimeIsWatermark && !(WatermarkIsRange && !_geometry.PerWindow);

    /// <summary>Closes windows, before the row under way.</summary>
    private void WriteClose(string watermark)
    {
        _writer.Line($"{Op}Close({watermark});");
        if (!_geometry.PerWindow)
        {
            _writer.Line("goto Stretch;");
            return;
        }

        WriteBack();
    }

    /// <summary>Closing windows forgets which row was under way.</summary>
    private void WriteBack()
    {
        if (_canFail)
        {
            _writer.Line($"{Op}Position = i;");
        }
    }

    private bool DefersLateRows => _mode == AggregateMode.Whole && DefersLate(Shape);

    /// <summary>The row under way, where it can fail.</summary>
    private void WritePosition()
    {
        if (_canFail)
        {
            _writer.Line($"{Op}Position = i;");
        }
        else if (Shape.ReadsText)
        {
            using (_writer.Open("if (TInput.IsColumns)"))
            {
                _writer.Line($"{Op}Position = i;");
            }
        }
    }

    private void WriteRow(NameTable names)
    {
        WritePosition();
        string nextEnd = _geometry.PerWindow ? Op + "NextEnd" : "nextEnd";
        using (_writer.Open("if (TInput.IsStamped)"))
        {
            _writer.Line("long before = input.WatermarkBefore(i);");
            WriteFollow("before");
            using (_writer.Open($"if (before >= {nextEnd})"))
            {
                WriteClose("before");
            }
        }

        RowScope scope = _context.ScanScope(_writer, names);
        if (ChecksOwnTime)
        {
            WriteOwnWatermark(scope, nextEnd);
        }

        scope = WriteBefore(scope, names);
        _writer.Line();
        string? time = null;
        if (_geometry.IsWhole ? _node.NeedsTime || _states.UsesTime : _geometry.PerWindow || _context.StoredTime is null)
        {
            time = WriteTime(scope, names);
        }

        if (!_geometry.PerWindow)
        {
            // Before anything that can fail: the row's time moves the watermark even when the row is left out.
            WriteEnter(time);
        }

        EmittedValue[] keyValues = _keys.Keys.Select(k => _context.Evaluate(_writer, scope, names, k.Expression, k.Field)).ToArray();
        IReadOnlyList<EmittedValue> keys = _keys.WriteLocals(_writer, names, keyValues);
        List<InputRow>? arguments = null;
        if (_canFail || _geometry.PerWindow)
        {
            arguments = EvaluateArguments(scope, names);
        }

        if (DefersLateRows)
        {
            // A late row that fails is an error row: only here is it known not to.
            using (_writer.Open("if (isLate)"))
            {
                WriteTextChecks(keys);
                _writer.Line($"{Op}LateRows++;");
                WriteMarkLate();
                _writer.Line($"isLate = {Op}IsLate = false;");
            }

            using (_writer.Open("if (!isKept)"))
            {
                _writer.Line("continue;");
            }

            _writer.Line();
        }

        if (_geometry.PerWindow)
        {
            WritePerWindow(keys, time ?? "0L", (pane) => WriteUpdates(pane, arguments!, time ?? "0L"));
            _sets?.Dispose();
            _sets = null;
            return;
        }

        WriteProbe(keys);
        arguments ??= EvaluateArguments(scope, names);
        WriteUpdates("pane", arguments, time ?? (_states.UsesTime ? "(stored + paneShift)" : "stored"));
    }

    /// <summary>WHERE and what rows are made of, before they are grouped.</summary>
    private RowScope WriteBefore(RowScope scope, NameTable names)
    {
        foreach (PlanNode node in Shape.Before)
        {
            switch (node)
            {
                case ExpandNode expand:
                    // What sets have in common is computed before, and a row that fails does so before it counts in any.
                    RowScope common = scope;
                    for (int i = 0; i < expand.SetOrdinal; i++)
                    {
                        common.Column(i);
                    }

                    _writer.Line();
                    _writer.Line($"// once for each of {OperatorFrame.Comment(string.Join(", ", expand.Sets))}");
                    _sets = _writer.Open($"for (int groupingSet = 0; groupingSet < {expand.Sets.Count}; groupingSet++)");
                    scope = new RowScope(ordinal => ordinal < expand.SetOrdinal ? common.Column(ordinal) : new EmittedValue("groupingSet", null, expand.Columns[ordinal].Type));
                    break;
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

        return scope;
    }

    /// <summary>LATE DATA TO: the row is handed on behind the batch.</summary>
    private void WriteMarkLate()
    {
        if (_context.KeepsLate)
        {
            _writer.Line($"{Op}MarkLate(i);");
        }
    }

    /// <summary>Refuses text keys of a late row that a group would refuse.</summary>
    private void WriteTextChecks(IReadOnlyList<EmittedValue> keys)
    {
        foreach ((GroupKey key, EmittedValue value) in _keys.Keys.Zip(keys, (k, v) => (k, v)).Where(k => k.k.IsText))
        {
            _writer.Line($"State::TextBuffer.Validate({value.Code}); // {key.Field}");
        }
    }

    /// <summary>The row's event time in a local.</summary>
    private string WriteTime(RowScope scope, NameTable names)
    {
        EmittedValue time = _context.Evaluate(_writer, scope, names, _node.Window.Time, "eventTime");
        if (time.Null is null)
        {
            return time.Code;
        }

        using (_writer.Open($"if ({time.Null})"))
        {
            _writer.Line("throw new Laminar::LaminarException(\"The event time is NULL: no window can hold the row.\");");
        }

        return _context.Expressions(_writer, scope, names).ToLocal(time, "eventTime").Code;
    }

    /// <summary>
    /// Closes windows by the row's own time, before WHERE. Taking the watermark before the row is the same as after: its own windows end later.
    /// </summary>
    private void WriteOwnWatermark(RowScope scope, string nextEnd)
    {
        if (ChecksStoredTime && !_geometry.PerWindow)
        {
            _writer.Line($"long stored = input.{_context.StoredTime}(i);");
            using (_writer.Open("if (!TInput.IsStamped && (ulong)stored >= closeFrom)"))
            {
                var time = new EmittedValue($"input.{_context.Accessors[Shape.TimeColumn!.Value]}(i)", null, _node.Window.Time.Type);
                _writer.Line($"long own = {OperatorFrame.Before(time, Shape)};");
                using (_writer.Open($"if (own >= {nextEnd})"))
                {
                    WriteClose("own");
                }
            }

            return;
        }

        EmittedValue watermark = scope.Column(Shape.WatermarkColumn!.Value);
        if (_geometry.IsWhole)
        {
            using (_writer.Open($"if (!TInput.IsStamped{(watermark.Null is null ? "" : $" && !{watermark.Null}")})"))
            {
                WriteFollow(OperatorFrame.Before(watermark, Shape));
            }
        }

        string test = watermark.Null is null ? "" : $"!{watermark.Null} && ";
        using (_writer.Open($"if (!TInput.IsStamped && {test}{OperatorFrame.Before(watermark, Shape)} >= {nextEnd})"))
        {
            WriteClose(OperatorFrame.Before(watermark, Shape));
        }
    }

    /// <summary>Where all of time is one window, nothing closes by which the output's time would move.</summary>
    private void WriteFollow(string watermark)
    {
        if (_geometry.IsWhole)
        {
            _writer.Line($"{Op}Follow({watermark});");
        }
    }

    /// <summary>The row's pane becomes the current one.</summary>
    /// <param name="time">The event time, or null where it is compared as it is stored.</param>
    private void WriteEnter(string? time)
    {
        string seen = time ?? "stored";
        if (time is null && !ChecksStoredTime)
        {
            _writer.Line($"long stored = input.{_context.StoredTime}(i);");
        }

        using (_writer.Open($"if ((ulong)({seen} - paneFrom) >= paneWidth)"))
        {
            string arguments = $"({time ?? $"input.{_context.Accessors[Shape.TimeColumn!.Value]}(i)"}, {seen}, i)";
            string enter = WatermarkIsRange ? $"(TInput.IsStamped ? {Op}Open{arguments} : {Op}Enter{arguments})" : $"{Op}Open{arguments}";
            using (_writer.Open($"if (!{enter})"))
            {
                _writer.Line("i++; // late for all of its windows");
            }

            _writer.Line("goto Stretch;");
        }

        _writer.Line();
    }

    /// <summary>The row's group, found or added.</summary>
    private void WriteProbe(IReadOnlyList<EmittedValue> keys)
    {
        if (_keys.Keys.Count == 0)
        {
            return;
        }

        _writer.Line($"uint hash = {_keys.Hash(keys)};");
        _writer.Line("uint position = hash & mask;");
        if (_geometry.IsSession)
        {
            _writer.Line("uint reference;");
        }

        _writer.Line($"ref {Group} group = ref entries;");
        using (_writer.Open("while (true)"))
        {
            _writer.Line($"{(_geometry.IsSession ? "" : "uint ")}reference = {Unsafe}.Add(ref index, (nuint)position);");
            _writer.Line($"group = ref {Unsafe}.Add(ref entries, (nuint)reference);");
            using (_writer.Open("if (reference == 0)"))
            {
                string arguments = string.Concat(_keys.Parameters(keys).Select(p => ", " + p.Argument));
                _writer.Line($"{Group}.Add({Op}Groups, {Op}Block, hash, position{arguments});");
                if (_geometry.IsSession)
                {
                    _writer.Line("Watermark = watermark;");
                }

                _writer.Line("goto Stretch;");
            }

            string matches = _keys.Matches("group", "(nuint)(reference - 1)", "hash", keys);
            using (_writer.Open($"if ({matches})"))
            {
                _writer.Line("break;");
            }

            _writer.Line("position = State::KeyHash.Next(position, hash) & mask;");
        }

        _writer.Line();
        if (!_geometry.IsSession)
        {
            _writer.Line($"ref Pane pane = ref {Pane("group", "paneIndex")};");
        }
    }

    /// <summary>Arguments and filters of the aggregates, into locals.</summary>
    private List<InputRow> EvaluateArguments(RowScope scope, NameTable names)
    {
        var rows = new List<InputRow>();
        foreach (AggregateInput input in _states.Inputs)
        {
            if (input.Filter is null)
            {
                EmittedValue[] values = input.Arguments.Select(a => _context.Evaluate(_writer, scope, names, a, input.Name)).ToArray();
                rows.Add(new InputRow(input, values, NoneIsNull(values.Take(input.Counted))));
                continue;
            }

            _writer.Line($"// FILTER (WHERE {OperatorFrame.Comment(ExpressionPrinter.Print(input.Filter))})");
            string? filter = null;
            if (input.Counted == 0)
            {
                string truth = _context.EvaluateTruth(_writer, scope, names, input.Filter);
                filter = names.Local("filter");
                _writer.Line($"bool {filter} = {truth};");
            }

            // An argument is only evaluated for rows that pass its filter: CASE WHEN filter THEN argument END.
            EmittedValue[] guarded = input.Arguments.Select(a => _context.Evaluate(_writer, scope, names, Guarded(input.Filter, a), input.Name)).ToArray();
            rows.Add(new InputRow(input, guarded, filter ?? NoneIsNull(guarded.Take(input.Counted))));
        }

        return rows;
    }

    /// <summary>A condition; null where none of the values can be NULL.</summary>
    private static string? NoneIsNull(IEnumerable<EmittedValue> values)
    {
        string[] conditions = values.Select(v => v.Null).OfType<string>()
            .Select(n => n.StartsWith("!", System.StringComparison.Ordinal) ? n.Substring(1) : $"!{n}").Distinct().ToArray();
        return conditions.Length == 0 ? null : string.Join(" && ", conditions);
    }

    private static BoundCase Guarded(BoundExpression filter, BoundExpression argument) =>
        new(new[] { new BoundWhen(filter, argument) }, null, argument.Type, true, argument.Span);

    private void WriteUpdates(string pane, List<InputRow> rows, string time)
    {
        foreach (InputRow row in rows)
        {
            CodeWriter.Block? guard = row.Guard is null ? null : _writer.Open($"if ({row.Guard})");
            foreach (AggregateState state in row.Input.States)
            {
                state.WriteUpdate(_writer, pane, new RowValues(row.Values, time, Op));
            }

            guard?.Dispose();
        }

        _writer.Line($"{pane}.{AggregatePlan.Rows}++;");
    }

    /// <summary>An input of aggregates for the row under way.</summary>
    /// <param name="Input">The input.</param>
    /// <param name="Values">Of its arguments, in locals.</param>
    /// <param name="Guard">Whether the row counts; null where each does.</param>
    private sealed record InputRow(AggregateInput Input, IReadOnlyList<EmittedValue> Values, string? Guard);
}
