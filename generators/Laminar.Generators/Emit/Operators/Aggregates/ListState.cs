using System.Collections.Generic;
using Laminar.Generators.Emit.Expressions;
using Laminar.Sql.Types;

namespace Laminar.Generators.Emit.Operators.Aggregates;

/// <summary>Every value: a list per pane.</summary>
internal sealed class ListState(string key, string name, SqlType type) : BesideState(key, name)
{
    public override IEnumerable<(string Type, string Name)> Fields => [("State::ListHandle", Name)];

    public override IEnumerable<BesideStore> Stores => [new BesideStore($"State::ValueLists<{ClrForm.Of(type)}>", Lists) { IsUnmanaged = true }];

    private string Lists => $"_lists{Name}";

    public override void WriteUpdate(CodeWriter writer, string pane, RowValues row) => writer.Line($"{Lists}.Add(ref {pane}.{Name}, {row.Value.Code});");

    public override void WriteMerge(CodeWriter writer, string pane, string other) => writer.Line($"{Lists}.Merge(ref {pane}.{Name}, in {other}.{Name});");

    public override void WriteFree(CodeWriter writer, string pane) => writer.Line($"{Lists}.Free(ref {pane}.{Name});");

    /// <summary>The values side by side.</summary>
    public string Values(string pane) => $"{Lists}.Gather(in {pane}.{Name})";
}
