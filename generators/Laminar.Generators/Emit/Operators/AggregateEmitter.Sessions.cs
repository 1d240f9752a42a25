using System.Collections.Generic;
using System.Linq;
using Laminar.Generators.Emit.Expressions;
using Laminar.Sql.Plan;

namespace Laminar.Generators.Emit.Operators;

/// <summary>
/// Sessions. Where results come when a session ends, the loop adds a row to its key's latest session with one comparison, in stretches as for other windows;
/// where each change is a result, or sessions are kept for late rows, it goes row by row.
/// </summary>
internal sealed partial class AggregateEmitter
{
    /// <summary>What sessions ask of an entry besides its layout.</summary>
    private void WriteSessionGroups()
    {
        using (_writer.Open($"protected override void Reset(ref {Group} group)"))
        {
            _writer.Line("group.Pane = default;");
            if (_states.States.Count > 0)
            {
                var initial = new CodeWriter();
                foreach (Aggregates.AggregateState state in _states.States)
                {
                    state.WriteInitial(initial, "group.Pane");
                }

                string text = initial.ToString().TrimEnd('\n');
                if (text.Length > 0)
                {
                    _writer.Line(text);
                }
            }
        }

        _writer.Line();
        _writer.Line($"protected override void MergeInto(ref {Group} group, in {Group} later) => {(_states.CanTravel ? "Pane." : "")}Merge(ref group.Pane, in later.Pane);");
        _writer.Line();
    }

    private void WriteSessions(NameTable names)
    {
        if (!_geometry.PerWindow)
        {
            WriteSessionStretches(names);
            return;
        }

        using (_writer.Open("for (int i = start; i < count; i++)"))
        {
            WriteSessionChange(names);
        }
    }

    private void WriteSessionStretches(NameTable names)
    {
        _writer.Line("Only = -1;");
        _writer.Line("int i = start;");
        _writer.Label("Stretch");
        _writer.Line("// Whatever is rare starts a new stretch, and a row whose session had to be looked for is one by itself.");
        _writer.Line("int only = Only;");
        _writer.Line("int end = only >= 0 ? i + 1 : count;");
        _writer.Line("long watermark = Watermark;");
        _writer.Line("long nextBucket = NextBucket;");
        if (_keys.Keys.Count == 0)
        {
            using (_writer.Open("if (Block.Count == 0)"))
            {
                _writer.Line($"{Group}.Add(Groups, Block, 0u);");
            }
        }

        _writer.Line($"ref {Group} entries = ref Block.BeforeEntries; // the index counts slots from 1");
        if (_keys.Keys.Count > 0)
        {
            _writer.Line("ref uint index = ref Block.Index;");
            _writer.Line("uint mask = Block.Mask;");
        }

        if (_keys.Texts > 0)
        {
            _writer.Line("ref string? texts = ref Block.Texts;");
        }

        using (_writer.Open("for (; i < end; i++)"))
        {
            WriteSessionRow(names);
        }

        _writer.Line();
        _writer.Line("Watermark = watermark;");
        using (_writer.Open("if (i < count)"))
        {
            _writer.Line("Only = -1;");
            _writer.Line("goto Stretch;");
        }

        _writer.Line();
    }

    private void WriteSessionRow(NameTable names)
    {
        WritePosition();
        using (_writer.Open("if (TInput.IsStamped)"))
        {
            _writer.Line("long before = input.WatermarkBefore(i);");
            WriteRaise("before > watermark", "before");
        }

        RowScope scope = _context.ScanScope(_writer, names);
        if (Shape.TimeIsWatermark)
        {
            EmittedValue column = scope.Column(Shape.WatermarkColumn!.Value);
            string own = OperatorFrame.Before(column, Shape);
            WriteRaise($"!TInput.IsStamped && {(column.Null is null ? "" : $"!{column.Null} && ")}{own} > watermark", own);
        }

        using (_writer.Open("if (watermark >= nextBucket)"))
        {
            _writer.Line("Close(watermark);");
            _writer.Line("goto Stretch;");
        }

        (string time, IReadOnlyList<EmittedValue> keys, List<InputRow>? arguments, scope) = WriteSessionInput(scope, names, _canFail);
        if (_keys.Keys.Count == 0)
        {
            _writer.Line("const uint reference = 1;");
            _writer.Line($"ref {Group} group = ref {Unsafe}.Add(ref entries, (nuint)reference);");
        }
        else
        {
            WriteProbe(keys);
        }

        using (_writer.Open($"if ((ulong)({time} - group.Session.Start) >= (ulong)(group.Session.End - group.Session.Start) || {time} < watermark)"))
        {
            using (_writer.Open("if (only < 0)"))
            {
                _writer.Line("Watermark = watermark;");
                using (_writer.Open($"if (!Enter((int)reference - 1, {time}))"))
                {
                    WriteMarkLate();
                    _writer.Line("i++; // late");
                }

                _writer.Line("goto Stretch;");
            }

            _writer.Line($"group = ref {Unsafe}.Add(ref entries, (nuint)only + 1);");
        }

        _writer.Line();
        _writer.Line($"long until = {time} + {Identifiers.Literal(_geometry.Size)};");
        using (_writer.Open("if (until > group.Session.End)"))
        {
            _writer.Line("group.Session.End = until;");
        }

        _writer.Line("ref Pane pane = ref group.Pane;");
        arguments ??= EvaluateArguments(scope, names);
        WriteUpdates("pane", arguments, time);
    }

    /// <summary>The watermark moves, before anything that can fail: the row's time counts even when the row is left out.</summary>
    private void WriteRaise(string condition, string watermark)
    {
        using (_writer.Open($"if ({condition})"))
        {
            _writer.Line(_canFail ? $"Watermark = watermark = {watermark};" : $"watermark = {watermark};");
        }
    }

    /// <summary>WHERE, time, keys and, where anything can fail, arguments: what fails does so before it changes anything.</summary>
    private (string Time, IReadOnlyList<EmittedValue> Keys, List<InputRow>? Arguments, RowScope Scope) WriteSessionInput(RowScope scope, NameTable names, bool withArguments)
    {
        scope = WriteBefore(scope, names);
        _writer.Line();
        string time = WriteTime(scope, names);
        RowScope rows = scope;
        EmittedValue[] values = _keys.Keys.Select(k => _context.Evaluate(_writer, rows, names, k.Expression, k.Field)).ToArray();
        IReadOnlyList<EmittedValue> keys = _keys.WriteLocals(_writer, names, values);
        return (time, keys, withArguments ? EvaluateArguments(scope, names) : null, scope);
    }

    /// <summary>A row where results are told as they change.</summary>
    private void WriteSessionChange(NameTable names)
    {
        WritePosition();
        using (_writer.Open("if (TInput.IsStamped)"))
        {
            _writer.Line("Reach(input.WatermarkBefore(i));");
            WriteBack();
        }

        RowScope scope = _context.ScanScope(_writer, names);
        if (Shape.TimeIsWatermark)
        {
            EmittedValue column = scope.Column(Shape.WatermarkColumn!.Value);
            using (_writer.Open($"if (!TInput.IsStamped{(column.Null is null ? "" : $" && !{column.Null}")})"))
            {
                _writer.Line($"Reach({OperatorFrame.Before(column, Shape)});");
                WriteBack();
            }
        }

        (string time, IReadOnlyList<EmittedValue> keys, List<InputRow>? arguments, _) = WriteSessionInput(scope, names, withArguments: true);
        string parameters = string.Concat(_keys.Parameters(keys).Select(p => ", " + p.Argument));
        _writer.Line($"uint hash = {_keys.Hash(keys)};");
        _writer.Line($"{Block} block = Block;");
        _writer.Line($"int head = {Group}.Find(block, hash{parameters});");
        using (_writer.Open("if (head < 0)"))
        {
            _writer.Line($"{Group}.Add(Groups, block, hash{parameters});");
            _writer.Line("head = block.Count - 1;");
        }

        _writer.Line($"{Execution}SessionHit hit = Find(head, {time});");
        using (_writer.Open("if (hit.IsLate)"))
        {
            WriteMarkLate();
            _writer.Line("continue;");
        }

        _writer.Line();
        if (!_geometry.HasMarks)
        {
            WriteSessionBefore();
        }

        _writer.Line($"int slot = Join(hit, head, {time});");
        _writer.Line($"ref {Group} group = ref block[slot];");
        _writer.Line("ref Pane pane = ref group.Pane;");
        WriteUpdates("pane", arguments!, time);
        if (_geometry.HasMarks)
        {
            _writer.Line("Note(slot);");
            return;
        }

        CodeWriter.Block? guard = _node.Emit == EmitMode.OnWindowClose ? _writer.Open("if (group.Session.IsOut)") : null;
        _writer.Line("bool now = After(block, slot, ref pane, group.Session.Start, group.Session.End, out Result result);");
        _writer.Line("EmitChange(was, in old, now, in result);");
        WriteBack();
        guard?.Dispose();
    }

    /// <summary>The results before a row: that of a session which becomes part of another is taken back.</summary>
    private void WriteSessionBefore()
    {
        string isOut(string slot) => _node.Emit == EmitMode.OnWindowClose ? $" && block[{slot}].Session.IsOut" : "";
        _writer.Line("Result old = default;");
        using (_writer.Open($"if (hit.Second >= 0{isOut("hit.Second")})"))
        {
            _writer.Line($"ref {Group} later = ref block[hit.Second];");
            using (_writer.Open("if (Before(block, hit.Second, ref later.Pane, later.Session.Start, later.Session.End, out old))"))
            {
                _writer.Line("EmitChange(true, in old, false, in old);");
                WriteBack();
                _writer.Line("old = default;");
            }
        }

        _writer.Line("bool was = false;");
        using (_writer.Open($"if (hit.First >= 0{isOut("hit.First")})"))
        {
            _writer.Line($"ref {Group} earlier = ref block[hit.First];");
            _writer.Line("was = Before(block, hit.First, ref earlier.Pane, earlier.Session.Start, earlier.Session.End, out old);");
        }

        _writer.Line();
    }

    /// <summary>A session is told by its keys and its start: where a row has moved that, what was told goes and comes anew.</summary>
    private void WriteEmitSession()
    {
        _writer.Line("Result result = default;");
        _writer.Line($"bool now = !group.Session.IsGone && After({ResultArguments});");
        using (_writer.Open("if (group.Session.IsShown && (!now || group.ShownStart != windowStart))"))
        {
            _writer.Line("group.Session.IsShown = false;");
            _writer.Line("Result told = default;");
            _writer.Line("Hidden(block, slot, ref pane, group.ShownStart, group.ShownEnd, ref told);");
            _writer.Line($"{_context.Row.TypeName} gone = {Row("told", "Delete")};");
            WriteEmit("gone");
        }

        using (_writer.Open("if (now)"))
        {
            _writer.Line($"{_context.Row.TypeName} row = {Row("result", "group.Session.IsShown", "UpdateAfter", "Insert")};");
            _writer.Line("group.Session.IsShown = true;");
            _writer.Line("group.ShownStart = windowStart;");
            _writer.Line("group.ShownEnd = windowEnd;");
            WriteEmit("row");
        }
    }

    /// <summary>Hands on sessions until one fails, whose result can't be computed: it is skipped, by the policy for failures, and what is behind it handed on.</summary>
    private void WriteEmitSessions()
    {
        const string slots = "global::System.ReadOnlySpan<int> slots";
        using (_writer.Open($"private void EmitRows(ref TOut output, {Block} block, {slots})"))
        using (_writer.Open("for (int at = 0; at < slots.Length; at++)"))
        {
            using (_writer.Open("try"))
            {
                _writer.Line("EmitFrom(ref output, block, slots, at);");
                _writer.Line("return;");
            }

            using (_writer.Open("catch (global::System.Exception error) when (Position >= 0 && IsRowError(error))"))
            {
                _writer.Line("int slot = Position;");
                _writer.Line("Position = -1;");
                _writer.Line("at = global::System.MemoryExtensions.IndexOf(slots, slot);");
                _writer.Line("long windowStart = block[slot].Session.Start;");
                _writer.Line("long windowEnd = block[slot].Session.End;");
                _writer.Line($"Skip({Describe()}, error);");
            }
        }

        _writer.Line();
        using (_writer.Open($"private void EmitFrom(ref TOut output, {Block} block, {slots}, int at)"))
        {
            WriteEmitLocals();
            using (_writer.Open("for (; at < slots.Length; at++)"))
            {
                _writer.Line("int slot = slots[at];");
                _writer.Line($"ref {Group} group = ref block[slot];");
                _writer.Line("EmitGroup(ref output, ref copy, ref rowsOut, block, slot, ref group, ref group.Pane, group.Session.Start, group.Session.End);");
            }
        }

        _writer.Line();
    }
}
