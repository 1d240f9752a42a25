using System.Collections.Generic;
using Laminar.Generators.Emit.Expressions;
using Laminar.Sql.Types;

namespace Laminar.Generators.Emit.Operators;

/// <summary>A state that has a store of its own beside the panes, which must be made, saved and emptied.</summary>
internal abstract class BesideState(string key, string name) : AggregateState(key, name)
{
    public override bool IsKeptBeside => true;

    /// <summary>Fields of the operator: type and name.</summary>
    public abstract IEnumerable<(string Type, string Name)> Stores { get; }

    /// <summary>Gives back what a pane holds there.</summary>
    public abstract void WriteFree(CodeWriter writer, string pane);
}

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

    public override void WriteUpdate(CodeWriter writer, string pane, EmittedValue value, string time)
    {
        if (!IsText)
        {
            writer.Line($"{Set}.Add(ref {pane}.{Name}, {Words(value.Code)});");
            return;
        }

        string text = type.Kind == SqlTypeKind.Bytes ? $"global::System.Convert.ToHexString({value.Code})" : value.Code;
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

/// <summary>The least or greatest text or byte string.</summary>
internal sealed class ExtremeReferenceState(string key, string name, SqlType type, bool isMaximum) : BesideState(key, name)
{
    public override IEnumerable<(string Type, string Name)> Fields => [("int", Name)];

    public override IEnumerable<(string Type, string Name)> Stores => [($"State::ReferenceCells<{ClrForm.Of(type)}>", Cells)];

    private string Cells => $"_cells{Name}";

    public override void WriteUpdate(CodeWriter writer, string pane, EmittedValue value, string time) => WriteOffer(writer, pane, value.Code);

    public override void WriteMerge(CodeWriter writer, string pane, string other)
    {
        using (writer.Open($"if ({Cells}[{other}.{Name}] is {{ }} other{Name})"))
        {
            WriteOffer(writer, pane, $"other{Name}");
        }
    }

    public override void WriteFree(CodeWriter writer, string pane) => writer.Line($"{Cells}.Free(ref {pane}.{Name});");

    /// <summary>What is held; meaningless while nothing counted.</summary>
    public string Value(string pane) => $"{Cells}[{pane}.{Name}]!";

    private void WriteOffer(CodeWriter writer, string pane, string value)
    {
        string compare = $"Functions::SqlCompare.Compare({value}, held{Name}) {(isMaximum ? ">" : "<")} 0";
        using (writer.Open($"if ({Cells}[{pane}.{Name}] is not {{ }} held{Name} || {compare})"))
        {
            writer.Line($"{Cells}.Set(ref {pane}.{Name}, {value});");
        }
    }
}

/// <summary>The text or byte string of the earliest or latest row in <see cref="EdgeOrder"/>.</summary>
internal sealed class EdgeReferenceState(string key, string name, SqlType type, bool isLast) : BesideState(key, name)
{
    public override IEnumerable<(string Type, string Name)> Fields => [("long", Name + "Time"), ("int", Name), ("int", Name + "Partition")];

    public override bool UsesTime => true;

    public override IEnumerable<(string Type, string Name)> Stores => [($"State::ReferenceCells<{ClrForm.Of(type)}>", Cells)];

    private string Cells => $"_cells{Name}";

    private string Unset => $"long.{(isLast ? "MinValue" : "MaxValue")}";

    public override void WriteInitial(CodeWriter writer, string pane) => writer.Line($"{pane}.{Name}Time = {Unset};");

    public override void WriteUpdate(CodeWriter writer, string pane, EmittedValue value, string time)
    {
        using (writer.Open($"if ({EdgeOrder.Beats(isLast, time, "Partition", $"{pane}.{Name}Time", $"{pane}.{Name}Partition")})"))
        {
            writer.Line($"{pane}.{Name}Time = {time};");
            writer.Line($"{pane}.{Name}Partition = Partition;");
            writer.Line($"{Cells}.Set(ref {pane}.{Name}, {(value.Null is null ? value.Code : $"{value.Null} ? null : {value.Code}")});");
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
