using System.Collections.Generic;
using System.Linq;
using Laminar.Generators.Emit.Expressions;
using Laminar.Sql.Plan;

namespace Laminar.Generators.Emit.Operators;

/// <summary>Closing windows and handing on their groups.</summary>
internal sealed partial class AggregateEmitter
{
    private void WriteClose()
    {
        _writer.Line("/// <summary>The watermark has reached the end of at least one window: those are emitted, in order, and their state is freed.</summary>");
        _writer.Line(Cold);
        using (_writer.Open("private void Close(long watermark)"))
        using (_writer.Open("unchecked"))
        {
            if (!_geometry.PerWindow)
            {
                _writer.Line("_width = 0;");
            }

            if (_mode == AggregateMode.Local)
            {
                _writer.Line("_reopened = false;");
                _writer.Line("HandOn(watermark);");
            }
            else if (_geometry.HasBlocks)
            {
                WriteCloseShared();
            }
            else
            {
                WriteCloseOwn();
            }

            _writer.Line($"_nextEnd = {PaneMath}.NextEnd(watermark, Origin + Size, Slide);");
            using (_writer.Open("if (_nextEnd == long.MaxValue)"))
            {
                _writer.Line("_outWatermark = long.MaxValue;");
                if (!_geometry.PerWindow)
                {
                    _writer.Line("_lateBefore = long.MaxValue;");
                }
            }

            using (_writer.Open("else"))
            {
                _writer.Line(_mode == AggregateMode.Local
                    ? "_outWatermark = _nextEnd - Size; // every pane that ended by then has been handed on"
                    : "_outWatermark = _nextEnd - Gap; // no row of a window still open can be behind this");
                if (!_geometry.PerWindow)
                {
                    _writer.Line(_geometry.HasBlocks ? "_lateBefore = _nextEnd - Slide;" : "_lateBefore = _nextEnd - Size;");
                }
            }

            _writer.Line("Position = -1;");
        }

        _writer.Line();
        if (_mode == AggregateMode.Local)
        {
            _writer.Line("/// <summary>Hands on the panes that end by a watermark.</summary>");
            using (_writer.Open("private void HandOn(long watermark)"))
            using (_writer.Open("unchecked"))
            {
                WriteCloseOwn();
            }

            _writer.Line();
        }

        if (_geometry.HasBlocks)
        {
            WriteCloseWindow();
        }

        if (_geometry.HasBlocks || _mode == AggregateMode.Final)
        {
            WriteMerge();
        }

        if (NeedsFree)
        {
            WriteFree();
        }
    }

    private void WriteCloseOwn()
    {
        _writer.Line("global::Laminar.State.BlockDirectory blocks = _groups.Blocks;");
        using (_writer.Open("while (blocks.Count > 0)"))
        {
            _writer.Line("int id = blocks.IdAt(0);");
            _writer.Line("long windowStart = Origin + (blocks[id].Number * Slide);");
            _writer.Line("long windowEnd = windowStart + Size;");
            using (_writer.Open("if (windowEnd > watermark)"))
            {
                _writer.Line("break;");
            }

            bool emits = !_changes;
            if (emits || NeedsFree)
            {
                using (_writer.Open("for (int slot = blocks[id].Head; slot >= 0;)"))
                {
                    _writer.Line($"ref {Group} group = ref _groups[slot];");
                    if (emits)
                    {
                        using (_writer.Open("if (group.Pane.Rows != 0)"))
                        {
                            _writer.Line("EmitGroup(ref group, slot, ref group.Pane, windowStart, windowEnd);");
                        }
                    }

                    if (NeedsFree)
                    {
                        _writer.Line("FreeGroup(ref group, slot);");
                    }

                    _writer.Line("slot = group.Head.Next;");
                }
            }

            _writer.Line("_groups.RemoveBlock(id);");
        }
    }

    private void WriteCloseShared()
    {
        _writer.Line("global::Laminar.State.BlockDirectory blocks = _groups.Blocks;");
        using (_writer.Open("while (blocks.Count > 0)"))
        {
            _writer.Line("// The first window that isn't closed yet and can hold anything.");
            _writer.Line("long firstStart = Origin + ((blocks[blocks.IdAt(0)].Number << BlockShift) * PaneSize);");
            _writer.Line($"long windowEnd = global::System.Math.Max(_nextEnd, {PaneMath}.NextEnd(firstStart, Origin + Size, Slide));");
            using (_writer.Open("if (windowEnd > watermark)"))
            {
                _writer.Line("break;");
            }

            _writer.Line("CloseWindow(windowEnd - Size, windowEnd);");
            _writer.Line("_nextEnd = windowEnd + Slide;");
            _writer.Line("RemoveFinishedBlocks();");
        }
    }

    private void WriteCloseWindow()
    {
        _writer.Line("/// <summary>Frees the blocks whose last window has closed.</summary>");
        using (_writer.Open("private void RemoveFinishedBlocks()"))
        using (_writer.Open("unchecked"))
        {
            _writer.Line("global::Laminar.State.BlockDirectory blocks = _groups.Blocks;");
            using (_writer.Open("while (blocks.Count > 0)"))
            {
                _writer.Line("int id = blocks.IdAt(0);");
                _writer.Line("long lastPane = ((blocks[id].Number + 1) << BlockShift) - 1;");
                _writer.Line($"long lastEnd = Origin + ({PaneMath}.FloorDivide(lastPane * PaneSize, Slide) * Slide) + Size;");
                using (_writer.Open("if (lastEnd >= _nextEnd)"))
                {
                    _writer.Line("return;");
                }

                if (NeedsFree)
                {
                    using (_writer.Open("for (int slot = blocks[id].Head; slot >= 0; slot = _groups[slot].Head.Next)"))
                    {
                        _writer.Line("FreeGroup(ref _groups[slot], slot);");
                    }
                }

                _writer.Line("_groups.RemoveBlock(id);");
            }
        }

        _writer.Line();
        _writer.Line("/// <summary>Merges the panes of a window per group, in the order of time, and emits.</summary>");
        using (_writer.Open("private void CloseWindow(long windowStart, long windowEnd)"))
        using (_writer.Open("unchecked"))
        {
            _writer.Line("global::Laminar.State.BlockDirectory blocks = _groups.Blocks;");
            _writer.Line($"long firstPane = {PaneMath}.FloorDivide(windowStart - Origin, PaneSize);");
            _writer.Line("long lastPane = firstPane + Panes - 1;");
            _writer.Line("int first = (int)(firstPane & ((1 << BlockShift) - 1));");
            _writer.Line("int last = (int)(lastPane & ((1 << BlockShift) - 1));");
            _writer.Line("bool spansTwo = firstPane >> BlockShift != lastPane >> BlockShift;");
            _writer.Line("int id = blocks.Find(firstPane >> BlockShift);");
            using (_writer.Open("for (int slot = id < 0 ? -1 : blocks[id].Head; slot >= 0; slot = _groups[slot].Head.Next)"))
            {
                _writer.Line($"ref {Group} group = ref _groups[slot];");
                _writer.Line("Pane merged = FreshPane();");
                _writer.Line("MergePanes(ref merged, ref group, first, spansTwo ? (1 << BlockShift) - 1 : last);");
                using (_writer.Open("if (spansTwo && group.NextBlock != 0)"))
                {
                    _writer.Line("MergePanes(ref merged, ref _groups[group.NextBlock - 1], 0, last);");
                }

                WriteEmitMerged();
            }

            using (_writer.Open("if (!spansTwo)"))
            {
                _writer.Line("return;");
            }

            _writer.Line("id = blocks.Find(lastPane >> BlockShift);");
            using (_writer.Open("for (int slot = id < 0 ? -1 : blocks[id].Head; slot >= 0; slot = _groups[slot].Head.Next)"))
            {
                _writer.Line($"ref {Group} group = ref _groups[slot];");
                using (_writer.Open("if (group.HasPrevious)"))
                {
                    _writer.Line("continue; // merged with its entry in the block before");
                }

                _writer.Line("Pane merged = FreshPane();");
                _writer.Line("MergePanes(ref merged, ref group, 0, last);");
                WriteEmitMerged();
            }
        }

        _writer.Line();
        using (_writer.Open($"private void MergePanes(ref Pane merged, ref {Group} group, int first, int last)"))
        using (_writer.Open("for (int i = first; i <= last; i++)"))
        {
            _writer.Line($"ref Pane pane = ref {Unsafe}.Add(ref {Unsafe}.As<Panes, Pane>(ref group.Panes), i);");
            using (_writer.Open("if (pane.Rows != 0)"))
            {
                _writer.Line("Merge(ref merged, in pane);");
            }
        }

        _writer.Line();
        using (_writer.Open("private static Pane FreshPane()"))
        {
            _writer.Line("Pane pane = default;");
            foreach (AggregateState state in _states.States)
            {
                state.WriteInitial(_writer, "pane");
            }

            _writer.Line("return pane;");
        }

        _writer.Line();
    }

    private void WriteEmitMerged()
    {
        using (_writer.Open("if (merged.Rows != 0)"))
        {
            _writer.Line("EmitGroup(ref group, slot, ref merged, windowStart, windowEnd);");
            foreach (BesideState state in Beside)
            {
                state.WriteFree(_writer, "merged");
            }
        }
    }

    private void WriteMerge()
    {
        using (_writer.Open("private void Merge(ref Pane pane, in Pane other)"))
        using (_writer.Open("unchecked"))
        {
            foreach (AggregateState state in _states.States)
            {
                state.WriteMerge(_writer, "pane", "other");
            }

            _writer.Line("pane.Rows += other.Rows;");
        }

        _writer.Line();
    }

    private void WriteFree()
    {
        _writer.Line("/// <summary>Gives back what an entry holds elsewhere.</summary>");
        using (_writer.Open($"private void FreeGroup(ref {Group} group, int slot)"))
        {
            foreach (GroupKey key in _keys.Keys.Where(k => k.IsText))
            {
                _writer.Line($"_slab.Remove(group.{key.Field});");
                _writer.Line($"_keyTexts[(slot * {_keys.Texts}) + {key.TextNumber}] = null;");
            }

            if (Beside.Any() && !_geometry.HasBlocks)
            {
                _writer.Line("ref Pane pane = ref group.Pane;");
                foreach (BesideState state in Beside)
                {
                    state.WriteFree(_writer, "pane");
                }
            }
            else if (Beside.Any())
            {
                using (_writer.Open("for (int i = 0; i < 1 << BlockShift; i++)"))
                {
                    _writer.Line($"ref Pane pane = ref {Unsafe}.Add(ref {Unsafe}.As<Panes, Pane>(ref group.Panes), i);");
                    foreach (BesideState state in Beside)
                    {
                        state.WriteFree(_writer, "pane");
                    }
                }
            }
        }

        _writer.Line();
    }

    private void WriteEmit()
    {
        if (_mode == AggregateMode.Local)
        {
            using (_writer.Open($"private void EmitGroup(ref {Group} group, int slot, ref Pane pane, long windowStart, long windowEnd)"))
            {
                _writer.Line("Partial partial = default;");
                _writer.Line("partial.PaneStart = windowStart;");
                _writer.Line("partial.State = pane;");
                foreach (GroupKey key in _keys.Keys)
                {
                    _writer.Line(key.IsText
                        ? $"partial.{key.Field} = _keyTexts[(slot * {_keys.Texts}) + {key.TextNumber}];"
                        : $"partial.{key.Field} = group.{key.Field};");
                    if (key.Nullable && !key.IsText)
                    {
                        _writer.Line($"partial.{key.Field}IsNull = group.{key.Field}IsNull;");
                    }
                }

                _writer.Line("RowsOut++;");
                _writer.Line("Output.Emit(in partial, global::System.Math.Max(_outWatermark, windowStart));");
            }

            _writer.Line();
            return;
        }

        if (_changes)
        {
            WriteChanges();
            return;
        }

        using (_writer.Open($"private void EmitGroup(ref {Group} group, int slot, ref Pane pane, long windowStart, long windowEnd)"))
        {
            using (_writer.Open("try"))
            {
                _writer.Line("Position = 0;");
                NameTable names = OperatorContext.Locals();
                IReadOnlyList<EmittedValue> values = WriteAfter(names, "return;");
                _writer.Line($"{_context.Row.TypeName} row = {_context.Construct(values)};");
                _writer.Line("Position = -1;");
                _writer.Line("RowsOut++;");
                _writer.Line("Output.Emit(in row, windowEnd - Gap);");
            }

            using (_writer.Open("catch (global::System.Exception error) when (Position >= 0 && IsRowError(error))"))
            {
                _writer.Line("Position = -1;");
                _writer.Line($"Skip({Describe()}, error);");
            }
        }

        _writer.Line();
    }

    /// <summary>A group and its window as text, for messages.</summary>
    private string Describe()
    {
        string keys = string.Concat(_keys.Keys.Select((k, i) =>
            $" {k.Field} {{{(k.IsText ? $"_keyTexts[(slot * {_keys.Texts}) + {k.TextNumber}]" : $"group.{k.Field}")}}}"));
        return $"$\"group{keys} of the window [{{windowStart}}, {{windowEnd}})\"";
    }

    /// <summary>The nodes above the aggregation: HAVING, projection.</summary>
    private IReadOnlyList<EmittedValue> WriteAfter(NameTable names, string leave)
    {
        if (_keys.Texts > 0)
        {
            _writer.Line("ref string? texts = ref global::System.Runtime.InteropServices.MemoryMarshal.GetArrayDataReference(_keyTexts);");
        }

        var groups = new RowScope(ordinal => GroupColumn(names, ordinal));
        RowScope scope = groups;
        foreach (PlanNode node in Shape.After)
        {
            switch (node)
            {
                case FilterNode filter:
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

        return Enumerable.Range(0, Shape.Plan.Columns.Count).Select(scope.Column).ToArray();
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
            ? new EmittedValue("(windowEnd - Gap)", null, column.Type)
            : locals.ToLocal(_states.Result(ordinal - _node.FirstAggregateOrdinal, "pane"), column.Name.Length > 0 ? column.Name : "aggregate");
    }
}
