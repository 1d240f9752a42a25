using System.Collections.Generic;

namespace Laminar.Generators.Emit.Operators.Aggregates;

/// <summary>
/// The sum of 64-bit integers, which never wraps: values that fit 32 bits go into a low word that can take 2^31 of them; larger ones are
/// split over both words. The value is high * 2^32 + low.
/// </summary>
internal sealed class WideSumState(string key, string name, bool isUnsigned) : AggregateState(key, name)
{
    public override IEnumerable<(string Type, string Name)> Fields => [("long", Name + "Low"), ("long", Name + "High")];

    public override Retraction Retraction => Retraction.Always;

    public override void WriteUpdate(CodeWriter writer, string pane, RowValues row) => WriteChange(writer, pane, row, "+=");

    // The same words go that came, so that none of them drifts.
    public override void WriteRetract(CodeWriter writer, string pane, RowValues row) => WriteChange(writer, pane, row, "-=");

    public override void WriteMerge(CodeWriter writer, string pane, string other) =>
        writer.Line($"State::WideSum.Merge(ref {pane}.{Name}Low, ref {pane}.{Name}High, {other}.{Name}Low, {other}.{Name}High);");

    private void WriteChange(CodeWriter writer, string pane, RowValues row, string change)
    {
        using (writer.Open(isUnsigned ? $"if ({row.Value.Code} <= int.MaxValue)" : $"if ({row.Value.Code} == (int){row.Value.Code})"))
        {
            writer.Line($"{pane}.{Name}Low {change} {(isUnsigned ? $"(long){row.Value.Code}" : row.Value.Code)};");
        }

        using (writer.Open("else"))
        {
            writer.Line($"{pane}.{Name}Low {change} (uint){row.Value.Code};");
            writer.Line($"{pane}.{Name}High {change} (long)({row.Value.Code} >> 32);");
        }
    }

    /// <summary>The sum as an Int128.</summary>
    public string Value(string pane) => $"State::WideSum.Value({pane}.{Name}Low, {pane}.{Name}High)";
}

/// <summary>A sum that its own type holds: of integers up to 32 bits in a long, of floats in a double.</summary>
internal sealed class PlainSumState(string key, string name, string type) : AggregateState(key, name)
{
    public override IEnumerable<(string Type, string Name)> Fields => [(type, Name)];

    public override void WriteUpdate(CodeWriter writer, string pane, RowValues row) => writer.Line($"{pane}.{Name} += {row.Value.Code};");

    // A difference of doubles isn't what a sum without the row would have been.
    public override Retraction Retraction => type is "double" or "float" ? Retraction.Never : Retraction.Always;

    public override void WriteRetract(CodeWriter writer, string pane, RowValues row) => writer.Line($"{pane}.{Name} -= {row.Value.Code};");

    public override void WriteMerge(CodeWriter writer, string pane, string other) => writer.Line($"{pane}.{Name} += {other}.{Name};");
}
