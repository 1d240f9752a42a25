using System.Collections.Generic;
using System.Linq;
using Laminar.Generators.Emit.Expressions;
using Laminar.Generators.Emit.Operators.Aggregates;
using Laminar.Sql.Plan;

namespace Laminar.Generators.Emit.Operators;

/// <summary>What becomes of groups when their window closes.</summary>
internal sealed partial class AggregateEmitter
{
    /// <summary>The results of groups in an operator of the query's own: as changes, or of sessions.</summary>
    private void WriteResults()
    {
        if (_geometry.IsSession && !_states.CanTravel)
        {
            WriteMerge();
        }

        if (_changes)
        {
            WriteChanges();
            if (_node.Emit != EmitMode.OnWindowClose)
            {
                return;
            }
        }

        if (_geometry.IsSession)
        {
            WriteEmitSessions();
        }
        else
        {
            WriteEmitOwn();
        }

        // A failing group must find the output as it was: a small one is stored after each row, and not read again.
        _writer.Line(Inline);
        using (_writer.Open($"private void EmitGroup(ref TOut output, ref TOut copy, ref long rowsOut, {Block} block, int slot, ref {Group} group, ref Pane pane, long windowStart, long windowEnd)"))
        {
            _writer.Line("Position = slot;");
            NameTable names = OperatorContext.Locals();
            IReadOnlyList<EmittedValue> values = WriteAfter(names, "Position = -1;\nreturn;");
            _writer.Line($"{_context.Row.TypeName} row = {_context.Construct(values)};");
            _writer.Line("Position = -1;");
            _writer.Line("RowsOut = ++rowsOut;");
            using (_writer.Open($"if ({Execution}RowOutput.IsSmallValue<TOut>())"))
            {
                _writer.Line("copy.Emit(in row, OutWatermark);");
                _writer.Line("output = copy;");
            }

            using (_writer.Open("else"))
            {
                _writer.Line("output.Emit(in row, OutWatermark);");
            }
        }

        _writer.Line();
        _writer.Line(_geometry.IsSession
            ? "protected override void EmitSessions(global::System.ReadOnlySpan<int> slots) => EmitRows(ref Output, Block, slots);"
            : $"protected override void EmitGroups({Block} block, long windowStart, long windowEnd) => EmitRows(ref Output, block, windowStart, windowEnd);");
        _writer.Line();
    }

    /// <summary>The groups of a window that late rows may still correct: they are kept.</summary>
    private void WriteEmitOwn()
    {
        _writer.Line("/// <summary>The groups of a window, in order of first sight.</summary>");
        using (_writer.Open($"private void EmitRows(ref TOut output, {Block} block, long windowStart, long windowEnd)"))
        using (_writer.Open("for (int slot = 0; slot < block.Count; slot++)"))
        {
            using (_writer.Open("try"))
            {
                _writer.Line("EmitFrom(ref output, block, slot, windowStart, windowEnd);");
                _writer.Line("return;");
            }

            using (_writer.Open("catch (global::System.Exception error) when (Position >= 0 && IsRowError(error))"))
            {
                _writer.Line("slot = Position;");
                _writer.Line("Position = -1;");
                _writer.Line($"Skip({Describe()}, error);");
            }
        }

        _writer.Line();
        using (_writer.Open($"private void EmitFrom(ref TOut output, {Block} block, int slot, long windowStart, long windowEnd)"))
        {
            WriteEmitLocals();
            using (_writer.Open("for (; slot < block.Count; slot++)"))
            {
                _writer.Line($"ref {Group} group = ref block[slot];");
                CodeWriter.Block? guard = EmitsEmpty ? null : _writer.Open("if (group.Pane.Rows != 0)");
                _writer.Line("EmitGroup(ref output, ref copy, ref rowsOut, block, slot, ref group, ref group.Pane, windowStart, windowEnd);");
                guard?.Dispose();
            }
        }

        _writer.Line();
    }

    /// <summary>There are groups of no rows that have a result.</summary>
    private bool EmitsEmpty => _node.IsGlobal || _node.EmptySets.Count > 0;

    private void WriteEmitLocals()
    {
        _writer.Line("TOut copy = output;");
        _writer.Line("long rowsOut = RowsOut;");
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
        using (_writer.Open($"public void Fold({Execution}EvaluationContext op, State::GroupTable<{Group}> groups, {Block} pane, {Block} total)"))
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
                    _writer.Line($"{Group}.Add(groups, total, 0u);");
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
                        _writer.Line($"{Group}.Add(groups, total, hash, position{arguments});");
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

            _writer.Line("Merge(op, ref total[slot].Pane, in added.Pane);");
        }

        _writer.Line();
    }

    /// <summary>A group and its window as text, for messages.</summary>
    private string Describe()
    {
        string bounds = _node.Window.UnitsPerMillisecond == 1 ? "[{windowStart}, {windowEnd})" : $"{{({Execution}RowTime.Window(windowStart, windowEnd))}}";
        return _geometry.IsWhole || _geometry.IsIdle ? $"$\"group{DescribeKeys()}\"" : $"$\"group{DescribeKeys()} of the window {bounds}\"";
    }

    /// <summary>The keys of a group, inside an interpolated string.</summary>
    private string DescribeKeys()
    {
        string value(GroupKey key) => key switch
        {
            { IsText: true } => $"({_keys.TextOf("block", "slot", key)}{(key.Nullable ? " ?? \"NULL\"" : "")})",
            { Nullable: true } => $"(block[slot].{key.Field}IsNull ? (object)\"NULL\" : block[slot].{key.Field})",
            _ => $"block[slot].{key.Field}",
        };
        return string.Concat(_keys.Keys.Select(k => $" {k.Field} {{{value(k)}}}"));
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
