using System.Collections.Generic;
using System.Linq;

namespace Laminar.Generators.Emit.Operators.Aggregates;

/// <summary>A state that an unmanaged struct of the library is: <c>Add(values)</c>, <c>Merge(in other)</c>, and members that results are read off.</summary>
/// <param name="key">See <see cref="AggregateState.Key"/>.</param>
/// <param name="name">The field.</param>
/// <param name="type">The struct; all zeros is the empty one.</param>
internal sealed class StructState(string key, string name, string type) : AggregateState(key, name)
{
    public override IEnumerable<(string Type, string Name)> Fields => [(type, Name)];

    /// <summary>A value goes as its negative comes.</summary>
    public bool IsExactSum { get; init; }

    public override Retraction Retraction => IsExactSum ? Retraction.Always : Retraction.Never;

    public override void WriteRetract(CodeWriter writer, string pane, RowValues row) => writer.Line($"{pane}.{Name}.Add(-{row.Value.Code});");

    public override void WriteUpdate(CodeWriter writer, string pane, RowValues row) =>
        writer.Line($"{pane}.{Name}.Add({string.Join(", ", row.Values.Select(v => v.Code))});");

    public override void WriteMerge(CodeWriter writer, string pane, string other) => writer.Line($"{pane}.{Name}.Merge(in {other}.{Name});");
}
