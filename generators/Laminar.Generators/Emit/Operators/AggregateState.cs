using System;
using System.Collections.Generic;
using Laminar.Generators.Emit.Expressions;
using Laminar.Sql.Types;

namespace Laminar.Generators.Emit.Operators;

/// <summary>
/// One piece of what is kept per group and pane. Aggregates share pieces: AVG(x) is the SUM(x) and COUNT(x) that may be asked for anyway.
/// All codes take the name of a pane variable; fields of unmanaged types lie in the pane, texts in cells beside it.
/// </summary>
internal abstract class AggregateState
{
    protected AggregateState(string key, string name)
    {
        Key = key;
        Name = name;
    }

    /// <summary>States with one key are one.</summary>
    public string Key { get; }

    /// <summary>The stem of the fields' names.</summary>
    public string Name { get; }

    /// <summary>Fields of the pane: C# type and name.</summary>
    public virtual IEnumerable<(string Type, string Name)> Fields => Array.Empty<(string, string)>();

    /// <summary>True when something of it lies outside the pane, so that partial results can't travel as plain rows.</summary>
    public virtual bool IsKeptBeside => false;

    /// <summary>Whether a row's event time matters beyond its pane.</summary>
    public virtual bool UsesTime => false;

    /// <summary>What a fresh pane needs besides zeros.</summary>
    public virtual void WriteInitial(CodeWriter writer, string pane)
    {
    }

    /// <summary>Adds a row's value, which is in scope already. Not called for values that don't count.</summary>
    public abstract void WriteUpdate(CodeWriter writer, string pane, EmittedValue value, string time);

    /// <summary>Adds another pane, which comes later in time or order.</summary>
    public abstract void WriteMerge(CodeWriter writer, string pane, string other);
}

/// <summary>How many values counted.</summary>
internal sealed class CountState(string key, string name) : AggregateState(key, name)
{
    public override IEnumerable<(string Type, string Name)> Fields => [("long", Name)];

    public override void WriteUpdate(CodeWriter writer, string pane, EmittedValue value, string time) => writer.Line($"{pane}.{Name}++;");

    public override void WriteMerge(CodeWriter writer, string pane, string other) => writer.Line($"{pane}.{Name} += {other}.{Name};");
}

/// <summary>
/// The sum of 64-bit integers, which never wraps: values that fit 32 bits go into a low word that can take 2^31 of them; larger ones are
/// split over both words. The value is high * 2^32 + low.
/// </summary>
internal sealed class WideSumState(string key, string name, bool isUnsigned) : AggregateState(key, name)
{
    public override IEnumerable<(string Type, string Name)> Fields => [("long", Name + "Low"), ("long", Name + "High")];

    public override void WriteUpdate(CodeWriter writer, string pane, EmittedValue value, string time)
    {
        using (writer.Open(isUnsigned ? $"if ({value.Code} <= int.MaxValue)" : $"if ({value.Code} == (int){value.Code})"))
        {
            writer.Line($"{pane}.{Name}Low += {(isUnsigned ? $"(long){value.Code}" : value.Code)};");
        }

        using (writer.Open("else"))
        {
            writer.Line($"{pane}.{Name}Low += (uint){value.Code};");
            writer.Line($"{pane}.{Name}High += (long)({value.Code} >> 32);");
        }
    }

    public override void WriteMerge(CodeWriter writer, string pane, string other) =>
        writer.Line($"State::WideSum.Merge(ref {pane}.{Name}Low, ref {pane}.{Name}High, {other}.{Name}Low, {other}.{Name}High);");

    /// <summary>The sum as an Int128.</summary>
    public string Value(string pane) => $"State::WideSum.Value({pane}.{Name}Low, {pane}.{Name}High)";
}

/// <summary>The exact sum of DECIMALs.</summary>
internal sealed class DecimalSumState(string key, string name) : AggregateState(key, name)
{
    public override IEnumerable<(string Type, string Name)> Fields => [("State::DecimalSum", Name)];

    public override void WriteUpdate(CodeWriter writer, string pane, EmittedValue value, string time) => writer.Line($"{pane}.{Name}.Add({value.Code});");

    public override void WriteMerge(CodeWriter writer, string pane, string other) => writer.Line($"{pane}.{Name}.Merge(in {other}.{Name});");
}

/// <summary>A sum that its own type holds: of integers up to 32 bits in a long, of floats in a double.</summary>
internal sealed class PlainSumState(string key, string name, string type) : AggregateState(key, name)
{
    public override IEnumerable<(string Type, string Name)> Fields => [(type, Name)];

    public override void WriteUpdate(CodeWriter writer, string pane, EmittedValue value, string time) => writer.Line($"{pane}.{Name} += {value.Code};");

    public override void WriteMerge(CodeWriter writer, string pane, string other) => writer.Line($"{pane}.{Name} += {other}.{Name};");
}

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

    public override void WriteUpdate(CodeWriter writer, string pane, EmittedValue value, string time)
    {
        if (IsBranchless)
        {
            writer.Line($"{pane}.{Name} = {Extreme}({pane}.{Name}, {value.Code});");
            return;
        }

        using (writer.Open($"if ({Beats(value.Code, pane)})"))
        {
            writer.Line($"{pane}.{Name} = {value.Code};");
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

    public override void WriteUpdate(CodeWriter writer, string pane, EmittedValue value, string time)
    {
        using (writer.Open($"if ({EdgeOrder.Beats(isLast, time, "Partition", $"{pane}.{Name}Time", $"{pane}.{Name}Partition")})"))
        {
            writer.Line($"{pane}.{Name}Time = {time};");
            writer.Line($"{pane}.{Name}Partition = Partition;");
            writer.Line($"{pane}.{Name} = {value.Code};");
            if (nullable)
            {
                writer.Line($"{pane}.{Name}IsNull = {value.Null ?? "false"};");
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
