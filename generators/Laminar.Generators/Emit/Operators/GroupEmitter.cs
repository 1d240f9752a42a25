using System;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using Laminar.Generators.Emit.Expressions;
using Laminar.Generators.Emit.Operators.Aggregates;

namespace Laminar.Generators.Emit.Operators;

/// <summary>An entry of the state: its keys and panes, and how entries are found and added.</summary>
internal sealed class GroupEmitter(CodeWriter writer, KeyPlan keys, AggregatePlan states, string name, Geometry geometry, IReadOnlyList<int> emptySets)
{
    private const string Unsafe = "Compiler::Unsafe";
    private const string Cold = "[Compiler::MethodImpl(Compiler::MethodImplOptions.NoInlining)]";

    /// <summary>The query, where rows meet by the keys of this entry.</summary>
    public OperatorContext? Routed { get; init; }

    /// <summary>The groups of a block of panes.</summary>
    private string Block => $"State::GroupBlock<{name}>";

    /// <summary>The struct.</summary>
    public void Write()
    {
        writer.Line("/// <summary>One group's entry in the state.</summary>");
        using (writer.Open($"internal struct {name} : State::{(geometry.IsSession ? "ISessionEntry" : geometry.IsSliding ? "ISlidingEntry" : geometry.HasBlocks ? "IBlockEntry" : "IGroupEntry")}<{name}>{(Routed is null ? "" : $", Execution::IKeyed<{Routed.InputRow}>")}"))
        {
            if (geometry.HasBlocks)
            {
                writer.Line("public State::BlockLink Link;");
            }

            if (geometry.HasMarks && !geometry.IsSession)
            {
                writer.Line("/// <summary>Changed since it was emitted; emitted, and not taken back.</summary>");
                writer.Line("public bool IsChanged;");
                writer.Line("public bool IsShown;");
            }

            foreach ((string type, string field) in keys.Fields)
            {
                writer.Line($"public {type} {field};");
            }

            writer.Line(geometry.HasBlocks ? "public Panes Panes;" : "public Pane Pane;");
            if (geometry.IsSliding)
            {
                writer.Line("public State::SlidingLink Link;");
            }

            if (geometry.IsSession)
            {
                // Its bounds stand first, beside what each row touches too.
                writer.Line("public State::SessionSpan Session;");
                if (geometry.HasMarks)
                {
                    writer.Line("/// <summary>Where the session was when it was emitted.</summary>");
                    writer.Line("public long ShownStart;");
                    writer.Line("public long ShownEnd;");
                }
            }

            writer.Line();
            writer.Line($"public static uint HashOf(in {name} entry) => unchecked({keys.HashOfEntry("entry")});");
            writer.Line();
            if (geometry.IsSession)
            {
                writer.Line($"public static ref State::SessionSpan SpanOf(ref {name} entry) => ref entry.Session;");
                writer.Line();
            }

            GroupKey[] texts = keys.Keys.Where(k => k.IsText).ToArray();
            if (texts.Length > 0)
            {
                string choice = string.Concat(texts.Take(texts.Length - 1).Select((k, i) => $"number == {i} ? entry.{k.Field} : "));
                writer.Line($"public static State::TextHandle TextOf(in {name} entry, int number) => {choice}entry.{texts[texts.Length - 1].Field};");
                writer.Line();
                if (geometry.IsSession || geometry.IsSliding)
                {
                    using (writer.Open($"public static void SetText(ref {name} entry, int number, State::TextHandle handle)"))
                    {
                        for (int i = 0; i < texts.Length; i++)
                        {
                            using (writer.Open($"if (number == {i})"))
                            {
                                writer.Line($"entry.{texts[i].Field} = handle;");
                            }
                        }
                    }

                    writer.Line();
                }
            }

            if (geometry.IsSliding || geometry.HasBlocks)
            {
                writer.Line($"public static ref State::{(geometry.IsSliding ? "SlidingLink" : "BlockLink")} LinkOf(ref {name} entry) => ref entry.Link;");
                writer.Line();
                writer.Line($"public static bool IsSame(in {name} entry, in {name} other) => {keys.MatchesEntry("entry", "other")};");
                writer.Line();
            }

            if (geometry.IsSliding)
            {
                writer.Line($"public static void Merge(ref {name} entry, in {name} later) => Pane.Merge(ref entry.Pane, in later.Pane);");
                writer.Line();
                writer.Line($"public static void Take(ref {name} entry, in {name} other) => entry.Pane = other.Pane;");
                writer.Line();
            }

            if (Routed is not null)
            {
                StageEmitter.WriteRowHash(writer, Routed);
            }

            WriteAdd();
            WriteAddOnly();
            if (geometry.PerWindow)
            {
                WriteFind();
            }
        }

        writer.Line();
    }

    private void WriteAdd()
    {
        IReadOnlyList<EmittedValue> values = keys.ParameterValues();
        string position = keys.ProbesInline(geometry) ? ", position" : "";
        writer.Line("/// <summary>Adds the entry of a key that its block doesn't have yet.</summary>");
        writer.Line(Cold);
        using (writer.Open($"public static void Add(State::GroupTable<{name}> groups, {Block} block, uint hash{(position.Length > 0 ? ", uint position" : "")}{keys.ParameterList()})"))
        using (writer.Open("unchecked"))
        {
            foreach ((GroupKey key, EmittedValue value) in keys.Keys.Zip(values, (k, v) => (k, v)).Where(k => k.k.IsText))
            {
                writer.Line($"State::TextHandle bytes{key.Field} = block.TextBytes.Add({value.Code});");
            }

            writer.Line($"int slot = block.Add(hash{position});");
            writer.Line($"ref {name} group = ref block[slot];");
            if (keys.KeepsHash)
            {
                writer.Line("group.Hash = hash;");
            }

            foreach ((GroupKey key, EmittedValue value) in keys.Keys.Zip(values, (k, v) => (k, v)))
            {
                WriteKey(key, value);
            }

            WriteInitialPanes();
            if (geometry.HasBlocks)
            {
                writer.Line("State::BlockLink.Connect(groups, block, slot);");
            }
        }

        writer.Line();
    }

    /// <summary>The groups of no keys, which there are even of no rows.</summary>
    private void WriteAddOnly()
    {
        if (geometry.IsSession)
        {
            return;
        }

        string header = $"public static void AddOnly(State::GroupTable<{name}> groups, {Block} block)";
        if (keys.Keys.Count == 0 && (!geometry.PerWindow || geometry.IsWhole))
        {
            writer.Line($"{header} => Add(groups, block, 0u);");
            writer.Line();
            return;
        }

        if (emptySets.Count == 0)
        {
            return;
        }

        using (writer.Open(header))
        {
            IReadOnlyList<EmittedValue> values = keys.ParameterValues();
            foreach (int set in emptySets)
            {
                (string Type, string Name, string Argument)[] parameters = keys.Parameters(values).ToArray();
                foreach ((string type, string parameter, _) in parameters)
                {
                    string value = parameter == parameters[parameters.Length - 1].Name ? set.ToString(CultureInfo.InvariantCulture)
                        : type == "bool" && parameter.EndsWith("IsNull", StringComparison.Ordinal) ? "true" : "default";
                    writer.Line($"{(set == emptySets[0] ? type + " " : "")}{parameter} = {value};");
                }

                writer.Line($"Add(groups, block, {keys.Hash(values)}{string.Concat(parameters.Select(p => ", " + p.Argument))});");
            }
        }

        writer.Line();
    }

    private void WriteKey(GroupKey key, EmittedValue value)
    {
        if (key.IsText)
        {
            writer.Line($"group.{key.Field} = bytes{key.Field};");
            writer.Line($"{keys.TextOf("block", "slot", key)} = {value.Code};");
            return;
        }

        writer.Line($"group.{key.Field} = {value.Code};");
        if (value.Null is not null)
        {
            writer.Line($"group.{key.Field}IsNull = {value.Null};");
        }
    }

    private void WriteFind()
    {
        writer.Line("/// <summary>The slot of a key in a block, or -1.</summary>");
        using (writer.Open($"public static int Find({Block} block, uint hash{keys.ParameterList()})"))
        using (writer.Open("unchecked"))
        {
            if (keys.Texts > 0)
            {
                writer.Line("ref string? texts = ref block.Texts;");
            }

            writer.Line("ref uint index = ref block.Index;");
            writer.Line("uint mask = block.Mask;");
            using (writer.Open("for (uint position = hash & mask; ; position = State::KeyHash.Next(position, hash) & mask)"))
            {
                writer.Line($"uint reference = {Unsafe}.Add(ref index, (nuint)position);");
                using (writer.Open("if (reference == 0)"))
                {
                    writer.Line("return -1;");
                }

                writer.Line($"ref {name} group = ref block[(int)reference - 1];");
                using (writer.Open($"if ({keys.Matches("group", "(nuint)(reference - 1)", "hash", keys.ParameterValues())})"))
                {
                    writer.Line("return (int)reference - 1;");
                }
            }
        }

        writer.Line();
    }

    private void WriteInitialPanes()
    {
        var initial = new CodeWriter();
        foreach (AggregateState state in states.States)
        {
            state.WriteInitial(initial, "pane");
        }

        string text = initial.ToString().TrimEnd('\n');
        if (text.Length == 0)
        {
            return;
        }

        if (!geometry.HasBlocks)
        {
            writer.Line("ref Pane pane = ref group.Pane;");
            writer.Line(text);
            return;
        }

        using (writer.Open($"for (int i = 0; i < {geometry.BlockPanes}; i++)"))
        {
            writer.Line($"ref Pane pane = ref {geometry.PaneOf("group", "i")};");
            writer.Line(text);
        }
    }
}
