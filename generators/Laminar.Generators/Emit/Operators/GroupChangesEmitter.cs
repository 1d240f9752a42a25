using System.Collections.Generic;
using System.Linq;
using Laminar.Generators.Emit.Expressions;
using Laminar.Sql.Binding;
using Laminar.Sql.Plan;

namespace Laminar.Generators.Emit.Operators;

/// <summary>Groups of rows that change: their keys, what aggregates keep of them and their results. What keeps them is in the library.</summary>
internal static class GroupChangesEmitter
{
    public static void Write(CodeWriter writer, OperatorContext context, WindowAggregateNode node)
    {
        string input = context.InputRow;
        string output = context.Row.TypeName;
        var aggregates = new PaneAggregates(writer, context, node.Aggregates, node.Input.Columns);
        aggregates.WritePane();
        string pane = aggregates.IsNone ? "Execution::NoPane" : "Pane";
        writer.Line($"// GROUP BY {OperatorFrame.Comment(node.Keys.Count == 0 ? "nothing" : PlanText.Expressions(node.Keys))}: {OperatorFrame.Comment(string.Join(", ", node.Aggregates.Select(PlanText.Aggregate)))}");
        writer.Line("/// <summary>The query's groups, their aggregates and their output.</summary>");
        using (writer.Open($"internal {(aggregates.IsNone ? "readonly " : "")}struct Shape{(aggregates.IsNone && node.Closes is null ? "" : "()")} : Execution::IGroupChangeShape<{input}, {output}, {pane}>"))
        {
            OverEmitter.WritePartition(writer, context, Keys(node));
            aggregates.WriteMembers();
            aggregates.WriteRetract();
            if (aggregates.KeepsRows)
            {
                string[] all = [.. Enumerable.Range(0, node.Input.Columns.Count).Select(o => OverEmitter.Equal(context, o))];
                writer.Line($"public static uint HashRow(in {input} row) => {OverEmitter.Hashes(context, Enumerable.Range(0, node.Input.Columns.Count).ToArray())};");
                writer.Line();
                writer.Line("public static bool KeepsRows => true;");
                writer.Line();
                writer.Line($"public static bool IsSameRow(in {input} a, in {input} b) => {string.Join(" && ", all)};");
                writer.Line();
            }

            WriteEnds(writer, context, node);
            IReadOnlyList<BoundExpression>? selected = (context.Shape.After.FirstOrDefault() as ProjectNode)?.Expressions;
            int[] columns = selected?.Select(e => ((BoundColumn)e).Ordinal).ToArray() ?? [.. Enumerable.Range(0, node.Keys.Count), .. Enumerable.Range(node.FirstAggregateOrdinal, node.Aggregates.Count)];
            string[] members = [.. columns.Select(c => c < node.Keys.Count ? "some." + OverEmitter.Member(context, Keys(node)[c]) : aggregates.Result(c - node.FirstAggregateOrdinal))];
            writer.Line($"public {(aggregates.IsNone ? "readonly " : "")}{output} Make(in {input} some, ref {pane} pane, Laminar::RowKind kind) => {RowEmitter.Construct(context.Row, members, "kind")};");
            writer.Line();
            ChangesEmitter.WriteResults(writer, context);
        }

        writer.Line();
        writer.Line("/// <summary>The query over its direct input.</summary>");
        string arguments = $"{Identifiers.Literal(context.Request.QueryName)}, {Identifiers.Literal(context.Fingerprint)}, {Identifiers.Literal(node.Keys.Count == 0)}";
        writer.Line($"internal sealed class Operator<TOut>(TOut output) : Execution::GroupChangesOperator<{input}, {output}, {pane}, Shape, TOut>({arguments}, output)");
        using (writer.Open($"    where TOut : struct, Execution::IRowOutput<{output}>"))
        {
            OperatorFrame.WriteOverrides(writer, context);
        }

        writer.Line();
    }

    /// <summary>When groups end, and those that are there even of no rows.</summary>
    private static void WriteEnds(CodeWriter writer, OperatorContext context, WindowAggregateNode node)
    {
        string input = context.InputRow;
        bool isToldAtEnd = node.Emit == EmitMode.OnWindowClose;
        if (node.Closes is not null || isToldAtEnd)
        {
            writer.Line("public static bool Ends => true;");
            writer.Line();
        }

        if (isToldAtEnd)
        {
            writer.Line("public static bool IsToldAtEnd => true;");
            writer.Line();
        }

        if (node.Closes is { } window)
        {
            int end = Keys(node)[node.EndKey];
            writer.Line($"// {OperatorFrame.Comment(PlanText.Window(window))}");
            writer.Line($"public static long End(in {input} row) => {ClrForm.FromMember(node.Input.Columns[end].Type, "row." + OverEmitter.Member(context, end))};");
            writer.Line();
            writer.Line($"public static long Gap => {Identifiers.Literal(window.WindowTimeGap)};");
            writer.Line();
            writer.Line($"public Execution::WindowLine Line {{ get; }} = {WindowLayoutEmitter.Line(window, context.Request.QueryName)};");
            writer.Line();
        }

        if (node.Lateness > 0)
        {
            writer.Line($"public static long Lateness => {Identifiers.Literal(node.Lateness)};");
            writer.Line();
        }

        if (node.EmptySets.Count > 0)
        {
            // The number of the set is the last key; all that they group by is NULL.
            int set = Keys(node)[node.Keys.Count - 1];
            string numbers = string.Join(", ", node.EmptySets);
            writer.Line($"public static int EmptyGroups => {node.EmptySets.Count};");
            writer.Line();
            writer.Line($"public static {input} Empty(int number) => default({input}) with {{ {OverEmitter.Member(context, set)} = ((int[])[{numbers}])[number] }};");
            writer.Line();
        }
    }

    /// <summary>The input's columns that the groups are by.</summary>
    public static IReadOnlyList<int> Keys(WindowAggregateNode node) => node.Keys.Select(k => ((BoundColumn)k).Ordinal).ToArray();
}
