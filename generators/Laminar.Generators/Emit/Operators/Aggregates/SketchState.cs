using System.Collections.Generic;
using Laminar.Generators.Emit.Expressions;
using Laminar.Sql.Types;

namespace Laminar.Generators.Emit.Operators.Aggregates;

/// <summary>How many different values there were, roughly: a HyperLogLog sketch per pane.</summary>
internal sealed class SketchState(string key, string name, SqlType type) : BesideState(key, name)
{
    public override IEnumerable<(string Type, string Name)> Fields => [("State::SketchHandle", Name)];

    public override IEnumerable<BesideStore> Stores => [new BesideStore("State::HyperLogLogs", Sketches) { IsUnmanaged = true }];

    private string Sketches => $"_sketches{Name}";

    public override void WriteUpdate(CodeWriter writer, string pane, RowValues row)
    {
        string value = SetValues.IsNumbered(type) ? SetValues.Text(type, row.Value.Code) : SetValues.Words(type, row.Value.Code);
        writer.Line($"{Sketches}.Add(ref {pane}.{Name}, {value});");
    }

    public override void WriteMerge(CodeWriter writer, string pane, string other) => writer.Line($"{Sketches}.Merge(ref {pane}.{Name}, in {other}.{Name});");

    public override void WriteFree(CodeWriter writer, string pane) => writer.Line($"{Sketches}.Free(ref {pane}.{Name});");

    public string Estimate(string pane) => $"{Sketches}.Estimate(in {pane}.{Name})";
}
