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
        WriteLoop(writer, context);
    }

    private static void WriteLoop(CodeWriter writer, OperatorContext context)
    {
        QueryShape shape = context.Shape;
        NameTable names = OperatorContext.Locals();
        using (writer.Open($"private void Loop<TInput>(TInput input, int start)\n    where TInput : struct, {context.Inputs}IInput, allows ref struct"))
        using (writer.Open("unchecked"))
        {
            writer.Line("long watermark = Watermark;");
            writer.Line("TOut output = Output;");
            if (CountsEmitted(shape))
            {
                writer.Line("long rowsOut = RowsOut;");
            }

            writer.Line("int count = input.Count;");
            if (context.ColumnFilter is not null)
            {
                writer.Line("ulong kept64 = 0; // of the 64 rows before block64, those that WHERE keeps and that are still to come");
                writer.Line("int block64 = start;");
            }

            using (writer.Open("for (int i = start; i < count; i++)"))
            {
                if (context.ColumnFilter is not null)
                {
                    WriteSkip(writer, context.ColumnFilter);
                }

                using (writer.Open("if (TOut.TakesWatermarks && TInput.IsStamped)"))
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

                WriteSteps(writer, context, scope, names, 0);
                if (shape.WatermarkColumn is not null)
                {
                    writer.Line("watermark = after;");
                }
            }

            WriteIfFailing(writer, shape, "Position = -1;");
            if (!shape.CanFail)
            {
                string counts = CountsEmitted(shape) ? "RowsOut = rowsOut;" : "RowsOut += count - start;";
                if (shape.ReadsText)
                {
                    using (writer.Open("if (!TInput.IsColumns)"))
                    {
                        writer.Line(counts);
                    }
                }
                else
                {
                    writer.Line(counts);
                }
            }

            using (writer.Open("if (TOut.TakesWatermarks)"))
            {
                writer.Line("Watermark = watermark;");
                writer.Line("Output.Watermark(watermark);");
            }
        }
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
        using (writer.Open("if (TOut.TakesWatermarks && !TInput.IsStamped)"))
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
        if (shape.CanFail || shape.ReadsText)
        {
            using (writer.Open(shape.CanFail ? "if (TOut.TakesWatermarks)" : "if (TOut.TakesWatermarks && TInput.IsColumns)"))
            {
                writer.Line($"Watermark = {watermark};");
            }
        }
    }

    /// <summary>What only a loop needs that a row can fail in: any, or one over columns.</summary>
    private static void WriteIfFailing(CodeWriter writer, QueryShape shape, params string[] lines)
    {
        if (shape.CanFail)
        {
            Array.ForEach(lines, line => writer.Line(line));
        }
        else if (shape.ReadsText)
        {
            using (writer.Open("if (TInput.IsColumns)"))
            {
                Array.ForEach(lines, line => writer.Line(line));
            }
        }
    }

    /// <summary>The nodes from one on, each inside the braces of the one before.</summary>
    private static void WriteSteps(CodeWriter writer, OperatorContext context, RowScope scope, NameTable names, int node)
    {
        QueryShape shape = context.Shape;
        if (node == shape.Before.Count)
        {
            IReadOnlyList<PlanColumn> columns = shape.Plan.Columns;
            EmittedValue[] values = Enumerable.Range(0, columns.Count).Select(scope.Column).ToArray();
            writer.Line($"{context.Row.TypeName} row = {context.Construct(values)};");
            bool counts = CountsEmitted(shape);
            if (counts && !shape.CanFail)
            {
                writer.Line("rowsOut++;");
            }

            WriteIfFailing(writer, shape, "Position = -1;", shape.CanFail ? "RowsOut = ++rowsOut;" : counts ? "RowsOut = rowsOut;" : "RowsOut++;");

            using (writer.Open($"if ({InRegisters})"))
            {
                writer.Line("output.Emit(in row, watermark);");
                writer.Line("Output = output; // written for whoever looks when a row fails, and not read again");
            }

            using (writer.Open("else"))
            {
                writer.Line("Output.Emit(in row, watermark);");
            }

            return;
        }

        switch (shape.Before[node])
        {
            case FilterNode filter:
                writer.Line($"// WHERE {OperatorFrame.Comment(ExpressionPrinter.Print(filter.Predicate))}");
                string truth = context.EvaluateTruth(writer, scope, names, filter.Predicate);
                using (writer.Open($"if ({truth})"))
                {
                    WriteSteps(writer, context, scope, names, node + 1);
                }

                break;
            case ProjectNode project:
                WriteSteps(writer, context, scope.Over(project, below => context.Expressions(writer, below, names)), names, node + 1);
                break;
            case WindowAssignNode assign:
                WriteWindows(writer, context, scope, names, node, assign);
                break;
        }
    }

    private static void WriteWindows(CodeWriter writer, OperatorContext context, RowScope scope, NameTable names, int node, WindowAssignNode assign)
    {
        WindowSpec window = assign.Window;
        writer.Line($"// {OperatorFrame.Comment(PlanText.Window(window))}: one row per window that holds this one, in the order of their starts");
        EmittedValue time = context.Evaluate(writer, scope, names, window.Time, "eventTime");
        if (time.Null is not null)
        {
            using (writer.Open($"if ({time.Null})"))
            {
                writer.Line("throw new Laminar::LaminarException(\"The event time is NULL: no window can hold the row.\");");
            }
        }

        writer.Line($"State::PaneMath.CheckTime({time.Code});");
        string last = names.Local("lastStart");
        string assigned = names.Local("assignedStart");
        string size = Identifiers.Literal(window.Size);
        string slide = Identifiers.Literal(window.Slide);
        string origin = Identifiers.Literal(window.Origin);
        writer.Line($"long {last} = {origin} + (State::PaneMath.FloorDivide({time.Code} - ({origin}), {slide}) * {slide});");
        string first = window.Size <= window.Slide ? last : $"{last} - ({Identifiers.Literal((window.Size - 1) / window.Slide)} * {slide})";
        using (writer.Open($"for (long {assigned} = {first}; {assigned} <= {last}; {assigned} += {slide})"))
        using (writer.Open($"if ({assigned} + {size} > {time.Code})"))
        {
            int width = assign.Input.Columns.Count;

            // What an outer projection needs of the row itself is computed inside the loop at the latest, where it is in scope.
            var windows = new RowScope(ordinal => ordinal < width
                ? scope.Column(ordinal)
                : new EmittedValue(
                    ordinal == width ? assigned : ordinal == width + 1 ? $"({assigned} + {size})" : $"({assigned} + {Identifiers.Literal(window.Size - window.WindowTimeGap)})",
                    null,
                    assign.Columns[ordinal].Type));
            WriteSteps(writer, context, windows, names, node + 1);
        }
    }
}
