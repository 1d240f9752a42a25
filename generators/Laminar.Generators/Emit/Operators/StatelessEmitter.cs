using System.Collections.Generic;
using System.Linq;
using Laminar.Generators.Emit.Expressions;
using Laminar.Sql.Binding;
using Laminar.Sql.Plan;

namespace Laminar.Generators.Emit.Operators;

/// <summary>Queries that look at one row at a time: filters, projections, the windows of a row.</summary>
internal static class StatelessEmitter
{
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
            if (!shape.CanFail)
            {
                writer.Line("long emitted = 0;");
            }

            writer.Line("int count = input.Count;");
            using (writer.Open("for (int i = start; i < count; i++)"))
            {
                using (writer.Open("if (TInput.IsStamped)"))
                {
                    writer.Line("watermark = global::System.Math.Max(watermark, input.WatermarkBefore(i));");
                }

                if (shape.CanFail)
                {
                    writer.Line("Position = i;");
                }

                RowScope scope = context.ScanScope(writer, names);
                EmittedValue? watermark = shape.WatermarkColumn is { } column ? scope.Column(column) : null;
                if (watermark is not null)
                {
                    writer.Line("long after = watermark;");
                    using (writer.Open(watermark.Null is null ? "if (!TInput.IsStamped)" : $"if (!TInput.IsStamped && !{watermark.Null})"))
                    {
                        writer.Line($"after = global::System.Math.Max(watermark, {OperatorFrame.Before(watermark, shape)});");
                    }
                }

                if (shape.CanFail)
                {
                    writer.Line(watermark is null ? "Watermark = watermark;" : "Watermark = after; // counts even when the row fails");
                }

                WriteSteps(writer, context, scope, names, 0);
                if (watermark is not null)
                {
                    writer.Line("watermark = after;");
                }
            }

            writer.Line("Position = -1;");
            if (!shape.CanFail)
            {
                writer.Line("RowsOut += emitted;");
            }

            writer.Line("Watermark = watermark;");
            writer.Line("Output.Watermark(watermark);");
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
            if (shape.CanFail)
            {
                writer.Line("Position = -1;");
                writer.Line("RowsOut++;");
            }
            else
            {
                writer.Line("emitted++;");
            }

            writer.Line("Output.Emit(in row, watermark);");
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
                writer.Line("throw new global::Laminar.LaminarException(\"The event time is NULL: no window can hold the row.\");");
            }
        }

        writer.Line($"global::Laminar.State.PaneMath.CheckTime({time.Code});");
        string last = names.Local("lastStart");
        string assigned = names.Local("assignedStart");
        string size = Identifiers.Literal(window.Size);
        string slide = Identifiers.Literal(window.Slide);
        string origin = Identifiers.Literal(window.Origin);
        writer.Line($"long {last} = {origin} + (global::Laminar.State.PaneMath.FloorDivide({time.Code} - ({origin}), {slide}) * {slide});");
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
