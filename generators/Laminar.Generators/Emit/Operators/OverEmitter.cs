using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using Laminar.Generators.Emit.Expressions;
using Laminar.Sql.Binding;
using Laminar.Sql.Catalog;
using Laminar.Sql.Plan;
using Laminar.Sql.Types;

namespace Laminar.Generators.Emit.Operators;

/// <summary>Functions over partitions: how rows are told apart, put in order and put out. What keeps them is in the library.</summary>
internal static class OverEmitter
{
    private const string Values = "Execution::RowMembers";

    public static void Write(CodeWriter writer, OperatorContext context, OverNode node)
    {
        string input = context.InputRow;
        string output = context.Row.TypeName;
        writer.Line($"// {OperatorFrame.Comment(PlanText.Over(node))}");
        writer.Line("/// <summary>The query's partitions, their order and their output.</summary>");
        using (writer.Open($"internal readonly struct Shape : Execution::IOverShape<{input}, {output}>"))
        {
            RelationColumn time = context.Shape.Scan.Relation.Columns[node.Time];
            long lag = node.Input.Columns[node.Time].EventTimeLag ?? 0;
            string value = ClrForm.FromMember(time.Type, "row." + Member(context, node.Time));
            writer.Line($"public static long Due(in {input} row) => {(lag == 0 ? value : $"State::PaneMath.AddSaturated({value}, {Identifiers.Literal(lag)})")};");
            writer.Line();
            string same = string.Join(" && ", node.PartitionBy.Select(o => Compare(context, o, false, false, isKey: true) + " == 0"));
            writer.Line($"public static bool IsSamePartition(in {input} a, in {input} b) => {(same.Length == 0 ? "true" : same)};");
            writer.Line();
            WriteCompare(writer, context, "CompareOrder", node.OrderBy.Select(o => (o.Ordinal, o.Descending, o.NullsFirst, false)));
            IEnumerable<int> rest = Enumerable.Range(0, node.Input.Columns.Count).Except(node.PartitionBy).Except(node.OrderBy.Select(o => o.Ordinal)).Where(o => IsOrdered(node.Input.Columns[o].Type));
            WriteCompare(writer, context, "Compare", [.. node.PartitionBy.Select(o => (o, false, false, true)), .. node.OrderBy.Select(o => (o.Ordinal, o.Descending, o.NullsFirst, false)), .. rest.Select(o => (o, false, false, false))]);
            using (writer.Open($"public static {output} Make(global::System.ReadOnlySpan<{input}> rows, in Execution::OverPlace place)"))
            {
                writer.Line($"ref readonly {input} row = ref rows[place.Index];");
                IReadOnlyList<BoundExpression>? selected = (context.Shape.After.FirstOrDefault() as ProjectNode)?.Expressions;
                int[] columns = selected?.Select(e => ((BoundColumn)e).Ordinal).ToArray() ?? Enumerable.Range(0, node.Columns.Count).ToArray();
                string[] members = columns.Select((c, i) => c < node.Input.Columns.Count ? "row." + Member(context, c) : Function(context, node, c, i)).ToArray();
                writer.Line($"return {RowEmitter.Construct(context.Row, members)};");
            }
        }

        writer.Line();
        writer.Line("/// <summary>The query over its direct input.</summary>");
        string arguments = $"{Identifiers.Literal(context.Request.QueryName)}, {Identifiers.Literal(context.Fingerprint)}, {Identifiers.Literal(node.Skip)}, {(node.Take == long.MaxValue ? "long.MaxValue" : Identifiers.Literal(node.Take))}, output";
        writer.Line($"internal sealed class Operator<TOut>(TOut output) : Execution::WindowOverOperator<{input}, {output}, Shape, TOut>({arguments})");
        writer.Line($"    where TOut : struct, Execution::IRowOutput<{output}>;");
        writer.Line();
    }

    /// <summary>Rows of a partition meet.</summary>
    public static void WriteHash(CodeWriter writer, OperatorContext context, OverNode node)
    {
        string hash = node.PartitionBy.Select(o => Hash(context, o)).Aggregate((a, b) => $"State::KeyHash.Combine({a}, {b})");
        writer.Line($"public override uint KeyHash(in {context.InputRow} row) => State::KeyHash.Route({hash});");
    }

    private static string Hash(OperatorContext context, int ordinal)
    {
        RelationColumn column = context.Shape.Scan.Relation.Columns[ordinal];
        string member = "row." + Member(context, ordinal);
        string value = "key" + ordinal.ToString(CultureInfo.InvariantCulture);
        return column.Type.IsNested ? $"{Values}.Hash((object?)({member} is {{ }} {value} ? {ClrForm.FromMember(column.Type, value)} : null))" : $"{Values}.Hash({member})";
    }

    private static string Member(OperatorContext context, int ordinal) => Identifiers.Escape(context.Shape.Scan.Relation.Columns[ordinal].ClrName);

    private static void WriteCompare(CodeWriter writer, OperatorContext context, string name, IEnumerable<(int Ordinal, bool Descending, bool NullsFirst, bool IsKey)> keys)
    {
        using (writer.Open($"public static int {name}(in {context.InputRow} a, in {context.InputRow} b)"))
        {
            writer.Line("int order = 0;");
            foreach ((int ordinal, bool descending, bool nullsFirst, bool isKey) in keys)
            {
                writer.Line($"order = order != 0 ? order : {Compare(context, ordinal, descending, nullsFirst, isKey)};");
            }

            writer.Line("return order;");
        }

        writer.Line();
    }

    private static string Compare(OperatorContext context, int ordinal, bool descending, bool nullsFirst, bool isKey)
    {
        RelationColumn column = context.Shape.Scan.Relation.Columns[ordinal];
        string Of(string row) => column.Type.IsNested
            ? $"({row}.{Member(context, ordinal)} is {{ }} {row}{ordinal} ? {ClrForm.FromMember(column.Type, row + ordinal.ToString(CultureInfo.InvariantCulture))} : null)"
            : $"{row}.{Member(context, ordinal)}";
        return isKey && column.Type.IsNested ? $"{Values}.CompareKeys({Of("a")}, {Of("b")})" : $"{Values}.Compare({Of("a")}, {Of("b")}, {Identifiers.Literal(descending)}, {Identifiers.Literal(nullsFirst)})";
    }

    /// <summary>Maps have no order; what stands in them tells rows apart no further.</summary>
    private static bool IsOrdered(SqlType type) => !type.IsNested;

    private static string Function(OperatorContext context, OverNode node, int column, int output)
    {
        OverFunction function = node.Functions[column - node.Input.Columns.Count];
        switch (function.Name)
        {
            case "ROW_NUMBER":
                return "place.RowNumber";
            case "RANK":
                return "place.Rank";
            case "DENSE_RANK":
                return "place.DenseRank";
            case "PERCENT_RANK":
                return "place.PercentRank(rows.Length)";
            case "CUME_DIST":
                return "place.CumeDist(rows.Length)";
            case "NTILE":
                return $"place.Bucket(rows.Length, {Identifiers.Literal(function.Number)})";
            default:
                string type = context.Row.Members[output].ClrType;
                string number = function.Number.ToString(CultureInfo.InvariantCulture);
                string value = Member(context, function.Arguments[0]);
                string at = function.IgnoreNulls ? Skipping(context, node, function, number) : $"place.Index {(function.Name == "LAG" ? "-" : "+")} {number}";
                string otherwise = function.Arguments.Count > 1 ? $"({type})row.{Member(context, function.Arguments[1])}" : $"default({type})";
                string local = $"other{output}";
                return $"({at}) is var {local} && (uint){local} < (uint)rows.Length ? ({type})rows[{local}].{value} : {otherwise}";
        }
    }

    /// <summary>The place of the n-th row before or behind whose value isn't NULL; -1 for none.</summary>
    private static string Skipping(OperatorContext context, OverNode node, OverFunction function, string number) =>
        node.Input.Columns[function.Arguments[0]].Nullable
            ? $"Execution::OverRows.{(function.Name == "LAG" ? "Before" : "Behind")}(rows, place.Index, {number}, static (in {context.InputRow} r) => r.{Member(context, function.Arguments[0])} is not null)"
            : $"place.Index {(function.Name == "LAG" ? "-" : "+")} {number}";
}
