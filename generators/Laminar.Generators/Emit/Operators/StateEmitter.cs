using System.Collections.Generic;
using System.Linq;
using Laminar.Generators.Emit.Expressions;
using Laminar.Generators.Emit.Operators.Aggregates;

namespace Laminar.Generators.Emit.Operators;

/// <summary>The unmanaged structs that grouped state consists of.</summary>
internal static class StateEmitter
{
    private const string Inline = "[Compiler::MethodImpl(Compiler::MethodImplOptions.AggressiveInlining)]";

    public static void Write(CodeWriter writer, OperatorContext context, KeyPlan keys, AggregatePlan states)
    {
        var geometry = new Geometry(context.Shape.Aggregate!, AggregateMode.Whole);
        writer.Line("/// <summary>What is kept of the rows of one group in one pane.</summary>");
        using (writer.Open("internal struct Pane"))
        {
            foreach ((string type, string name) in states.Fields)
            {
                writer.Line($"public {type} {name};");
            }

            if (states.CanTravel)
            {
                writer.Line();
                WriteMerge(writer, states);
            }
        }

        writer.Line();
        if (geometry.HasBlocks)
        {
            writer.Line("/// <summary>The panes of one entry.</summary>");
            writer.Line($"[Compiler::InlineArray({geometry.BlockPanes})]");
            using (writer.Open("internal struct Panes"))
            {
                writer.Line("private Pane _first;");
            }

            writer.Line();
        }

        new GroupEmitter(writer, keys, states, "Group", geometry, context.Shape.Aggregate!.EmptySets) { Routed = StageEmitter.Routes(context) ? context : null }.Write();
        if (context.IsTwoPhase(states))
        {
            if (geometry.HasBlocks)
            {
                new GroupEmitter(writer, keys, states, "LocalGroup", new Geometry(context.Shape.Aggregate!, AggregateMode.Local), []).Write();
            }

            WritePartial(writer, keys, geometry, context.Shape.Aggregate!.IsGlobal);
        }

        if (AggregateEmitter.KeepsResults(context.Shape.Aggregate!))
        {
            AggregateEmitter.WriteResult(writer, context);
        }
    }

    /// <summary>Adding one pane to another, which comes later in time or order.</summary>
    private static void WriteMerge(CodeWriter writer, AggregatePlan states)
    {
        writer.Line(Inline);
        using (writer.Open("public static void Merge(ref Pane pane, in Pane other)"))
        using (writer.Open("unchecked"))
        {
            states.WriteMerge(writer, "pane", "other");
        }
    }

    private static void WritePartial(CodeWriter writer, KeyPlan keys, Geometry geometry, bool isGlobal)
    {
        string local = geometry.HasBlocks ? "LocalGroup" : "Group";
        string self = $"Execution::IPartialRow<Partial, Group>, Execution::IPartialOf<Partial, {local}>";
        EmittedValue[] values = keys.Keys.Select(k => new EmittedValue($"row.{k.Field}", k.Nullable && !k.IsText ? $"row.{k.Field}IsNull" : null, k.Type)).ToArray();
        writer.Line("/// <summary>A pane of one group and one partition on its way to the core that merges it.</summary>");
        using (writer.Open($"internal struct Partial : {self}"))
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
            writer.Line();
            using (writer.Open($"public static bool TryMake(State::GroupBlock<{local}> block, int slot, long paneStart, out Partial partial)"))
            {
                writer.Line($"ref {local} group = ref block[slot];");
                writer.Line("partial = default;");
                writer.Line("partial.PaneStart = paneStart;");
                writer.Line("partial.State = group.Pane;");
                foreach (GroupKey key in keys.Keys)
                {
                    writer.Line($"partial.{key.Field} = {(key.IsText ? keys.TextOf("block", "slot", key) : $"group.{key.Field}")};");
                    if (key.Nullable && !key.IsText)
                    {
                        writer.Line($"partial.{key.Field}IsNull = group.{key.Field}IsNull;");
                    }
                }

                writer.Line(isGlobal ? "return true;" : $"return group.Pane.{AggregatePlan.Rows} != 0;");
            }

            writer.Line();
            writer.Line($"public static bool HasKeys => {Identifiers.Literal(keys.Keys.Count > 0)};");
            writer.Line();
            writer.Line($"public static long PaneStartOf(in Partial row) => row.PaneStart;");
            writer.Line();
            writer.Line($"public static long RowsOf(in Partial row) => row.State.Rows;");
            writer.Line();
            writer.Line($"public static uint HashOf(in Partial row) => unchecked({keys.Hash(values)});");
            writer.Line();
            writer.Line($"public static bool IsOf(in Group group, ref string? texts, nuint slot, uint hash, in Partial row) => {keys.Matches("group", "slot", "hash", values)};");
            writer.Line();
            string arguments = string.Concat(keys.Parameters(values).Select(p => ", " + p.Argument));
            writer.Line($"public static void Add(State::GroupTable<Group> groups, State::GroupBlock<Group> block, uint hash, uint position, in Partial row) =>");
            writer.Line($"    Group.Add(groups, block, hash{(keys.ProbesInline(geometry) ? ", position" : "")}{arguments});");
            writer.Line();
            writer.Line($"public static void Merge(ref Group group, int pane, in Partial row) => Pane.Merge(ref {geometry.PaneOf("group", "pane")}, in row.State);");
        }

        writer.Line();
    }
}
