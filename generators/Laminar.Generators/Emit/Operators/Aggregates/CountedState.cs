using System.Collections.Generic;
using Laminar.Generators.Emit.Expressions;
using Laminar.Sql.Types;

namespace Laminar.Generators.Emit.Operators.Aggregates;

/// <summary>How often each value came: a set per pane that counts.</summary>
/// <param name="key">See <see cref="AggregateState.Key"/>.</param>
/// <param name="name">The field.</param>
/// <param name="type">Of the value.</param>
/// <param name="isBucket">What is counted are the buckets of a QuantileSketch.</param>
internal sealed class CountedState(string key, string name, SqlType type, bool isBucket) : BesideState(key, name)
{
    public override IEnumerable<(string Type, string Name)> Fields => [("State::DistinctHandle", Name)];

    public override IEnumerable<BesideStore> Stores
    {
        get
        {
            yield return new BesideStore("State::DistinctSet", Set) { IsUnmanaged = true };
            if (IsNumbered)
            {
                yield return new BesideStore("State::TextNumbers", Numbers);
            }

            if (isBucket)
            {
                yield return new BesideStore("State::QuantileSketch", Sketch) { IsRoom = true };
            }
        }
    }

    private bool IsNumbered => !isBucket && SetValues.IsNumbered(type);

    private string Set => $"_sets{Name}";

    private string Numbers => $"_texts{Name}";

    private string Sketch => $"_sketch{Name}";

    public override void WriteUpdate(CodeWriter writer, string pane, RowValues row)
    {
        if (!IsNumbered)
        {
            writer.Line($"{Set}.AddTimes(ref {pane}.{Name}, {(isBucket ? $"State::QuantileSketch.Bucket({row.Value.Code})" : SetValues.Words(type, row.Value.Code))});");
            return;
        }

        using (writer.Open($"if ({Numbers}.Of({SetValues.Text(type, row.Value.Code)}) is var number{Name} && {Set}.AddTimes(ref {pane}.{Name}, number{Name}))"))
        {
            writer.Line($"{Numbers}.Share((int)number{Name});");
        }
    }

    public override void WriteMerge(CodeWriter writer, string pane, string other) =>
        writer.Line($"{Set}.MergeCounts(ref {pane}.{Name}, in {other}.{Name}{(IsNumbered ? $", {Numbers}" : "")});");

    public override void WriteFree(CodeWriter writer, string pane) => writer.Line($"{Set}.Free(ref {pane}.{Name}{(IsNumbered ? $", {Numbers}" : "")});");

    public override void WriteMembers(CodeWriter writer)
    {
        if (isBucket)
        {
            return;
        }

        string clr = ClrForm.Of(type);
        writer.Line("/// <summary>The value that came most often; of several the least, or the greatest.</summary>");
        using (writer.Open($"private {clr} Mode{Name}(in State::DistinctHandle set, bool isGreatest)"))
        {
            writer.Line($"{clr} mode = {ClrForm.Default(type)};");
            writer.Line("uint most = 0;");
            using (writer.Open($"for (int record = set.Head; record != 0; record = {Set}.Next(record))"))
            {
                writer.Line($"uint times = {Set}.TimesOf(record);");
                using (writer.Open("if (times < most)"))
                {
                    writer.Line("continue;");
                }

                writer.Line($"(ulong Low, ulong High) words = {Set}[record];");
                writer.Line($"{clr} value = {SetValues.Value(type, "words", "Low", Numbers)};");
                using (writer.Open($"if (times > most || {OrderCode.Compare("value", "mode", type)} < 0 != isGreatest)"))
                {
                    writer.Line("mode = value;");
                    writer.Line("most = times;");
                }
            }

            writer.Line("return mode;");
        }

        writer.Line();
    }

    public string Mode(string pane, bool isGreatest) => $"Mode{Name}(in {pane}.{Name}, {Identifiers.Literal(isGreatest)})";

    /// <summary>A percentile of the buckets.</summary>
    public string Percentile(string pane, decimal fraction) => $"{Sketch}.Value({Set}, in {pane}.{Name}, {ClrForm.Literal(fraction)})";
}
