using System;
using System.Collections.Generic;
using System.Linq;
using Laminar.Generators.Emit.Expressions;
using Laminar.Sql.Plan;

namespace Laminar.Generators.Emit.Operators;

/// <summary>The windows of a row where each has a pane of its own.</summary>
internal sealed partial class AggregateEmitter
{
    /// <summary>Each window of the row has a pane of its own.</summary>
    private void WritePerWindow(IReadOnlyList<EmittedValue> keys, string time, Action<string> update)
    {
        _writer.Line($"uint hash = {_keys.Hash(keys)};");
        if (_geometry.IsWhole)
        {
            using (_writer.Open(""))
            {
                _writer.Line("const long windowStart = 0;");
                _writer.Line("const long windowEnd = long.MaxValue;");
                _writer.Line($"{Block} block = {Op}OpenWhole();");
                WriteGroup(keys, update);
            }

            return;
        }

        if (_geometry.AsksLine)
        {
            WriteByLine(keys, time, update);
            return;
        }

        string origin = Identifiers.Literal(_geometry.Origin);
        string slide = Identifiers.Literal(_geometry.Slide);
        string before = Identifiers.Literal((_geometry.Size - 1) / _geometry.Slide);
        _writer.Line($"{PaneMath}.CheckTime({time});");
        _writer.Line("bool isLate = false;");
        _writer.Line($"long last = {origin} + ({PaneMath}.FloorDivide({time} - ({origin}), {slide}) * {slide});");
        using (_writer.Open($"for (long windowStart = last - ({before} * {slide}); windowStart <= last; windowStart += {slide})"))
        {
            _writer.Line($"long windowEnd = windowStart + {Identifiers.Literal(_geometry.Size)};");
            using (_writer.Open($"if (windowEnd <= {time})"))
            {
                _writer.Line("continue;");
            }

            WriteClosed();
            _writer.Line($"{Block} block = {Op}OpenWindow(windowStart);");
            WriteGroup(keys, update);
        }

        WriteLate(keys);
    }

    /// <summary>The same where windows are by the calendar, or the beginnings of spans.</summary>
    private void WriteByLine(IReadOnlyList<EmittedValue> keys, string time, Action<string> update)
    {
        _writer.Line($"{PaneMath}.CheckTime({time});");
        _writer.Line("bool isLate = false;");
        _writer.Line($"long lastWindow = {Op}Line.Last({time});");
        using (_writer.Open($"for (long window = {Op}Line.First({time}); window <= lastWindow; window = {Op}Line.Next(window))"))
        {
            _writer.Line($"long windowStart = {Op}Line.Start(window);");
            _writer.Line($"long windowEnd = {Op}Line.End(window);");
            WriteClosed();
            _writer.Line($"{Block} block = {Op}OpenNumber(window);");
            WriteGroup(keys, update);
        }

        WriteLate(keys);
    }

    /// <summary>A window that takes no rows any more.</summary>
    private void WriteClosed()
    {
        using (_writer.Open(HasSchedule ? $"if (windowEnd <= {Op}ForgottenTo)" : $"if (windowEnd < {Op}NextEnd)"))
        {
            _writer.Line("isLate = true;");
            _writer.Line("continue;");
        }
    }

    private void WriteLate(IReadOnlyList<EmittedValue> keys)
    {
        using (_writer.Open(_node.Input is ExpandNode ? "if (isLate && groupingSet == 0)" : "if (isLate)"))
        {
            WriteTextChecks(keys);
            _writer.Line($"{Op}LateRows++;");
            WriteMarkLate();
        }
    }

    /// <summary>Windows do more than close; see <c>WindowLayout.HasSchedule</c>.</summary>
    private bool HasSchedule => _node.Lateness > 0 || _geometry.HasMarks;

    /// <summary>Nothing is asked of groups but that they are there: each is emitted once, at its first row.</summary>
    private bool IsNewOnly => _node.Emit == EmitMode.Changes && _node.Aggregates.Count == 0 && !_geometry.IsSession;

    /// <summary>The row's group in a window: found or added, changed, and emitted as the mode of emission has it.</summary>
    private void WriteGroup(IReadOnlyList<EmittedValue> keys, Action<string> update)
    {
        string arguments = string.Concat(_keys.Parameters(keys).Select(p => ", " + p.Argument));
        _writer.Line($"int slot = {Group}.Find(block, hash{arguments});");
        using (_writer.Open("if (slot < 0)"))
        {
            _writer.Line($"{Group}.Add({Op}Groups, block, hash{arguments});");
            _writer.Line("slot = block.Count - 1;");
            if (IsNewOnly)
            {
                // Nothing of the group can change but that it is there.
                _writer.Line("ref Pane pane = ref block[slot].Pane;");
                update("pane");
                _writer.Line("bool now = After(block, slot, ref pane, windowStart, windowEnd, out Result result);");
                _writer.Line("EmitChange(false, in result, now, in result);");
                WriteBack();
            }
        }

        if (IsNewOnly)
        {
            return;
        }

        _writer.Line($"ref {Group} group = ref block[slot];");
        _writer.Line("ref Pane pane = ref group.Pane;");
        switch (_node.Emit)
        {
            case EmitMode.Changes:
                WriteChange(update);
                break;
            case EmitMode.OnWindowClose when _node.Lateness > 0:
                using (_writer.Open("if (windowEnd <= EndedTo)"))
                {
                    WriteChange(update);
                }

                using (_writer.Open("else"))
                {
                    update("pane");
                }

                break;
            case EmitMode.OnWindowClose:
                update("pane");
                break;
            default:
                update("pane");
                using (_writer.Open("if (!group.IsChanged)"))
                {
                    _writer.Line("group.IsChanged = true;");
                    _writer.Line("Note(block, slot, TInput.IsStamped ? input.WatermarkBefore(i) : long.MinValue);");
                }

                break;
        }
    }

    private void WriteChange(Action<string> update)
    {
        _writer.Line("Result old = default;");
        _writer.Line("bool was = pane.Rows != 0 && Before(block, slot, ref pane, windowStart, windowEnd, out old);");
        update("pane");
        _writer.Line("bool now = After(block, slot, ref pane, windowStart, windowEnd, out Result result);");
        _writer.Line("EmitChange(was, in old, now, in result);");
        _writer.Line("Position = i;");
    }
}
