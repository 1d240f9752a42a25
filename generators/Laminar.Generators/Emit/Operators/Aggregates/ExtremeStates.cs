using System.Collections.Generic;
using Laminar.Generators.Emit.Expressions;
using Laminar.Sql.Types;

namespace Laminar.Generators.Emit.Operators.Aggregates;

/// <summary>The least or greatest value; what a fresh pane holds loses against every value, or is marked unseen.</summary>
internal sealed class ExtremeState(string key, string name, SqlType type, bool isMaximum) : AggregateState(key, name)
{
    private readonly string _clr = ClrForm.Of(type);

    public override IEnumerable<(string Type, string Name)> Fields => Worst is null ? [(_clr, Name), ("bool", Name + "Seen")] : [(_clr, Name)];

    private string? Worst => type.Kind switch
    {
        SqlTypeKind.Real or SqlTypeKind.Double => isMaximum ? $"{_clr}.NegativeInfinity" : $"{_clr}.NaN",
        SqlTypeKind.Boolean => isMaximum ? "false" : "true",
        SqlTypeKind.Uuid => null,
        _ => $"{_clr}.{(isMaximum ? "MinValue" : "MaxValue")}",
    };

    public override void WriteInitial(CodeWriter writer, string pane)
    {
        if (Worst is { } worst)
        {
            writer.Line($"{pane}.{Name} = {worst};");
        }
    }

    /// <summary>Whether taking the extreme needs no branch: of a group of n rows ln n are a new one, which no processor can foresee.</summary>
    private bool IsBranchless => type.IsInteger || type.IsTimestamp || type.IsInterval || type.Kind is SqlTypeKind.Date or SqlTypeKind.Time;

    private string Extreme => $"global::System.Math.{(isMaximum ? "Max" : "Min")}";

    public override void WriteUpdate(CodeWriter writer, string pane, RowValues row)
    {
        if (IsBranchless)
        {
            writer.Line($"{pane}.{Name} = {Extreme}({pane}.{Name}, {row.Value.Code});");
            return;
        }

        using (writer.Open($"if ({Beats(row.Value.Code, pane)})"))
        {
            writer.Line($"{pane}.{Name} = {row.Value.Code};");
            if (Worst is null)
            {
                writer.Line($"{pane}.{Name}Seen = true;");
            }
        }
    }

    public override void WriteMerge(CodeWriter writer, string pane, string other)
    {
        if (IsBranchless)
        {
            writer.Line($"{pane}.{Name} = {Extreme}({pane}.{Name}, {other}.{Name});");
            return;
        }

        string guard = Worst is null ? $"{other}.{Name}Seen && " : "";
        using (writer.Open($"if ({guard}{Beats($"{other}.{Name}", pane)})"))
        {
            writer.Line($"{pane}.{Name} = {other}.{Name};");
            if (Worst is null)
            {
                writer.Line($"{pane}.{Name}Seen = true;");
            }
        }
    }

    public override Retraction Retraction => Retraction.Mostly;

    public override void WriteRetract(CodeWriter writer, string pane, RowValues row)
    {
        using (writer.Open($"if ({pane}.{Name}.Equals({row.Value.Code}))"))
        {
            writer.Line("return false;");
        }
    }

    private string Beats(string value, string pane)
    {
        string held = $"{pane}.{Name}";
        return type.Kind switch
        {
            // NaN is above all: a maximum is replaced unless the value is at most what is held; a minimum by what is below, or by anything when it holds NaN.
            SqlTypeKind.Real or SqlTypeKind.Double => isMaximum ? $"!({value} <= {held}) && {held} == {held}" : $"{value} < {held} || {held} != {held}",
            SqlTypeKind.Boolean => isMaximum ? value : $"!{value}",
            SqlTypeKind.Uuid => $"!{held}Seen || Functions::SqlCompare.Compare({value}, {held}) {(isMaximum ? ">" : "<")} 0",
            _ => $"{value} {(isMaximum ? ">" : "<")} {held}",
        };
    }
}

/// <summary>The least or greatest text, byte string, array or row.</summary>
internal sealed class ExtremeReferenceState(string key, string name, SqlType type, bool isMaximum) : BesideState(key, name)
{
    public override IEnumerable<(string Type, string Name)> Fields => [("int", Name)];

    public override IEnumerable<BesideStore> Stores => [new($"State::ReferenceCells<{ClrForm.Of(type)}>", Cells)];

    private string Cells => $"_cells{Name}";

    public override void WriteUpdate(CodeWriter writer, string pane, RowValues row) => WriteOffer(writer, pane, row.Value.Code);

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

    public override Retraction Retraction => Retraction.Mostly;

    public override void WriteRetract(CodeWriter writer, string pane, RowValues row)
    {
        using (writer.Open($"if ({Cells}[{pane}.{Name}] is not {{ }} held{Name} || {OrderCode.Compare(row.Value.Code, $"held{Name}", type)} == 0)"))
        {
            writer.Line("return false;");
        }
    }

    private void WriteOffer(CodeWriter writer, string pane, string value)
    {
        string compare = $"{OrderCode.Compare(value, $"held{Name}", type)} {(isMaximum ? ">" : "<")} 0";
        using (writer.Open($"if ({Cells}[{pane}.{Name}] is not {{ }} held{Name} || {compare})"))
        {
            writer.Line($"{Cells}.Set(ref {pane}.{Name}, {value});");
        }
    }
}
