using System;
using System.Collections.Generic;
using System.Linq;
using Laminar.Generators.Emit.Expressions;

namespace Laminar.Generators.Emit.Operators;

/// <summary>What happens seldom: another pane, a new group, and the windows of a row where each has a pane of its own.</summary>
internal sealed partial class AggregateEmitter
{
    /// <summary>Whether a group is added where the loop's own probe has ended.</summary>
    private bool ProbesInline => _keys.Keys.Count > 0 && !_geometry.PerWindow;

    /// <summary>Stores, and finding and adding groups.</summary>
    private void WriteGroups()
    {
        WriteStores();
        (string Type, string Name, string Argument)[] parameters = _keys.Parameters(_keys.ParameterValues()).ToArray();
        string list = string.Concat(parameters.Select(p => $", {p.Type} {p.Name}"));
        string arguments = string.Concat(parameters.Select(p => ", " + p.Name));
        IReadOnlyList<EmittedValue> keys = _keys.ParameterValues();
        if (_geometry.HasBlocks || _geometry.PerWindow)
        {
            WriteFind(list, keys);
        }

        _writer.Line("/// <summary>A group that its block doesn't have yet.</summary>");
        _writer.Line(Cold);
        using (_writer.Open($"{(_geometry.PerWindow ? "private" : "protected")} void AddGroup({Block} block, uint hash{(ProbesInline ? ", uint position" : "")}{list})"))
        using (_writer.Open("unchecked"))
        {
            foreach ((GroupKey key, EmittedValue value) in _keys.Keys.Select((k, i) => (k, keys[i])).Where(k => k.k.IsText))
            {
                _writer.Line($"global::Laminar.State.TextHandle bytes{key.Field} = block.TextBytes.Add({value.Code});");
            }

            _writer.Line($"int slot = block.Add(hash{(ProbesInline ? ", position" : "")});");
            _writer.Line($"ref {Group} group = ref block[slot];");
            if (_keys.KeepsHash)
            {
                _writer.Line("group.Hash = hash;");
            }

            for (int i = 0; i < keys.Count; i++)
            {
                GroupKey key = _keys.Keys[i];
                if (key.IsText)
                {
                    _writer.Line($"group.{key.Field} = bytes{key.Field};");
                    _writer.Line($"{_keys.TextOf("block", "slot", key)} = {keys[i].Code};");
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
        }

        _writer.Line();
        if (_keys.Keys.Count == 0 && !_geometry.PerWindow)
        {
            _writer.Line($"protected override void AddOnlyGroup({Block} block) => AddGroup(block, 0u);");
            _writer.Line();
        }
    }

    private void WriteFind(string list, IReadOnlyList<EmittedValue> keys)
    {
        _writer.Line("/// <summary>The slot of a key in a block, or -1.</summary>");
        using (_writer.Open($"private int Find({Block} block, uint hash{list})"))
        using (_writer.Open("unchecked"))
        {
            if (_keys.Texts > 0)
            {
                _writer.Line("ref string? texts = ref block.Texts;");
            }

            _writer.Line("ref uint index = ref block.Index;");
            _writer.Line("uint mask = block.Mask;");
            using (_writer.Open("for (uint position = hash & mask; ; position = (position + 1) & mask)"))
            {
                _writer.Line($"uint reference = {Unsafe}.Add(ref index, (nuint)position);");
                using (_writer.Open("if (reference == 0)"))
                {
                    _writer.Line("return -1;");
                }

                _writer.Line($"ref {Group} group = ref block[(int)reference - 1];");
                using (_writer.Open($"if ({_keys.Matches("group", "(nuint)(reference - 1)", "hash", keys)})"))
                {
                    _writer.Line("return (int)reference - 1;");
                }
            }
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

        using (_writer.Open($"for (int i = 0; i < {_geometry.BlockPanes}; i++)"))
        {
            _writer.Line($"ref Pane pane = ref {Pane("group", "i")};");
            _writer.Line(text);
        }
    }

    /// <summary>A window spans at most two blocks: entries of one key in neighbouring blocks know each other.</summary>
    private void WriteLinks(string arguments)
    {
        using (_writer.Open($"if (Groups.Find(block.Number - 1) is {{ }} previous && Find(previous, hash{arguments}) is var before && before >= 0)"))
        {
            _writer.Line("previous[before].NextBlock = slot + 1;");
            _writer.Line("group.HasPrevious = true;");
        }

        using (_writer.Open($"if (Groups.Find(block.Number + 1) is {{ }} next && Find(next, hash{arguments}) is var after && after >= 0)"))
        {
            _writer.Line("group.NextBlock = after + 1;");
            _writer.Line("next[after].HasPrevious = true;");
        }
    }

    /// <summary>Each window of the row has a pane of its own.</summary>
    private void WritePerWindow(IReadOnlyList<EmittedValue> keys, string time, Action<string> update)
    {
        string arguments = string.Concat(_keys.Parameters(keys).Select(p => ", " + p.Argument));
        string origin = Identifiers.Literal(_geometry.Origin);
        string slide = Identifiers.Literal(_geometry.Slide);
        string before = Identifiers.Literal((_geometry.Size - 1) / _geometry.Slide);
        _writer.Line($"{PaneMath}.CheckTime({time});");
        _writer.Line($"uint hash = {_keys.Hash(keys)};");
        _writer.Line("bool isLate = false;");
        _writer.Line($"long last = {origin} + ({PaneMath}.FloorDivide({time} - ({origin}), {slide}) * {slide});");
        using (_writer.Open($"for (long windowStart = last - ({before} * {slide}); windowStart <= last; windowStart += {slide})"))
        {
            _writer.Line($"long windowEnd = windowStart + {Identifiers.Literal(_geometry.Size)};");
            using (_writer.Open($"if (windowEnd <= {time})"))
            {
                _writer.Line("continue;");
            }

            using (_writer.Open("if (windowEnd < NextEnd)"))
            {
                _writer.Line("isLate = true;");
                _writer.Line("continue;");
            }

            _writer.Line($"{Block} block = OpenWindow(windowStart);");
            _writer.Line($"int slot = Find(block, hash{arguments});");
            using (_writer.Open("if (slot < 0)"))
            {
                _writer.Line($"AddGroup(block, hash{arguments});");
                _writer.Line("slot = block.Count - 1;");
            }

            _writer.Line($"ref {Group} group = ref block[slot];");
            _writer.Line("ref Pane pane = ref group.Pane;");
            if (_changes)
            {
                _writer.Line("Result old = default;");
                _writer.Line("bool was = pane.Rows != 0 && Before(block, slot, ref pane, windowStart, windowEnd, out old);");
                update("pane");
                _writer.Line("bool now = After(block, slot, ref pane, windowStart, windowEnd, out Result result);");
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
            WriteTextChecks(keys);
            _writer.Line("LateRows++;");
        }
    }
}
