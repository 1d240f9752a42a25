using System.Collections.Generic;
using Laminar.Generators.Emit.Expressions;
using Laminar.Sql.Types;

namespace Laminar.Generators.Emit.Operators.Aggregates;

/// <summary>
/// The order of rows that FIRST_VALUE and LAST_VALUE go by: event time, then partition, then arrival. Within a partition rows arrive in order;
/// in which order partitions meet depends on the cores, and must not show.
/// </summary>
internal static class EdgeOrder
{
    /// <summary>A condition: a row or pane is before (FIRST) or behind (LAST) what is held.</summary>
    public static string Beats(bool isLast, string time, string partition, string heldTime, string heldPartition) =>
        isLast
            ? $"{time} > {heldTime} || ({time} == {heldTime} && {partition} >= {heldPartition})"
            : $"{time} < {heldTime} || ({time} == {heldTime} && {partition} < {heldPartition})";
}

/// <summary>The value of the earliest or latest row in <see cref="EdgeOrder"/>.</summary>
internal sealed class EdgeState(string key, string name, SqlType type, bool isLast, bool nullable) : AggregateState(key, name)
{
    public override IEnumerable<(string Type, string Name)> Fields =>
        nullable
            ? [("long", Name + "Time"), (ClrForm.Of(type), Name), ("int", Name + "Partition"), ("bool", Name + "IsNull")]
            : [("long", Name + "Time"), (ClrForm.Of(type), Name), ("int", Name + "Partition")];

    public override bool UsesTime => true;

    public override void WriteInitial(CodeWriter writer, string pane) => writer.Line($"{pane}.{Name}Time = long.{(isLast ? "MinValue" : "MaxValue")};");

    public override void WriteUpdate(CodeWriter writer, string pane, RowValues row)
    {
        using (writer.Open($"if ({EdgeOrder.Beats(isLast, row.Time, row.Partition, $"{pane}.{Name}Time", $"{pane}.{Name}Partition")})"))
        {
            writer.Line($"{pane}.{Name}Time = {row.Time};");
            writer.Line($"{pane}.{Name}Partition = {row.Partition};");
            writer.Line($"{pane}.{Name} = {row.Value.Code};");
            if (nullable)
            {
                writer.Line($"{pane}.{Name}IsNull = {row.Value.Null ?? "false"};");
            }
        }
    }

    public override void WriteMerge(CodeWriter writer, string pane, string other)
    {
        using (writer.Open($"if ({EdgeOrder.Beats(isLast, $"{other}.{Name}Time", $"{other}.{Name}Partition", $"{pane}.{Name}Time", $"{pane}.{Name}Partition")})"))
        {
            writer.Line($"{pane}.{Name}Time = {other}.{Name}Time;");
            writer.Line($"{pane}.{Name}Partition = {other}.{Name}Partition;");
            writer.Line($"{pane}.{Name} = {other}.{Name};");
            if (nullable)
            {
                writer.Line($"{pane}.{Name}IsNull = {other}.{Name}IsNull;");
            }
        }
    }

    /// <summary>True while nothing was seen.</summary>
    public string Unseen(string pane) => $"({pane}.{Name}Time == long.{(isLast ? "MinValue" : "MaxValue")})";
}

/// <summary>The text or byte string of the earliest or latest row in <see cref="EdgeOrder"/>.</summary>
internal sealed class EdgeReferenceState(string key, string name, SqlType type, bool isLast) : BesideState(key, name)
{
    public override IEnumerable<(string Type, string Name)> Fields => [("long", Name + "Time"), ("int", Name), ("int", Name + "Partition")];

    public override bool UsesTime => true;

    public override IEnumerable<BesideStore> Stores => [new($"State::ReferenceCells<{ClrForm.Of(type)}>", Cells)];

    private string Cells => $"_cells{Name}";

    private string Unset => $"long.{(isLast ? "MinValue" : "MaxValue")}";

    public override void WriteInitial(CodeWriter writer, string pane) => writer.Line($"{pane}.{Name}Time = {Unset};");

    public override void WriteUpdate(CodeWriter writer, string pane, RowValues row)
    {
        using (writer.Open($"if ({EdgeOrder.Beats(isLast, row.Time, row.Partition, $"{pane}.{Name}Time", $"{pane}.{Name}Partition")})"))
        {
            writer.Line($"{pane}.{Name}Time = {row.Time};");
            writer.Line($"{pane}.{Name}Partition = {row.Partition};");
            writer.Line($"{Cells}.Set(ref {pane}.{Name}, {(row.Value.Null is null ? row.Value.Code : $"{row.Value.Null} ? null : {row.Value.Code}")});");
        }
    }

    public override void WriteMerge(CodeWriter writer, string pane, string other)
    {
        string beats = EdgeOrder.Beats(isLast, $"{other}.{Name}Time", $"{other}.{Name}Partition", $"{pane}.{Name}Time", $"{pane}.{Name}Partition");
        using (writer.Open($"if ({other}.{Name}Time != {Unset} && ({beats}))"))
        {
            writer.Line($"{pane}.{Name}Time = {other}.{Name}Time;");
            writer.Line($"{pane}.{Name}Partition = {other}.{Name}Partition;");
            writer.Line($"{Cells}.Set(ref {pane}.{Name}, {Cells}[{other}.{Name}]);");
        }
    }

    public override void WriteFree(CodeWriter writer, string pane) => writer.Line($"{Cells}.Free(ref {pane}.{Name});");

    /// <summary>What is held, null for NULL and while nothing was seen.</summary>
    public string Value(string pane) => $"{Cells}[{pane}.{Name}]";
}
