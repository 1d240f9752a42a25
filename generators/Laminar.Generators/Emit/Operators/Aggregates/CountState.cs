using System.Collections.Generic;

namespace Laminar.Generators.Emit.Operators.Aggregates;

/// <summary>How many values counted.</summary>
internal sealed class CountState(string key, string name) : AggregateState(key, name)
{
    public override IEnumerable<(string Type, string Name)> Fields => [("long", Name)];

    public override void WriteUpdate(CodeWriter writer, string pane, RowValues row) => writer.Line($"{pane}.{Name}++;");

    public override Retraction Retraction => Retraction.Always;

    public override void WriteRetract(CodeWriter writer, string pane, RowValues row) => writer.Line($"{pane}.{Name}--;");

    public override void WriteMerge(CodeWriter writer, string pane, string other) => writer.Line($"{pane}.{Name} += {other}.{Name};");
}
