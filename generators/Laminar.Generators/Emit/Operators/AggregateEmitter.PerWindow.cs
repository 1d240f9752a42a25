using System;
using System.Collections.Generic;
using System.Linq;
using Laminar.Generators.Emit.Expressions;

namespace Laminar.Generators.Emit.Operators;

/// <summary>The windows of a row where each has a pane of its own.</summary>
internal sealed partial class AggregateEmitter
{
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
            _writer.Line($"int slot = {Group}.Find(block, hash{arguments});");
            using (_writer.Open("if (slot < 0)"))
            {
                _writer.Line($"{Group}.Add(Groups, block, hash{arguments});");
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
