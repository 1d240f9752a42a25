using System.Collections.Generic;
using Laminar.Generators.Emit.Expressions;
using Laminar.Sql.Types;

namespace Laminar.Generators.Emit.Operators.Aggregates;

/// <summary>COUNT(DISTINCT x): a set per pane.</summary>
internal sealed class DistinctState(string key, string name, SqlType type) : BesideState(key, name)
{
    public override IEnumerable<(string Type, string Name)> Fields => [("State::DistinctHandle", Name)];

    public override IEnumerable<(string Type, string Name)> Stores => IsText
        ? [("State::DistinctSet", Set), ("State::TextNumbers", Numbers)]
        : [("State::DistinctSet", Set)];

    private bool IsText => ClrForm.IsReference(type);

    private string Set => $"_sets{Name}";

    private string Numbers => $"_texts{Name}";

    public override void WriteUpdate(CodeWriter writer, string pane, RowValues row)
    {
        if (!IsText)
        {
            writer.Line($"{Set}.Add(ref {pane}.{Name}, {Words(row.Value.Code)});");
            return;
        }

        string text = type.Kind == SqlTypeKind.Bytes ? $"global::System.Convert.ToHexString({row.Value.Code})" : row.Value.Code;
        using (writer.Open($"if ({Numbers}.Of({text}) is var number{Name} && {Set}.Add(ref {pane}.{Name}, number{Name}))"))
        {
            writer.Line($"{Numbers}.Share((int)number{Name});");
        }
    }

    public override void WriteMerge(CodeWriter writer, string pane, string other) =>
        writer.Line($"{Set}.Merge(ref {pane}.{Name}, in {other}.{Name}{(IsText ? $", {Numbers}" : "")});");

    public override void WriteFree(CodeWriter writer, string pane) => writer.Line($"{Set}.Free(ref {pane}.{Name}{(IsText ? $", {Numbers}" : "")});");

    private string Words(string value) => type.Kind switch
    {
        SqlTypeKind.Decimal or SqlTypeKind.Uuid => $"State::DistinctSet.Words({value})",
        SqlTypeKind.Real or SqlTypeKind.Double => $"State::DistinctSet.Word({value})",
        SqlTypeKind.Boolean => $"{value} ? 1UL : 0UL",
        SqlTypeKind.UBigInt => value,
        _ => $"(ulong)(long){value}",
    };
}
