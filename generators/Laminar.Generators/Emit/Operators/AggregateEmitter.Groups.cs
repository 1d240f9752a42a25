using System;
using System.Collections.Generic;
using System.Linq;
using Laminar.Generators.Emit.Expressions;

namespace Laminar.Generators.Emit.Operators;

/// <summary>What happens seldom: another pane, a new group, and the windows of a row where each has a pane of its own.</summary>
internal sealed partial class AggregateEmitter
{
    private void WriteOpen()
    {
        if (WatermarkIsRange)
        {
            string own = OperatorFrame.Before(new EmittedValue("time", null, _node.Window.Time.Type), Shape);
            string delay = Identifiers.Literal(Shape.Scan.Relation.Watermark!.Delay);
            _writer.Line("/// <summary>The row isn't of the current pane, or its own watermark closes windows. Taking that before the row is the same as after: the row's windows end later.</summary>");
            _writer.Line(Cold);
            using (_writer.Open("private bool Enter(long time)"))
            using (_writer.Open("unchecked"))
            {
                if (_node.Window.UnitsPerMillisecond == 1)
                {
                    _writer.Line($"{PaneMath}.CheckTime(time);");
                }

                _writer.Line($"long watermark = {own};");
                using (_writer.Open("if (watermark >= _nextEnd)"))
                {
                    _writer.Line("Close(watermark);");
                }

                _writer.Line("bool kept = Open(time);");
                using (_writer.Open("if (_width != 0)"))
                {
                    _writer.Line("// The current range ends where the next window closes.");
                    _writer.Line($"_width = (ulong)(global::System.Math.Min(_from + PaneSize, _nextEnd + {delay}) - _from);");
                }

                _writer.Line("return kept;");
            }

            _writer.Line();
        }

        _writer.Line("/// <summary>Makes the pane that holds a time the current one. False: the row is in no open window.</summary>");
        _writer.Line(Cold);
        using (_writer.Open("private bool Open(long time)"))
        using (_writer.Open("unchecked"))
        {
            if (_mode == AggregateMode.Local)
            {
                WriteHandOnReopened();
            }

            if (_node.Window.UnitsPerMillisecond == 1)
            {
                _writer.Line($"{PaneMath}.CheckTime(time);");
            }

            _writer.Line($"long pane = {PaneMath}.FloorDivide(time - Origin, PaneSize);");
            _writer.Line("long from = Origin + (pane * PaneSize);");
            if (_geometry.HasBlocks)
            {
                WriteOpenShared();
            }
            else
            {
                WriteOpenOwn();
            }

            _writer.Line("_from = from;");
            if (_mode == AggregateMode.Local)
            {
                _writer.Line("_width = _reopened ? 0 : (ulong)PaneSize;");
            }
            else if (!_geometry.HasBlocks)
            {
                _writer.Line("_width = (ulong)PaneSize;");
            }

            _writer.Line("_salt = _groups.Blocks[_block].Salt;");
            if (_keys.Keys.Count == 0)
            {
                _writer.Line("_slot = _groups.Blocks[_block].Head;");
                using (_writer.Open("if (_slot < 0)"))
                {
                    _writer.Line("AddGroup(0u, _block);");
                    _writer.Line("_slot = _groups.Blocks[_block].Head;");
                }
            }

            _writer.Line("return true;");
        }

        _writer.Line();
    }

    private void WriteOpenOwn()
    {
        using (_writer.Open("if (from < _lateBefore)"))
        {
            if (_mode == AggregateMode.Local)
            {
                _writer.Line("_reopened = true;");
            }
            else
            {
                if (_mode == AggregateMode.Whole)
                {
                    _writer.Line(CountLate);
                }

                _writer.Line("return false;");
            }
        }

        _writer.Line("_block = _groups.Blocks.Open(pane);");
    }

    private void WriteOpenShared()
    {
        _writer.Line($"long lastEnd = Origin + ({PaneMath}.FloorDivide(from - Origin, Slide) * Slide) + Size; // of the last window that holds the pane");
        if (_geometry.Slide > _geometry.Size)
        {
            using (_writer.Open("if (lastEnd <= from)"))
            {
                _writer.Line("_width = 0; // the pane before may have closed: no later row may take it for the current one");
                _writer.Line("return false; // between two windows");
            }
        }

        _writer.Line("_width = (ulong)PaneSize;");
        using (_writer.Open("if (from < _lateBefore)"))
        {
            using (_writer.Open("if (lastEnd < _nextEnd)"))
            {
                _writer.Line("_width = 0;");
                if (_mode == AggregateMode.Whole)
                {
                    _writer.Line(CountLate);
                }

                _writer.Line("return false;");
            }

            _writer.Line("// Late for some windows, in time for others: it counts in those, and comes this way each time to be counted as late.");
            _writer.Line("_width = 0;");
            _writer.Line(_mode == AggregateMode.Whole ? CountLate : "_countLate = true;");
        }

        _writer.Line("_block = _groups.Blocks.Open(pane >> BlockShift);");
        _writer.Line("_paneIndex = (int)(pane & ((1 << BlockShift) - 1));");
    }

    private void WriteHandOnReopened()
    {
        using (_writer.Open("if (_reopened)"))
        {
            _writer.Line("_reopened = false;");
            _writer.Line("HandOn(_lateBefore);");
        }
    }

    private void WriteAddGroup()
    {
        (string Type, string Name, string Argument)[] parameters = _keys.Parameters(_keys.ParameterValues()).ToArray();
        string list = string.Concat(parameters.Select(p => $", {p.Type} {p.Name}"));
        string arguments = string.Concat(parameters.Select(p => ", " + p.Name));
        IReadOnlyList<EmittedValue> keys = _keys.ParameterValues();
        if (_keys.Texts > 0)
        {
            using (_writer.Open("private void KeepTexts(int slot)"))
            {
                using (_writer.Open($"if ((slot + 1) * {_keys.Texts} > _keyTexts.Length)"))
                {
                    _writer.Line($"global::System.Array.Resize(ref _keyTexts, global::System.Math.Max(_keyTexts.Length * 2, (slot + 1) * {_keys.Texts}));");
                }
            }

            _writer.Line();
        }

        if (_geometry.HasBlocks || _geometry.PerWindow)
        {
            _writer.Line("/// <summary>The slot of a key in a block, or -1.</summary>");
            using (_writer.Open($"private int Find(uint hash, int block{list})"))
            using (_writer.Open("unchecked"))
            {
                if (_keys.Texts > 0)
                {
                    _writer.Line("ref string? texts = ref global::System.Runtime.InteropServices.MemoryMarshal.GetArrayDataReference(_keyTexts);");
                }

                _writer.Line("ref uint index = ref _groups.Index;");
                _writer.Line("uint mask = _groups.Mask;");
                using (_writer.Open("for (uint position = (hash + _groups.Blocks[block].Salt) & mask; ; position = (position + 1) & mask)"))
                {
                    _writer.Line($"uint reference = {Unsafe}.Add(ref index, (nuint)position);");
                    using (_writer.Open("if (reference == 0)"))
                    {
                        _writer.Line("return -1;");
                    }

                    _writer.Line($"ref {Group} group = ref _groups[(int)reference - 1];");
                    using (_writer.Open($"if ({_keys.Matches("group", "(nuint)(reference - 1)", "hash", keys)} && group.Head.Block == block)"))
                    {
                        _writer.Line("return (int)reference - 1;");
                    }
                }
            }

            _writer.Line();
        }

        _writer.Line("/// <summary>A group that its block doesn't have yet.</summary>");
        _writer.Line(Cold);
        using (_writer.Open($"private ref {Group} AddGroup(uint hash, int block{list})"))
        using (_writer.Open("unchecked"))
        {
            foreach ((GroupKey key, EmittedValue value) in _keys.Keys.Select((k, i) => (k, keys[i])).Where(k => k.k.IsText))
            {
                _writer.Line($"global::Laminar.State.TextHandle bytes{key.Field} = _slab.Add({value.Code});");
            }

            _writer.Line("int slot = _groups.Add(hash, block);");
            _writer.Line($"ref {Group} group = ref _groups[slot];");
            if (_keys.KeepsHash)
            {
                _writer.Line("group.Hash = hash;");
            }

            if (_keys.Texts > 0)
            {
                _writer.Line("KeepTexts(slot);");
            }

            for (int i = 0; i < keys.Count; i++)
            {
                GroupKey key = _keys.Keys[i];
                if (key.IsText)
                {
                    _writer.Line($"group.{key.Field} = bytes{key.Field};");
                    _writer.Line($"_keyTexts[(slot * {_keys.Texts}) + {key.TextNumber}] = {keys[i].Code};");
                    continue;
                }

                _writer.Line($"group.{key.Field} = {keys[i].Code};");
                if (keys[i].Null is not null)
                {
                    _writer.Line($"group.{key.Field}IsNull = {keys[i].Null};");
                }
            }

            WriteInitialPanes();
            if (_geometry.HasBlocks)
            {
                WriteLinks(arguments);
            }

            _writer.Line("return ref group;");
        }

        _writer.Line();
    }

    private void WriteInitialPanes()
    {
        var initial = new CodeWriter();
        foreach (AggregateState state in _states.States)
        {
            state.WriteInitial(initial, "pane");
        }

        string text = initial.ToString().TrimEnd('\n');
        if (text.Length == 0)
        {
            return;
        }

        if (!_geometry.HasBlocks)
        {
            _writer.Line("ref Pane pane = ref group.Pane;");
            _writer.Line(text);
            return;
        }

        using (_writer.Open("for (int i = 0; i < 1 << BlockShift; i++)"))
        {
            _writer.Line($"ref Pane pane = ref {Unsafe}.Add(ref {Unsafe}.As<Panes, Pane>(ref group.Panes), i);");
            _writer.Line(text);
        }
    }

    /// <summary>A window spans at most two blocks: entries of one key in neighbouring blocks know each other.</summary>
    private void WriteLinks(string arguments)
    {
        _writer.Line("long number = _groups.Blocks[block].Number;");
        _writer.Line("int previousBlock = _groups.Blocks.Find(number - 1);");
        using (_writer.Open($"if (previousBlock >= 0 && Find(hash, previousBlock{arguments}) is var previous && previous >= 0)"))
        {
            _writer.Line("_groups[previous].NextBlock = slot + 1;");
            _writer.Line("group.HasPrevious = true;");
        }

        _writer.Line("int nextBlock = _groups.Blocks.Find(number + 1);");
        using (_writer.Open($"if (nextBlock >= 0 && Find(hash, nextBlock{arguments}) is var following && following >= 0)"))
        {
            _writer.Line("group.NextBlock = following + 1;");
            _writer.Line("_groups[following].HasPrevious = true;");
        }
    }

    /// <summary>Each window of the row has a pane of its own.</summary>
    private void WritePerWindow(IReadOnlyList<EmittedValue> keys, string time, Action<string> update)
    {
        string arguments = string.Concat(_keys.Parameters(keys).Select(p => ", " + p.Argument));
        _writer.Line($"{PaneMath}.CheckTime({time});");
        _writer.Line($"uint hash = {_keys.Hash(keys)};");
        _writer.Line("bool isLate = false;");
        _writer.Line($"long last = Origin + ({PaneMath}.FloorDivide({time} - Origin, Slide) * Slide);");
        string before = Identifiers.Literal((_geometry.Size - 1) / _geometry.Slide);
        using (_writer.Open($"for (long windowStart = last - ({before} * Slide); windowStart <= last; windowStart += Slide)"))
        {
            _writer.Line("long windowEnd = windowStart + Size;");
            using (_writer.Open($"if (windowEnd <= {time})"))
            {
                _writer.Line("continue;");
            }

            using (_writer.Open("if (windowEnd < _nextEnd)"))
            {
                _writer.Line("isLate = true;");
                _writer.Line("continue;");
            }

            _writer.Line($"int block = _groups.Blocks.Open({PaneMath}.FloorDivide(windowStart - Origin, Slide));");
            _writer.Line($"int slot = Find(hash, block{arguments});");
            using (_writer.Open("if (slot < 0)"))
            {
                _writer.Line($"AddGroup(hash, block{arguments});");
                _writer.Line("slot = _groups.Blocks[block].Tail;");
            }

            _writer.Line($"ref {Group} group = ref _groups[slot];");
            _writer.Line("ref Pane pane = ref group.Pane;");
            if (_changes)
            {
                _writer.Line("Result old = default;");
                _writer.Line("bool was = pane.Rows != 0 && Before(ref group, slot, ref pane, windowStart, windowEnd, out old);");
                update("pane");
                _writer.Line("bool now = After(ref group, slot, ref pane, windowStart, windowEnd, out Result result);");
                _writer.Line("EmitChange(was, in old, now, in result);");
                _writer.Line("Position = i;");
            }
            else
            {
                update("pane");
            }
        }

        using (_writer.Open("if (isLate)"))
        {
            _writer.Line("LateRows++;");
        }
    }
}
