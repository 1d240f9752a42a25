using System;
using System.Collections.Generic;
using System.Linq;
using Laminar.Generators.Emit.Expressions;
using Laminar.Sql.Binding;
using Laminar.Sql.Plan;

namespace Laminar.Generators.Emit.Operators;

/// <summary>What is made of one row, node by node: conditions, columns, and the loops of those that make several rows of one.</summary>
/// <param name="writer">Where to.</param>
/// <param name="context">The query.</param>
/// <param name="names">Names of locals.</param>
/// <param name="last">Writes what becomes of a row that is left, whose columns are in scope.</param>
internal sealed class RowSteps(CodeWriter writer, OperatorContext context, NameTable names, Action<RowScope> last)
{
    /// <summary>Fields that say where windows lie, of windows that constants don't say it of.</summary>
    public static void WriteLines(CodeWriter writer, OperatorContext context)
    {
        for (int i = 0; i < context.Shape.Before.Count; i++)
        {
            if (context.Shape.Before[i] is WindowAssignNode { Window: var window } && IsByLine(window))
            {
                writer.Line("/// <summary>Where windows lie.</summary>");
                writer.Line($"private readonly Execution::WindowLine {LineName(i)} = {WindowLayoutEmitter.Line(window, context.Request.QueryName)};");
                writer.Line();
            }
        }
    }

    /// <summary>The nodes from one on, each inside the braces of the one before.</summary>
    public void Write(RowScope scope, int node = 0)
    {
        if (node == context.Shape.Before.Count)
        {
            last(scope);
            return;
        }

        switch (context.Shape.Before[node])
        {
            case FilterNode filter:
                writer.Line($"// WHERE {OperatorFrame.Comment(ExpressionPrinter.Print(filter.Predicate))}");
                string truth = context.EvaluateTruth(writer, scope, names, filter.Predicate);
                using (writer.Open($"if ({truth})"))
                {
                    Write(scope, node + 1);
                }

                break;
            case ProjectNode project:
                Write(scope.Over(project, below => context.Expressions(writer, below, names)), node + 1);
                break;
            case UnnestNode unnest:
                WriteUnnest(scope, node, unnest);
                break;
            case LookupJoinNode lookup:
                LookupEmitter.WriteLookup(writer, context, scope, names, node, lookup, joined => Write(joined, node + 1));
                break;
            case ExpandNode expand:
                WriteExpand(scope, node, expand);
                break;
            case WindowAssignNode assign:
                WriteWindows(scope, node, assign);
                break;
        }
    }

    private void WriteUnnest(RowScope scope, int node, UnnestNode unnest)
    {
        writer.Line($"// {OperatorFrame.Comment(PlanText.Unnest(unnest))}: one row per element, in their order");
        int width = unnest.Input.Columns.Count;

        // What comes after reads the row's own columns inside the loop: they are computed before it, once.
        foreach (int ordinal in Enumerable.Range(0, width).Where(o => context.Shape.IsRead(node, o)))
        {
            scope.Column(ordinal);
        }

        EmittedValue values = context.Evaluate(writer, scope, names, unnest.Values, "unnested");
        string items = names.Local("elements");
        string at = names.Local("place");
        bool isMap = unnest.Values.Type.Kind == Laminar.Sql.Types.SqlTypeKind.Map;
        string type = isMap ? "Functions::SqlMap?" : "object?[]?";
        writer.Line($"{type} {items} = {values.AsNullable};");
        string length = isMap ? $"({items}?.Keys.Length ?? 0)" : $"({items}?.Length ?? 0)";
        using (writer.Open($"for (int {at} = {(unnest.KeepsEmpty ? $"{length} == 0 ? -1 : 0" : "0")}; {at} < {length}; {at}++)"))
        {
            string Inside(int column) => isMap ? $"{items}!.{(column == 0 ? "Keys" : "Values")}[{at}]" : $"{items}![{at}]";
            var elements = new RowScope(ordinal =>
            {
                if (ordinal < width)
                {
                    return scope.Column(ordinal);
                }

                PlanColumn column = unnest.Columns[ordinal];
                string? missing = unnest.KeepsEmpty ? $"({at} < 0)" : null;
                if (ordinal == width + unnest.Width)
                {
                    return new EmittedValue($"({at} + 1L)", missing, column.Type);
                }

                string found = names.Local("found");
                writer.Line($"object? {found} = {(missing is null ? "" : $"{missing} ? null : ")}{Inside(ordinal - width)};");
                string form = ClrForm.Of(column.Type);
                string value = names.Local(column.Name);
                writer.Line(ClrForm.IsReference(column.Type) ? $"{form} {value} = ({form}){found}!;" : $"{form} {value} = {found} is {form} {value}Value ? {value}Value : default;");
                return new EmittedValue(value, column.Nullable ? $"({found} is null)" : null, column.Type);
            });

            // In scope for everything inside, whichever branch reads it first.
            foreach (int ordinal in Enumerable.Range(width, unnest.Width).Where(o => context.Shape.IsRead(node, o)))
            {
                elements.Column(ordinal);
            }

            Write(elements, node + 1);
        }
    }

    private void WriteExpand(RowScope scope, int node, ExpandNode expand)
    {
        // What sets have in common is computed before, and a row that fails does so before it is in any.
        foreach (int ordinal in Enumerable.Range(0, expand.SetOrdinal).Where(o => context.Shape.IsRead(node, o)))
        {
            scope.Column(ordinal);
        }

        string set = names.Local("groupingSet");
        writer.Line($"// once for each of {OperatorFrame.Comment(string.Join(", ", expand.Sets))}");
        using (writer.Open($"for (int {set} = 0; {set} < {expand.Sets.Count}; {set}++)"))
        {
            var sets = new RowScope(ordinal => ordinal < expand.SetOrdinal ? scope.Column(ordinal) : new EmittedValue(set, null, expand.Columns[ordinal].Type));
            Write(sets, node + 1);
        }
    }

    private void WriteWindows(RowScope scope, int node, WindowAssignNode assign)
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

        if (window.UnitsPerMillisecond == 1)
        {
            // Ticks never come near what no window can hold.
            writer.Line($"State::PaneMath.CheckTime({time.Code});");
        }

        if (IsByLine(window))
        {
            WriteWindowsByLine(scope, node, assign, time.Code);
            return;
        }

        string lastStart = names.Local("lastStart");
        string assigned = names.Local("assignedStart");
        string size = Identifiers.Literal(window.Size);
        string slide = Identifiers.Literal(window.Slide);
        string origin = Identifiers.Literal(window.Origin);
        writer.Line($"long {lastStart} = {origin} + (State::PaneMath.FloorDivide({time.Code} - ({origin}), {slide}) * {slide});");
        if (window.Kind == WindowKind.Tumble)
        {
            WriteWindow(scope, node, assign, [lastStart, $"({lastStart} + {size})", $"({lastStart} + {Identifiers.Literal(window.Size - window.WindowTimeGap)})"]);
            return;
        }

        string first = window.Size <= window.Slide ? lastStart : $"{lastStart} - ({Identifiers.Literal((window.Size - 1) / window.Slide)} * {slide})";
        using (writer.Open($"for (long {assigned} = {first}; {assigned} <= {lastStart}; {assigned} += {slide})"))
        using (writer.Open($"if ({assigned} + {size} > {time.Code})"))
        {
            WriteWindow(scope, node, assign, [assigned, $"({assigned} + {size})", $"({assigned} + {Identifiers.Literal(window.Size - window.WindowTimeGap)})"]);
        }
    }

    /// <summary>Where windows are by the calendar, or the beginnings of spans.</summary>
    private void WriteWindowsByLine(RowScope scope, int node, WindowAssignNode assign, string time)
    {
        string line = LineName(node);
        string lastWindow = names.Local("lastWindow");
        string window = names.Local("window");
        writer.Line($"long {lastWindow} = {line}.Last({time});");
        using (writer.Open($"for (long {window} = {line}.First({time}); {window} <= {lastWindow}; {window} = {line}.Next({window}))"))
        {
            string start = names.Local("assignedStart");
            string end = names.Local("assignedEnd");
            writer.Line($"long {start} = {line}.Start({window});");
            writer.Line($"long {end} = {line}.End({window});");
            WriteWindow(scope, node, assign, [start, end, $"({end} - {Identifiers.Literal(assign.Window.WindowTimeGap)})"]);
        }
    }

    /// <summary>The row in one of its windows, whose bounds and time are in scope.</summary>
    private void WriteWindow(RowScope scope, int node, WindowAssignNode assign, string[] bounds)
    {
        int width = assign.Input.Columns.Count;

        // What an outer projection needs of the row itself is computed inside the loop at the latest, where it is in scope.
        var windows = new RowScope(ordinal => ordinal < width ? scope.Column(ordinal) : new EmittedValue(bounds[ordinal - width], null, assign.Columns[ordinal].Type));
        Write(windows, node + 1);
    }

    private static bool IsByLine(WindowSpec window) => window.Kind == WindowKind.Cumulate || window.Calendar is not null;

    private static string LineName(int node) => $"_line{node}";
}
