namespace Laminar.Generators.Emit.Operators;

/// <summary>What becomes of groups when a window closes whose panes are added up beside them; see <c>SlidingOperator</c>.</summary>
internal sealed partial class AggregateEmitter
{
    private void WriteEmitSliding(string type, string constraint)
    {
        _writer.Line("/// <summary>The groups of one part of a window's panes: the earlier one, and with it what the later one has of them, or what only the later one has.</summary>");
        WriteEmitRows(type, constraint, $"{Block}? next, ", "next, ", null);
        using (_writer.Open($"private void EmitFrom{type}(ref TOut output, {Block} block, {Block}? next, int slot, long windowStart, long windowEnd){constraint}"))
        {
            WriteEmitLocals();
            _writer.Line("Pane merged = default;");
            using (_writer.Open("for (; slot < block.Count; slot++)"))
            {
                _writer.Line($"ref {Group} group = ref block[slot];");
                _writer.Line("scoped ref Pane pane = ref group.Pane;");
                using (_writer.Open("if (next is null)"))
                {
                    using (_writer.Open("if (group.Link.Other != 0)"))
                    {
                        _writer.Line("continue; // emitted with the earlier part");
                    }
                }

                using (_writer.Open("else if (group.Link.Other != 0)"))
                {
                    _writer.Line("ref Pane later = ref next[group.Link.Other - 1].Pane;");
                    using (_writer.Open("if (group.Link.Pane != 0)"))
                    {
                        _writer.Line("merged = pane;");
                        _writer.Line("Pane.Merge(ref merged, in later);");
                        _writer.Line("pane = ref merged;");
                    }

                    using (_writer.Open("else"))
                    {
                        _writer.Line("pane = ref later;");
                    }
                }

                using (_writer.Open("else if (group.Link.Pane == 0)"))
                {
                    _writer.Line("continue; // no row of it is left in the window");
                }

                _writer.Line("EmitGroup(ref output, ref copy, ref rowsOut, block, slot, ref group, ref pane, windowStart, windowEnd);");
            }
        }

        _writer.Line();
    }
}
