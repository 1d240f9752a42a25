using System.Linq;
using Laminar.Generators.Emit.Expressions;
using Laminar.Sql.Binding;
using Laminar.Sql.Plan;

namespace Laminar.Generators.Emit.Operators;

/// <summary>The first rows of partitions in any order, as changes. What keeps them is in the library.</summary>
internal static class TopEmitter
{
    public static void Write(CodeWriter writer, OperatorContext context, OverNode node)
    {
        string input = context.InputRow;
        string output = context.Row.TypeName;
        int[] columns = (context.Shape.After.FirstOrDefault() as ProjectNode)?.Expressions.Select(e => ((BoundColumn)e).Ordinal).ToArray() ?? Enumerable.Range(0, node.Columns.Count).ToArray();
        writer.Line($"// {OperatorFrame.Comment(PlanText.Over(node))}");
        writer.Line("/// <summary>The query's partitions, their order and their output.</summary>");
        using (writer.Open($"internal readonly struct Shape : Execution::ITopShape<{input}, {output}>"))
        {
            OverEmitter.WritePartition(writer, context, node);

            // Rows that are compared lie in one partition, as a rule at different places in its order: what tells them apart comes first.
            int[] order = [.. node.OrderBy.Select(o => o.Ordinal).Except(node.PartitionBy)];
            int[] rest = [.. Enumerable.Range(0, node.Input.Columns.Count).Except(order).Except(node.PartitionBy)];
            string[] all = [.. order.Concat(rest).Concat(node.PartitionBy.Distinct()).Select(o => OverEmitter.Equal(context, o))];
            writer.Line($"public static bool IsSame(in {input} a, in {input} b) => {string.Join(" && ", all)};");
            writer.Line();
            string[] members = [.. columns.Select(c => c < node.Input.Columns.Count ? "row." + OverEmitter.Member(context, c) : "rank")];
            writer.Line($"public static {output} Make(in {input} row, long rank, Laminar::RowKind kind) => {RowEmitter.Construct(context.Row, members, "kind")};");
        }

        writer.Line();
        writer.Line("/// <summary>The query over its direct input.</summary>");
        string rank = node.Functions.Count == 0 ? "RowNumber" : node.Functions[0].Name switch { "RANK" => "Rank", "DENSE_RANK" => "DenseRank", _ => "RowNumber" };
        string layout = $"new Execution::TopLayout({Identifiers.Literal(context.Request.QueryName)}, {Identifiers.Literal(context.Fingerprint)}, {Identifiers.Literal(node.Skip)}, {Identifiers.Literal(node.Skip + node.Take)}, Execution::TopRank.{rank}, {Identifiers.Literal(columns.Any(c => c >= node.Input.Columns.Count))})";
        writer.Line($"internal sealed class Operator<TOut>(TOut output) : Execution::{(context.Shape.Scan.Relation.IsUpdating ? "ChangedTop" : "Top")}Operator<{input}, {output}, Shape, TOut>({layout}, output)");
        writer.Line($"    where TOut : struct, Execution::IRowOutput<{output}>;");
        writer.Line();
    }
}
