using System.Collections.Generic;
using System.Linq;
using Laminar.Generators.Emit.Expressions;
using Laminar.Generators.Emit.Operators.Aggregates;
using Laminar.Sql.Plan;

namespace Laminar.Generators.Emit.Operators;

/// <summary>What becomes of groups when their window closes.</summary>
internal sealed partial class AggregateEmitter
{
    /// <summary>The results of groups, handed to an output.</summary>
    /// <param name="isGeneric">In a class that doesn't know the output.</param>
    private void WriteResults(bool isGeneric)
    {
        if (_changes)
        {
            if (_geometry.IsSession && !_states.CanTravel)
            {
                WriteMerge();
            }

            WriteChanges();
            if (_node.Emit != EmitMode.OnWindowClose)
            {
                return;
            }
        }

        string type = isGeneric ? "<TOut>" : "";
        string constraint = isGeneric ? $"\n    where TOut : struct, {Execution}IRowOutput<{_context.Row.TypeName}>" : "";
        if ((_geometry.HasBlocks || _geometry.HasTotals || _geometry.IsSession) && !_states.CanTravel && !(_geometry.IsSession && _changes))
        {
            WriteMerge();
        }

        if (_geometry.HasTotals)
        {
            WriteFold();
        }

        if (_geometry.IsSession)
        {
            WriteEmitSessions();
        }
        else if (_geometry.IsSliding)
        {
            WriteEmitSliding(type, constraint);
        }
        else if (_geometry.HasBlocks)
        {
            WriteEmitMerged(type, constraint);
        }
        else
        {
            WriteEmitOwn(type, constraint);
        }

        // A failing group must find the output as it was: a small one is stored after each row, and not read again.
        _writer.Line(Inline);
        using (_writer.Open($"private void EmitGroup{type}(ref TOut output, ref TOut copy, ref long rowsOut, {Block} block, int slot, ref {Group} group, ref Pane pane, long windowStart, long windowEnd){constraint}"))
        {
            _writer.Line("Position = slot;");
            NameTable names = OperatorContext.Locals();
            IReadOnlyList<EmittedValue> values = WriteAfter(names, "Position = -1;\nreturn;");
            _writer.Line($"{_context.Row.TypeName} row = {_context.Construct(values)};");
            _writer.Line("Position = -1;");
            _writer.Line("RowsOut = ++rowsOut;");
            string arguments = _changes || _geometry.IsWhole || _geometry.IsSession ? "(in row, OutWatermark);" : $"(in row, windowEnd - {Identifiers.Literal(_geometry.Gap)});";
            using (_writer.Open($"if ({Execution}RowOutput.IsSmallValue<TOut>())"))
            {
                _writer.Line($"copy.Emit{arguments}");
                _writer.Line("output = copy;");
            }

            using (_writer.Open("else"))
            {
                _writer.Line($"output.Emit{arguments}");
            }
        }

        _writer.Line();
        if (!isGeneric)
        {
            WriteEmissions();
        }
    }

    /// <summary>What closing a window calls.</summary>
    private void WriteEmissions()
    {
        if (_geometry.IsSession)
        {
            _writer.Line("protected override void EmitSessions(global::System.ReadOnlySpan<int> slots) => EmitRows(ref Output, Block, slots);");
        }
        else if (_geometry.IsSliding)
        {
            _writer.Line($"protected override void EmitSliding({Block} block, {Block}? next, long windowStart, long windowEnd) => EmitRows(ref Output, block, next, windowStart, windowEnd);");
        }
        else if (_geometry.HasBlocks)
        {
            _writer.Line($"protected override void EmitMerged({Block} block, {Block}? next, int first, int last, int lastOfNext, bool isSecond, long windowStart, long windowEnd) =>");
            _writer.Line("    EmitRows(ref Output, block, next, first, last, lastOfNext, isSecond, windowStart, windowEnd);");
        }
        else
        {
            _writer.Line($"protected override void EmitGroups({Block} block, long windowStart, long windowEnd) => EmitRows(ref Output, block, windowStart, windowEnd);");
        }

        _writer.Line();
    }

    private void WriteEmitOwn(string type, string constraint)
    {
        _writer.Line("/// <summary>The groups of a window, in order of first sight.</summary>");
        WriteEmitRows(type, constraint, "", "", NeedsFree && !KeepsEnded ? "FreeGroup(ref block[slot]);" : null);
        using (_writer.Open($"private void EmitFrom{type}(ref TOut output, {Block} block, int slot, long windowStart, long windowEnd){constraint}"))
        {
            WriteEmitLocals();
            WriteGroupLoop("EmitGroup(ref output, ref copy, ref rowsOut, block, slot, ref group, ref group.Pane, windowStart, windowEnd);");
        }

        _writer.Line();
    }

    /// <summary>Windows are kept when they have been handed on.</summary>
    private bool KeepsEnded => _node.Lateness > 0 || _geometry.HasTotals;

    private void WriteEmitLocals()
    {
        _writer.Line("TOut copy = output;");
        _writer.Line("long rowsOut = RowsOut;");
    }

    /// <summary>
    /// Hands on groups until one fails, whose result can't be computed: it is skipped, by the policy for failures, and what is behind it handed on.
    /// The loop is apart from the <c>try</c>, which would keep its variables out of registers.
    /// </summary>
    private void WriteEmitRows(string type, string constraint, string parameters, string arguments, string? free)
    {
        using (_writer.Open($"protected void EmitRows{type}(ref TOut output, {Block} block, {parameters}long windowStart, long windowEnd){constraint}"))
        {
            bool holdsMerged = free is not null && _geometry.HasBlocks;
            if (holdsMerged)
            {
                _writer.Line("Pane merged = default;");
            }

            using (_writer.Open("for (int slot = 0; slot < block.Count; slot++)"))
            {
                using (_writer.Open("try"))
                {
                    _writer.Line($"EmitFrom(ref output, block, {(holdsMerged ? "ref merged, " : "")}{arguments}slot, windowStart, windowEnd);");
                    _writer.Line("return;");
                }

                using (_writer.Open("catch (global::System.Exception error) when (Position >= 0 && IsRowError(error))"))
                {
                    _writer.Line("slot = Position;");
                    _writer.Line("Position = -1;");
                    _writer.Line($"Skip({Describe()}, error);");
                    if (free is not null)
                    {
                        _writer.Line(free);
                    }
                }
            }
        }

        _writer.Line();
    }

    private void WriteGroupLoop(string emit)
    {
        using (_writer.Open("for (; slot < block.Count; slot++)"))
        {
            _writer.Line($"ref {Group} group = ref block[slot];");
            CodeWriter.Block? guard = _node.IsGlobal || _node.EmptySets.Count > 0 ? null : _writer.Open("if (group.Pane.Rows != 0)");
            _writer.Line(emit);
            guard?.Dispose();
            if (NeedsFree && !KeepsEnded)
            {
                _writer.Line("FreeGroup(ref group);");
            }
        }
    }

    private void WriteEmitMerged(string type, string constraint)
    {
        const string parameters = "int first, int last, int lastOfNext, bool isSecond, ";
        _writer.Line("/// <summary>The groups of a block, the panes of each merged in the order of time.</summary>");
        string free = FreeLines("merged");
        WriteEmitRows(type, constraint, $"{Block}? next, {parameters}", "next, first, last, lastOfNext, isSecond, ", NeedsFree ? free : null);
        string held = NeedsFree ? "ref Pane merged, " : "";
        using (_writer.Open($"private void EmitFrom{type}(ref TOut output, {Block} block, {held}{Block}? next, {parameters}int slot, long windowStart, long windowEnd){constraint}"))
        {
            WriteEmitLocals();
            using (_writer.Open("for (; slot < block.Count; slot++)"))
            {
                WriteMergedGroup(free);
            }
        }

        _writer.Line();
        _writer.Line(Inline);
        using (_writer.Open($"private void MergePanes(ref Pane merged, ref {Group} group, int first, int last)"))
        using (_writer.Open("for (int i = first; i <= last; i++)"))
        {
            // Merging an empty pane changes nothing, and which panes are empty no processor can foresee.
            CodeWriter.Block? guard = Beside.Any() ? _writer.Open($"if ({Pane("group", "i")}.Rows != 0)") : null;
            _writer.Line($"{(_states.CanTravel ? "Pane." : "")}Merge(ref merged, in {Pane("group", "i")});");
            guard?.Dispose();
        }

        _writer.Line();
    }

    private void WriteMergedGroup(string free)
    {
        _writer.Line($"ref {Group} group = ref block[slot];");
        using (_writer.Open("if (isSecond && group.HasPrevious)"))
        {
            _writer.Line("continue; // merged with its entry in the block before");
        }

        _writer.Line(NeedsFree ? "merged = default;" : "Pane merged = default;");
        foreach (AggregateState state in _states.States)
        {
            state.WriteInitial(_writer, "merged");
        }

        _writer.Line("MergePanes(ref merged, ref group, first, last);");
        using (_writer.Open("if (next is not null && group.NextBlock != 0)"))
        {
            _writer.Line("MergePanes(ref merged, ref next[group.NextBlock - 1], 0, lastOfNext);");
        }

        using (_writer.Open("if (merged.Rows != 0)"))
        {
            _writer.Line("EmitGroup(ref output, ref copy, ref rowsOut, block, slot, ref group, ref merged, windowStart, windowEnd);");
            if (NeedsFree)
            {
                _writer.Line(free);
            }
        }
    }

    /// <summary>What gives back what a pane holds in stores beside it.</summary>
    private string FreeLines(string pane)
    {
        var lines = new CodeWriter();
        foreach (BesideState state in Beside)
        {
            state.WriteFree(lines, pane);
        }

        return lines.ToString().TrimEnd('\n');
    }

    /// <summary>The first phase hands on its panes as they are.</summary>
    private void WritePartials()
    {
        using (_writer.Open($"protected override void EmitGroups({Block} block, long windowStart, long windowEnd)"))
        {
            _writer.Line("int slot = 0;");
            WriteGroupLoop("Emit(block, slot, ref group, windowStart);");
        }

        _writer.Line();
        using (_writer.Open($"private void Emit({Block} block, int slot, ref {Group} group, long paneStart)"))
        {
            _writer.Line("Partial partial = default;");
            _writer.Line("partial.PaneStart = paneStart;");
            _writer.Line("partial.State = group.Pane;");
            foreach (GroupKey key in _keys.Keys)
            {
                _writer.Line(key.IsText
                    ? $"partial.{key.Field} = {_keys.TextOf("block", "slot", key)};"
                    : $"partial.{key.Field} = group.{key.Field};");
                if (key.Nullable && !key.IsText)
                {
                    _writer.Line($"partial.{key.Field}IsNull = group.{key.Field}IsNull;");
                }
            }

            _writer.Line("RowsOut++;");
            _writer.Line("Output.Emit(in partial, global::System.Math.Max(OutWatermark, paneStart));");
        }

        _writer.Line();
    }

    /// <summary>Merging panes that keep something beside them, in stores of the operator.</summary>
    private void WriteMerge()
    {
        _writer.Line(Inline);
        using (_writer.Open("private void Merge(ref Pane pane, in Pane other)"))
        using (_writer.Open("unchecked"))
        {
            _states.WriteMerge(_writer, "pane", "other");
        }

        _writer.Line();
    }

    /// <summary>Adding a pane to what its span has come to: each of its groups is found there or added.</summary>
    private void WriteFold()
    {
        using (_writer.Open($"protected override void Fold({Block} pane, {Block} total)"))
        using (_writer.Open("unchecked"))
        using (_writer.Open("for (int i = 0; i < pane.Count; i++)"))
        {
            _writer.Line($"ref {Group} added = ref pane[i];");
            using (_writer.Open("if (added.Pane.Rows == 0)"))
            {
                _writer.Line("continue;");
            }

            EmittedValue[] keys = _keys.Keys.Select(k =>
                new EmittedValue(k.IsText ? _keys.TextOf("pane", "i", k) : $"added.{k.Field}", k.Nullable && !k.IsText ? $"added.{k.Field}IsNull" : null, k.Type)).ToArray();
            string arguments = string.Concat(_keys.Parameters(keys).Select(p => ", " + p.Argument));
            if (_keys.Keys.Count == 0)
            {
                using (_writer.Open("if (total.Count == 0)"))
                {
                    _writer.Line($"{Group}.Add(Groups, total, 0u);");
                }

                _writer.Line("int slot = 0;");
            }
            else
            {
                _writer.Line($"uint hash = {Group}.HashOf(in added);");
                _writer.Line("uint position = hash & total.Mask;");
                _writer.Line("int slot;");
                if (_keys.Texts > 0)
                {
                    _writer.Line("ref string? texts = ref total.Texts;");
                }

                using (_writer.Open("while (true)"))
                {
                    _writer.Line($"slot = (int){Unsafe}.Add(ref total.Index, (nuint)position) - 1;");
                    using (_writer.Open("if (slot < 0)"))
                    {
                        _writer.Line("slot = total.Count;");
                        _writer.Line($"{Group}.Add(Groups, total, hash, position{arguments});");
                        _writer.Line("break;");
                    }

                    _writer.Line($"ref {Group} group = ref total[slot];");
                    using (_writer.Open($"if ({_keys.Matches("group", "slot", "hash", keys)})"))
                    {
                        _writer.Line("break;");
                    }

                    _writer.Line("position = State::KeyHash.Next(position, hash) & total.Mask;");
                }
            }

            _writer.Line($"{(_states.CanTravel ? "Pane." : "")}Merge(ref total[slot].Pane, in added.Pane);");
        }

        _writer.Line();
    }

    /// <summary>A group and its window as text, for messages.</summary>
    private string Describe()
    {
        string value(GroupKey key) => key switch
        {
            { IsText: true } => $"({_keys.TextOf("block", "slot", key)}{(key.Nullable ? " ?? \"NULL\"" : "")})",
            { Nullable: true } => $"(block[slot].{key.Field}IsNull ? (object)\"NULL\" : block[slot].{key.Field})",
            _ => $"block[slot].{key.Field}",
        };
        string keys = string.Concat(_keys.Keys.Select(k => $" {k.Field} {{{value(k)}}}"));
        string bounds = _node.Window.UnitsPerMillisecond == 1 ? "[{windowStart}, {windowEnd})" : $"{{({Execution}RowTime.Window(windowStart, windowEnd))}}";
        return _geometry.IsWhole || _geometry.IsIdle ? $"$\"group{keys}\"" : $"$\"group{keys} of the window {bounds}\"";
    }

    /// <summary>The nodes above the aggregation: HAVING, projection.</summary>
    private IReadOnlyList<EmittedValue> WriteAfter(NameTable names, string leave) =>
        Enumerable.Range(0, Shape.Plan.Columns.Count).Select(WriteAfterScope(names, leave).Column).ToArray();

    /// <param name="names">Of locals.</param>
    /// <param name="leave">What is done where HAVING hides the group; null: it isn't asked.</param>
    private RowScope WriteAfterScope(NameTable names, string? leave)
    {
        if (_keys.Texts > 0)
        {
            _writer.Line("ref string? texts = ref block.Texts;");
        }

        var groups = new RowScope(ordinal => GroupColumn(names, ordinal));
        RowScope scope = groups;
        foreach (PlanNode node in Shape.After)
        {
            switch (node)
            {
                case FilterNode filter when leave is not null:
                    _writer.Line($"// HAVING {OperatorFrame.Comment(ExpressionPrinter.Print(filter.Predicate))}");
                    string truth = _context.EvaluateTruth(_writer, scope, names, filter.Predicate);
                    using (_writer.Open($"if (!{truth})"))
                    {
                        _writer.Line(leave);
                    }

                    break;
                case ProjectNode project:
                    scope = scope.Over(project, below => _context.Expressions(_writer, below, names));
                    break;
            }
        }

        return scope;
    }

    private EmittedValue GroupColumn(NameTable names, int ordinal)
    {
        PlanColumn column = _node.Columns[ordinal];
        ExpressionEmitter locals = new(_writer, _ => throw new System.InvalidOperationException("No columns here."), names, _context.Constants);
        if (ordinal < _keys.Keys.Count)
        {
            GroupKey key = _keys.Keys[ordinal];
            return locals.ToLocal(_keys.Value(ordinal, "group", key.IsText ? _keys.Text("slot", key) : ""), column.Name.Length > 0 ? column.Name : key.Field);
        }

        if (ordinal == _node.WindowStartOrdinal)
        {
            return new EmittedValue("windowStart", null, column.Type);
        }

        if (ordinal == _node.WindowEndOrdinal)
        {
            return new EmittedValue("windowEnd", null, column.Type);
        }

        return ordinal == _node.WindowTimeOrdinal
            ? new EmittedValue($"(windowEnd - {Identifiers.Literal(_geometry.Gap)})", null, column.Type)
            : locals.ToLocal(_states.Result(ordinal - _node.FirstAggregateOrdinal, "pane"), column.Name.Length > 0 ? column.Name : "aggregate");
    }
}
