using System;
using System.Collections.Generic;
using System.Linq;
using Laminar.Generators.Emit.Expressions;
using Laminar.Sql.Binding;
using Laminar.Sql.Plan;

namespace Laminar.Generators.Emit.Operators;

/// <summary>Queries that look at one row at a time: filters, projections, the windows of a row.</summary>
internal static class StatelessEmitter
{
    /// <summary>A small sink without references is used as a local: the JIT keeps its fields in registers.</summary>
    private const string InRegisters = "Execution::RowOutput.IsSmallValue<TOut>()";

    public static void Write(CodeWriter writer, OperatorContext context)
    {
        OperatorFrame.WriteRuns(writer, context);
        LookupEmitter.WriteTables(writer, context);
        RowSteps.WriteLines(writer, context);
        WriteLoop(writer, context);
    }

    private static void WriteLoop(CodeWriter writer, OperatorContext context)
    {
        QueryShape shape = context.Shape;
        NameTable names = OperatorContext.Locals();
        string constraint = $"struct, {context.Inputs}IInput, allows ref struct";
        using (writer.Open($"private void Loop<TInput>(TInput input, int start)\n    where TInput : {constraint}"))
        {
            writer.Line("int count = input.Count;");
            using (writer.Open("while ((start = Loop<TInput, Execution::PlainRows>(input, start, count)) < count)"))
            {
                writer.Line("start = Loop<TInput, Execution::CarefulRows>(input, start, start + 1);");
            }
        }

        writer.Line();
        writer.Line("/// <returns>The first row that is left to be done with care, or the count.</returns>");
        using (writer.Open($"private int Loop<TInput, TCare>(TInput input, int start, int count)\n    where TInput : {constraint}\n    where TCare : struct, Execution::IRowCare"))
        using (writer.Open("unchecked"))
        {
            writer.Line("long watermark = Watermark;");
            writer.Line("TOut output = Output;");
            if (HasRoom(shape) is { } hasRoom)
            {
                writer.Line($"Execution::RowRoom<{context.Row.TypeName}> room = {hasRoom} ? Output.Room(count - start) : default;");
            }

            if (CountsEmitted(shape))
            {
                writer.Line("long rowsOut = RowsOut;");
            }

            if (context.ColumnFilter is not null)
            {
                writer.Line("ulong kept64 = 0; // of the 64 rows before block64, those that WHERE keeps and that are still to come");
                writer.Line("int block64 = start;");
            }

            writer.Line("int i = start;");
            using (writer.Open("for (; i < count; i++)"))
            {
                if (context.ColumnFilter is not null)
                {
                    WriteSkip(writer, context.ColumnFilter);
                }

                using (writer.Open($"if ({Counts(shape)}TInput.IsStamped)"))
                {
                    writer.Line("watermark = global::System.Math.Max(watermark, input.WatermarkBefore(i));");
                }

                WriteIfFailing(writer, shape, "Position = i;");
                RowScope scope = context.ScanScope(writer, names);
                if (shape.WatermarkColumn is { } column)
                {
                    WriteWatermark(writer, context, column);
                }
                else
                {
                    WriteKeep(writer, shape, "watermark");
                }

                new RowSteps(writer, context, names, made => WriteRow(writer, context, made)).Write(scope);
                if (shape.WatermarkColumn is not null)
                {
                    writer.Line("watermark = after;");
                }
            }

            WriteEnd(writer, shape);
        }
    }

    /// <summary>When the watermark counts: always where rows are computed with it, otherwise where the output takes it.</summary>
    private static string Counts(QueryShape shape) => shape.ReadsWatermark ? "" : "TOut.TakesWatermarks && ";

    /// <summary>What the loop leaves behind, at the end of the batch or before.</summary>
    private static void WriteEnd(CodeWriter writer, QueryShape shape)
    {
        writer.Label("Leave");
        WriteIfFailing(writer, shape, "Position = -1;");
        if (CountsEmitted(shape))
        {
            writer.Line("RowsOut = rowsOut;");
        }
        else if (shape.ReadsText)
        {
            using (writer.Open("if (!TInput.IsColumns)"))
            {
                writer.Line("RowsOut += i - start;");
            }
        }
        else
        {
            writer.Line("RowsOut += i - start;");
        }

        if (HasRoom(shape) is { } hasRoom)
        {
            using (writer.Open($"if ({hasRoom})"))
            {
                writer.Line("Output.Take(room.Count);");
            }
        }

        using (writer.Open($"if ({InRegisters})"))
        {
            writer.Line("Output = output;");
        }

        if (shape.ReadsWatermark)
        {
            writer.Line("Watermark = watermark;");
        }

        using (writer.Open("if (TOut.TakesWatermarks)"))
        {
            if (!shape.ReadsWatermark)
            {
                writer.Line("Watermark = watermark;");
            }

            writer.Line("Output.Watermark(watermark);");
        }

        writer.Line("return i;");
    }

    /// <summary>Whether the rows that come out have to be counted: not each row makes one.</summary>
    private static bool CountsEmitted(QueryShape shape) => shape.CanFail || shape.Before.Any(n => n is not ProjectNode);

    /// <summary>Goes to the next row that WHERE keeps, where it is known for many rows at once and nobody asks for the time of the others.</summary>
    private static void WriteSkip(CodeWriter writer, string filter)
    {
        using (writer.Open("if (!TOut.TakesWatermarks && TInput.IsColumns)"))
        {
            using (writer.Open("while (kept64 == 0 && block64 < count)"))
            {
                writer.Line($"kept64 = {filter} & Laminar::ColumnMask.Present(count - block64);");
                writer.Line("block64 += Laminar::ColumnMask.Rows;");
            }

            using (writer.Open("if (kept64 == 0)"))
            {
                writer.Line("i = count;");
                writer.Line("break;");
            }

            writer.Line("i = block64 - Laminar::ColumnMask.Rows + global::System.Numerics.BitOperations.TrailingZeroCount(kept64);");
            writer.Line("kept64 &= kept64 - 1;");
        }

        writer.Line();
    }

    /// <summary>What the row's own time makes of the watermark: for the rows behind it, even where the row itself is dropped or fails.</summary>
    private static void WriteWatermark(CodeWriter writer, OperatorContext context, int column)
    {
        QueryShape shape = context.Shape;
        writer.Line("long after = watermark;");
        using (writer.Open($"if ({Counts(shape)}!TInput.IsStamped)"))
        {
            EmittedValue time = context.Read(writer, column, "own");
            string after = $"after = global::System.Math.Max(watermark, {OperatorFrame.Before(time, shape)});";
            writer.Line(time.Null is null ? after : $"if (!{time.Null}) {{ {after} }}");
        }

        WriteKeep(writer, shape, "after");
    }

    /// <summary>The watermark counts even when the row fails.</summary>
    private static void WriteKeep(CodeWriter writer, QueryShape shape, string watermark)
    {
        if (Failing(shape) is { } condition)
        {
            string[] tests = new[] { shape.ReadsWatermark ? "" : "TOut.TakesWatermarks", condition }.Where(t => t.Length > 0).ToArray();
            string keep = $"Watermark = {watermark};";
            if (tests.Length == 0)
            {
                writer.Line(keep);
                return;
            }

            using (writer.Open($"if ({string.Join(" && ", tests)})"))
            {
                writer.Line(keep);
            }
        }
    }

    /// <summary>
    /// Which loops a row can fail in, as a condition that the JIT decides; null for none, empty for all. Text of columns may not be UTF-8, and what
    /// doesn't fit leaves all but the careful loop.
    /// </summary>
    private static string? Failing(QueryShape shape) => (shape.CanFail, shape.FailsByOverflowOnly, shape.ReadsText) switch
    {
        (true, false, _) => "",
        (true, true, true) => "(TCare.IsCareful || TInput.IsColumns)",
        (true, true, false) => "TCare.IsCareful",
        (false, _, true) => "TInput.IsColumns",
        _ => null,
    };

    /// <summary>
    /// Which loops write into room that they asked for before, as a condition that the JIT decides; null for none. A row makes one at most there, and none fails: what is written when one
    /// does would be lost. Of a large Arrow batch a filter may keep little: that isn't worth room for all of it.
    /// </summary>
    private static string? HasRoom(QueryShape shape)
    {
        if (!shape.Before.All(n => n is FilterNode or ProjectNode or WindowAssignNode { Window: { Kind: WindowKind.Tumble, Calendar: null } }) || Failing(shape) is "")
        {
            return null;
        }

        string[] not = new[] { Failing(shape), shape.Before.Any(n => n is FilterNode) ? "TInput.IsColumns" : null }.OfType<string>().Distinct().ToArray();
        return string.Join(" && ", new[] { "TOut.HasRoom" }.Concat(not.Select(n => "!" + n)));
    }

    /// <summary>What only a loop needs that a row can fail in.</summary>
    private static void WriteIfFailing(CodeWriter writer, QueryShape shape, params string[] lines)
    {
        if (Failing(shape) is not { } condition)
        {
            return;
        }

        if (condition.Length == 0)
        {
            Array.ForEach(lines, line => writer.Line(line));
            return;
        }

        using (writer.Open($"if {(condition[0] == '(' ? condition : $"({condition})")}"))
        {
            Array.ForEach(lines, line => writer.Line(line));
        }
    }

    /// <summary>The row goes to the output.</summary>
    private static void WriteRow(CodeWriter writer, OperatorContext context, RowScope scope)
    {
        QueryShape shape = context.Shape;
        IReadOnlyList<PlanColumn> columns = shape.Plan.Columns;
        EmittedValue[] values = Enumerable.Range(0, columns.Count).Select(scope.Column).ToArray();
        writer.Line($"{context.Row.TypeName} row = {context.Construct(values)};");
        bool counts = CountsEmitted(shape);
        if (counts)
        {
            writer.Line("rowsOut++;");
        }

        WriteIfFailing(writer, shape, "Position = -1;", counts ? "RowsOut = rowsOut;" : "RowsOut++;");

        if (HasRoom(shape) is { } hasRoom)
        {
            using (writer.Open($"if ({hasRoom})"))
            {
                writer.Line("room.Add(in row, watermark);");
            }
        }

        using (writer.Open($"{(HasRoom(shape) is null ? "" : "else ")}if ({InRegisters})"))
        {
            writer.Line("output.Emit(in row, watermark);");
            WriteIfFailing(writer, shape, "Output = output; // written for whoever looks when a row fails, and not read again");
        }

        using (writer.Open("else"))
        {
            writer.Line("Output.Emit(in row, watermark);");
        }
    }
}
