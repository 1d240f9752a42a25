using System;
using System.Collections.Generic;
using System.Linq;
using Laminar.Generators.Emit.Expressions;
using Laminar.Sql.Types;

namespace Laminar.Generators.Emit.Operators.Aggregates;

/// <summary>
/// DISTINCT: a set per pane of the values seen. It is the state of COUNT(DISTINCT ...), and stands in front of the states of other aggregates over the
/// same distinct values, which get each value once: from a row, or from the other pane's set when panes are merged.
/// </summary>
internal sealed class DistinctState(string key, string name, IReadOnlyList<SqlType> types, Func<string> op) : BesideState(key, name)
{
    private readonly List<AggregateState> _behind = new();
    private bool _isListed;

    public override IEnumerable<(string Type, string Name)> Fields => [("State::DistinctHandle", Name)];

    public override IEnumerable<BesideStore> Stores
    {
        get
        {
            yield return new BesideStore("State::DistinctSet", Set) { IsUnmanaged = true };
            if (IsNumbered)
            {
                yield return new BesideStore("State::TextNumbers", Numbers);
            }

            if (IsTuple)
            {
                yield return new BesideStore("State::TupleText", Tuple) { IsRoom = true };
            }
        }
    }

    /// <summary>Pairs of DOUBLE are a word each; other combinations are numbered as texts.</summary>
    private bool IsTuple => types.Count > 1 && !IsPair;

    private bool IsPair => types.Count == 2 && types.All(t => t.Kind == SqlTypeKind.Double);

    private bool IsNumbered => IsTuple || SetValues.IsNumbered(types[0]);

    private string Set => $"_sets{Name}";

    private string Numbers => $"_texts{Name}";

    private string Tuple => $"_tuple{Name}";

    /// <summary>A state that takes the distinct values.</summary>
    public void PutBehind(AggregateState state) => _behind.Add(state);

    public override void WriteUpdate(CodeWriter writer, string pane, RowValues row)
    {
        if (IsNumbered)
        {
            using (writer.Open($"if ({Numbers}.Of({Text(row)}) is var number{Name} && {Set}.Add(ref {pane}.{Name}, number{Name}))"))
            {
                writer.Line($"{Numbers}.Share((int)number{Name});");
                WriteBehind(writer, pane, row);
            }

            return;
        }

        string words = IsPair ? $"{SetValues.Words(types[0], row.Values[0].Code)}, {SetValues.Words(types[1], row.Values[1].Code)}" : SetValues.Words(types[0], row.Value.Code);
        if (_behind.Count == 0)
        {
            writer.Line($"{Set}.Add(ref {pane}.{Name}, {words});");
            return;
        }

        using (writer.Open($"if ({Set}.Add(ref {pane}.{Name}, {words}))"))
        {
            WriteBehind(writer, pane, row);
        }
    }

    public override void WriteMerge(CodeWriter writer, string pane, string other)
    {
        if (_behind.Count == 0)
        {
            writer.Line($"{Set}.Merge(ref {pane}.{Name}, in {other}.{Name}{(IsNumbered ? $", {Numbers}" : "")});");
            return;
        }

        using (writer.Open($"for (int record{Name} = {other}.{Name}.Head; record{Name} != 0; record{Name} = {Set}.Next(record{Name}))"))
        {
            writer.Line($"(ulong Low, ulong High) words{Name} = {Set}[record{Name}];");
            using (writer.Open($"if ({Set}.Add(ref {pane}.{Name}, words{Name}))"))
            {
                if (IsNumbered)
                {
                    writer.Line($"{Numbers}.Share((int)words{Name}.Low);");
                }

                var values = new List<EmittedValue>();
                for (int i = 0; i < types.Count; i++)
                {
                    string local = $"value{i}{Name}";
                    writer.Line($"{ClrForm.Of(types[i])} {local} = {SetValues.Value(types[i], $"words{Name}", i == 0 ? "Low" : "High", Numbers)};");
                    values.Add(new EmittedValue(local, null, types[i]));
                }

                WriteBehind(writer, pane, new RowValues(values, "", op()));
            }
        }
    }

    /// <summary>Its values as an array, the least first.</summary>
    public string Values(string pane) => $"Values{Name}(in {pane}.{Name})";

    /// <summary>Somebody asks for <see cref="Values"/>.</summary>
    public DistinctState Listed()
    {
        _isListed = true;
        return this;
    }

    public override void WriteMembers(CodeWriter writer)
    {
        if (!_isListed)
        {
            return;
        }

        using (writer.Open($"private object?[] Values{Name}(in State::DistinctHandle set)"))
        {
            writer.Line("var values = new object?[set.Count];");
            writer.Line("int at = 0;");
            using (writer.Open($"for (int record = set.Head; record != 0; record = {Set}.Next(record))"))
            {
                writer.Line($"(ulong Low, ulong High) words = {Set}[record];");
                writer.Line($"values[at++] = {SetValues.Value(types[0], "words", "Low", Numbers)};");
            }

            writer.Line("global::System.Array.Sort(values, Functions::NestedValues.Compare);");
            writer.Line("return values;");
        }

        writer.Line();
    }

    public override void WriteFree(CodeWriter writer, string pane) => writer.Line($"{Set}.Free(ref {pane}.{Name}{(IsNumbered ? $", {Numbers}" : "")});");

    private void WriteBehind(CodeWriter writer, string pane, RowValues row)
    {
        foreach (AggregateState state in _behind)
        {
            state.WriteUpdate(writer, pane, row);
        }
    }

    private string Text(RowValues row) =>
        !IsTuple ? SetValues.Text(types[0], row.Value.Code)
        : $"{Tuple}.Begin(){string.Concat(row.Values.Select((v, i) => $".Add({(SetValues.IsNumbered(types[i]) ? SetValues.Text(types[i], v.Code) : SetValues.Words(types[i], v.Code))})"))}.Text";
}
