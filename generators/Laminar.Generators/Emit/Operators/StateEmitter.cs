using System.Linq;
using System.Collections.Generic;

namespace Laminar.Generators.Emit.Operators;

/// <summary>The unmanaged structs that grouped state consists of.</summary>
internal static class StateEmitter
{
    private const string Sequential = "[global::System.Runtime.InteropServices.StructLayout(global::System.Runtime.InteropServices.LayoutKind.Sequential)]";

    public static void Write(CodeWriter writer, OperatorContext context, KeyPlan keys, AggregatePlan states)
    {
        var geometry = new Geometry(context.Shape.Aggregate!, AggregateMode.Whole);
        writer.Line("/// <summary>What is kept of the rows of one group in one pane.</summary>");
        writer.Line(Sequential);
        using (writer.Open("internal struct Pane"))
        {
            foreach ((string type, string name) in states.Fields)
            {
                writer.Line($"public {type} {name};");
            }
        }

        writer.Line();
        if (geometry.HasBlocks)
        {
            writer.Line("/// <summary>The panes of one entry.</summary>");
            writer.Line($"[global::System.Runtime.CompilerServices.InlineArray({geometry.BlockPanes})]");
            using (writer.Open("internal struct Panes"))
            {
                writer.Line("private Pane _first;");
            }

            writer.Line();
        }

        WriteGroup(writer, keys, "Group", geometry.HasBlocks);
        if (context.IsTwoPhase(states))
        {
            if (geometry.HasBlocks)
            {
                WriteGroup(writer, keys, "LocalGroup", hasBlocks: false);
            }

            WritePartial(writer, keys);
        }

        if (context.Shape.Plan.IsUpdating)
        {
            AggregateEmitter.WriteResult(writer, context);
        }
    }

    private static void WriteGroup(CodeWriter writer, KeyPlan keys, string name, bool hasBlocks)
    {
        writer.Line("/// <summary>One group's entry in the state.</summary>");
        writer.Line(Sequential);
        using (writer.Open($"internal struct {name} : global::Laminar.State.IGroupEntry<{name}>"))
        {
            if (hasBlocks)
            {
                writer.Line("/// <summary>Slot + 1 of the same key's entry in the next block, or 0.</summary>");
                writer.Line("public int NextBlock;");
                writer.Line("/// <summary>The block before had the key too.</summary>");
                writer.Line("public bool HasPrevious;");
            }

            foreach ((string type, string field) in keys.Fields)
            {
                writer.Line($"public {type} {field};");
            }

            writer.Line(hasBlocks ? "public Panes Panes;" : "public Pane Pane;");
            writer.Line();
            writer.Line($"public static uint HashOf(in {name} entry) => unchecked({keys.HashOfEntry("entry")});");
            GroupKey[] texts = keys.Keys.Where(k => k.IsText).ToArray();
            if (texts.Length > 0)
            {
                string choice = string.Concat(texts.Take(texts.Length - 1).Select((k, i) => $"number == {i} ? entry.{k.Field} : "));
                writer.Line();
                writer.Line($"public static global::Laminar.State.TextHandle TextOf(in {name} entry, int number) => {choice}entry.{texts[texts.Length - 1].Field};");
            }
        }

        writer.Line();
    }

    private static void WritePartial(CodeWriter writer, KeyPlan keys)
    {
        writer.Line("/// <summary>A pane of one group and one partition on its way to the core that merges it.</summary>");
        using (writer.Open("internal struct Partial"))
        {
            foreach (GroupKey key in keys.Keys)
            {
                writer.Line($"public {key.LocalType} {key.Field};");
                if (key.Nullable && !key.IsText)
                {
                    writer.Line($"public bool {key.Field}IsNull;");
                }
            }

            writer.Line("public long PaneStart;");
            writer.Line("public Pane State;");
        }

        writer.Line();
    }
}
