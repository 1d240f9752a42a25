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
        if (node.Release == OverRelease.Changes)
        {
            TopEmitter.Write(writer, context, node);
            return;
        }

        string input = context.InputRow;
        string output = context.Row.TypeName;
        BoundAggregate[] aggregated = node.Functions.Select(f => f.Aggregate).OfType<BoundAggregate>().ToArray();
        var aggregates = new PaneAggregates(writer, context, aggregated, node.Input.Columns);
        aggregates.WritePane();
        string pane = aggregates.IsNone ? "Execution::NoPane" : "Pane";
        writer.Line($"// {OperatorFrame.Comment(PlanText.Over(node))}");
        writer.Line("/// <summary>The query's partitions, their order and their output.</summary>");
        bool isOfSteps = node.Release == OverRelease.Steps;
        using (writer.Open($"internal {(aggregates.IsNone ? "readonly " : "")}struct Shape{(aggregates.IsNone ? "" : "()")} : Execution::I{(isOfSteps ? "Changed" : "")}OverShape<{input}, {output}, {pane}>"))
        {
            WriteDue(writer, context, node);

            // Rows of a window are kept by their time: what it is doesn't tell those apart that lie together, and keys without it keep their neighbourhood.
            int[] partition = [.. node.PartitionBy.Where(o => node.Release != OverRelease.Window || o != node.Time)];
            WritePartition(writer, context, partition);
            WriteCompare(writer, context, "CompareOrder", node.OrderBy.Select(o => (o.Ordinal, o.Descending, o.NullsFirst, false)));
            IEnumerable<int> rest = Enumerable.Range(0, node.Input.Columns.Count).Except(node.PartitionBy).Except(node.OrderBy.Select(o => o.Ordinal)).Where(o => IsOrdered(node.Input.Columns[o].Type));
            WriteCompare(writer, context, "Compare", [.. partition.Select(o => (o, false, false, true)), .. node.OrderBy.Select(o => (o.Ordinal, o.Descending, o.NullsFirst, false)), .. rest.Select(o => (o, false, false, false))]);
            if (node.Frame is { Unit: FrameUnit.Range } frame && (frame.From is not (null or 0) || frame.To is not (null or 0)))
            {
                WriteKey(writer, context, node.OrderBy[0].Ordinal);
            }

            if (isOfSteps)
            {
                string[] all = [.. Enumerable.Range(0, node.Input.Columns.Count).Select(o => Equal(context, o))];
                writer.Line($"public static bool IsSameRow(in {input} a, in {input} b) => {string.Join(" && ", all)};");
                writer.Line();
                ChangesEmitter.WriteResults(writer, context);
            }

            WritePastNulls(writer, context, node);
            aggregates.WriteMembers();
            using (writer.Open($"public {(aggregates.IsNone ? "readonly " : "")}{output} Make(global::System.ReadOnlySpan<{input}> rows, in Execution::OverPlace place, ref {pane} pane)"))
            {
                writer.Line($"ref readonly {input} row = ref rows[place.Index];");
                IReadOnlyList<BoundExpression>? selected = (context.Shape.After.FirstOrDefault() as ProjectNode)?.Expressions;
                int[] columns = selected?.Select(e => ((BoundColumn)e).Ordinal).ToArray() ?? Enumerable.Range(0, node.Columns.Count).ToArray();
                string[] members = columns.Select((c, i) => c < node.Input.Columns.Count ? "row." + Member(context, c) : node.Functions[c - node.Input.Columns.Count].Aggregate is { } aggregate ? aggregates.Result(System.Array.IndexOf(aggregated, aggregate)) : Function(context, node, c, i)).ToArray();
                writer.Line($"return {RowEmitter.Construct(context.Row, members)};");
            }
        }

        writer.Line();
        writer.Line("/// <summary>The query over its direct input.</summary>");
        string library = node.Release switch { OverRelease.Window => "WindowOverOperator", OverRelease.Steps => "ChangedOverOperator", _ => "TimeOverOperator" };
        writer.Line($"internal sealed class Operator<TOut>(TOut output) : Execution::{library}<{input}, {output}, {pane}, Shape, TOut>(new Execution::OverLayout({Identifiers.Literal(context.Request.QueryName)}, {Identifiers.Literal(context.Fingerprint)}){Layout(node)}, output)");
        using (writer.Open($"    where TOut : struct, Execution::IRowOutput<{output}>"))
        {
            OperatorFrame.WriteOverrides(writer, context);
        }

        writer.Line();
    }

    /// <summary>When no row of one's event time can come any more; rows that change wait for none.</summary>
    private static void WriteDue(CodeWriter writer, OperatorContext context, OverNode node)
    {
        string due = "long.MaxValue";
        if (node.Release != OverRelease.Steps)
        {
            string value = ClrForm.FromMember(context.Shape.Scan.Relation.Columns[node.Time].Type, "row." + Member(context, node.Time));
            long lag = node.Input.Columns[node.Time].EventTimeLag ?? 0;
            due = lag == 0 ? value : $"State::PaneMath.AddSaturated({value}, {Identifiers.Literal(lag)})";
        }

        writer.Line($"public static long Due(in {context.InputRow} row) => {due};");
        writer.Line();
    }

    /// <summary>Which rows are of one partition, and their order.</summary>
    public static void WritePartition(CodeWriter writer, OperatorContext context, OverNode node)
    {
        WritePartition(writer, context, node.PartitionBy);
        WriteCompare(writer, context, "CompareOrder", node.OrderBy.Select(o => (o.Ordinal, o.Descending, o.NullsFirst, false)));
    }

    /// <summary>Which rows are of one partition.</summary>
    public static void WritePartition(CodeWriter writer, OperatorContext context, IReadOnlyList<int> columns)
    {
        writer.Line($"public static uint Hash(in {context.InputRow} row) => {Hashes(context, columns)};");
        writer.Line();
        string same = string.Join(" && ", columns.Select(o => Equal(context, o)));
        writer.Line($"public static bool IsSamePartition(in {context.InputRow} a, in {context.InputRow} b) => {(same.Length == 0 ? "true" : same)};");
        writer.Line();
    }

    private static string Layout(OverNode node)
    {
        var values = new List<string>();
        void Add(bool applies, string value)
        {
            if (applies)
            {
                values.Add(value);
            }
        }

        static string Bound(long? bound) => bound is null ? "null" : Identifiers.Literal(bound.Value);
        Add(node.Skip > 0, $"Skip = {Identifiers.Literal(node.Skip)}");
        Add(node.Take < long.MaxValue, $"Take = {Identifiers.Literal(node.Take)}");
        Add(node is { Release: OverRelease.Window, Frame: null } && node.Functions.All(f => f is { Aggregate: null, Name: "ROW_NUMBER" or "NTILE" or "LAG" or "LEAD" }), "HasPeers = false");
        if (node.Frame is { } frame)
        {
            values.Add($"HasFrame = true, From = {Bound(frame.From)}, To = {Bound(frame.To)}");
            Add(frame.Unit == FrameUnit.Range, "IsRange = true");
            Add(frame.Unit == FrameUnit.Range && node.OrderBy.Count > 0 && node.OrderBy[0].Descending, "IsDescending = true");
        }

        if (node.Release == OverRelease.Time)
        {
            Add(node.RowsBack != 1, $"RowsBack = {(node.RowsBack is { } back ? back.ToString(CultureInfo.InvariantCulture) : "Execution::OverLayout.Any")}");
            Add(node.RowsAhead != 0, $"RowsAhead = {(node.RowsAhead is { } ahead ? ahead.ToString(CultureInfo.InvariantCulture) : "Execution::OverLayout.Any")}");
            Add(node.Frame is { Unit: FrameUnit.Range, To: > 0 }, $"TimeAhead = {Bound(node.Frame?.To)}");
            Add(node.Forget is not null, $"Forget = {Bound(node.Forget)}");
        }

        return values.Count == 0 ? "" : $" {{ {string.Join(", ", values)} }}";
    }

    /// <summary>The only key of the order, as far as it is apart from others.</summary>
    private static void WriteKey(CodeWriter writer, OperatorContext context, int ordinal)
    {
        RelationColumn column = context.Shape.Scan.Relation.Columns[ordinal];
        string member = "row." + Member(context, ordinal);
        using (writer.Open($"public static bool Key(in {context.InputRow} row, out long key)"))
        {
            if (column.Nullable)
            {
                using (writer.Open($"if ({member} is not {{ }} value)"))
                {
                    writer.Line("key = 0;");
                    writer.Line("return false;");
                }

                writer.Line();
                member = "value";
            }

            string whole = column.Type.Kind == SqlTypeKind.UBigInt ? $"(long)global::System.Math.Min({member}, long.MaxValue)" : ClrForm.FromMember(column.Type, member);
            writer.Line($"key = {whole};");
            writer.Line("return true;");
        }

        writer.Line();
    }

    /// <summary>How far LAG and LEAD look that pass NULLs over.</summary>
    private static void WritePastNulls(CodeWriter writer, OperatorContext context, OverNode node)
    {
        if (node.Release != OverRelease.Time)
        {
            return;
        }

        string Places(string name, string method, string index) => string.Join(", ", node.Functions.Where(f => f.Name == name)
            .Select(f => f.IgnoreNulls && node.Input.Columns[f.Arguments[0]].Nullable
                ? $"Execution::OverRows.{method}(rows, {index}, {f.Number.ToString(CultureInfo.InvariantCulture)}, static (in {context.InputRow} r) => r.{Member(context, f.Arguments[0])} is not null)"
                : $"{index} {(name == "LAG" ? "-" : "+")} {f.Number.ToString(CultureInfo.InvariantCulture)}"));
        if (node.RowsAhead is null)
        {
            string own = node.Frame is { Unit: FrameUnit.Rows, To: > 0 and { } to } ? $", index + {to.ToString(CultureInfo.InvariantCulture)}" : "";
            writer.Line($"public static bool HasAhead(global::System.ReadOnlySpan<{context.InputRow}> rows, int index) => Execution::OverRows.HasAll(rows.Length, {Places("LEAD", "Behind", "index")}{own});");
            writer.Line();
        }

        if (node.RowsBack is null)
        {
            string own = node.Frame is { Unit: FrameUnit.Rows, From: < 0 and { } from } ? $", rows.Length - {(-from).ToString(CultureInfo.InvariantCulture)}" : "";
            writer.Line($"public static int Behind(global::System.ReadOnlySpan<{context.InputRow}> rows) => Execution::OverRows.First({Places("LAG", "Before", "rows.Length")}{own});");
            writer.Line();
        }
    }

    /// <summary>Rows of a partition meet.</summary>
    public static void WriteHash(CodeWriter writer, OperatorContext context, IReadOnlyList<int> columns) =>
        writer.Line($"public override uint KeyHash(in {context.InputRow} row) => State::KeyHash.Route({Hashes(context, columns)});");

    /// <summary>The hash of some columns of a row.</summary>
    public static string Hashes(OperatorContext context, IReadOnlyList<int> columns) =>
        columns.Count == 0 ? "0" : columns.Select(o => Hash(context, o)).Aggregate((a, b) => $"State::KeyHash.Combine({a}, {b})");

    private static string Hash(OperatorContext context, int ordinal)
    {
        RelationColumn column = context.Shape.Scan.Relation.Columns[ordinal];
        string member = "row." + Member(context, ordinal);
        string value = "key" + ordinal.ToString(CultureInfo.InvariantCulture);
        return column.Type.IsNested ? $"{Values}.Hash((object?)({member} is {{ }} {value} ? {ClrForm.FromMember(column.Type, value)} : null))" : $"{Values}.Hash({member})";
    }

    /// <summary>The member of a column.</summary>
    public static string Member(OperatorContext context, int ordinal) => Identifiers.Escape(context.Shape.Scan.Relation.Columns[ordinal].ClrName);

    private static void WriteCompare(CodeWriter writer, OperatorContext context, string name, IEnumerable<(int Ordinal, bool Descending, bool NullsFirst, bool IsKey)> keys)
    {
        string[] orders = [.. keys.Select(k => Compare(context, k.Ordinal, k.Descending, k.NullsFirst, k.IsKey))];
        string header = $"public static int {name}(in {context.InputRow} a, in {context.InputRow} b)";
        if (orders.Length < 2)
        {
            writer.Line($"{header} => {(orders.Length == 0 ? "0" : orders[0])};");
            writer.Line();
            return;
        }

        using (writer.Open(header))
        {
            writer.Line($"int order = {orders[0]};");
            foreach (string order in orders.Skip(1))
            {
                writer.Line($"order = order != 0 ? order : {order};");
            }

            writer.Line("return order;");
        }

        writer.Line();
    }

    /// <summary>Whether two rows, <c>a</c> and <c>b</c>, have the same in a column.</summary>
    public static string Equal(OperatorContext context, int ordinal) => context.Shape.Scan.Relation.Columns[ordinal].Type.IsNested
        ? Compare(context, ordinal, false, false, isKey: true) + " == 0"
        : $"{Values}.AreEqual(a.{Member(context, ordinal)}, b.{Member(context, ordinal)})";

    /// <summary>The order of a column of <c>a</c> and <c>b</c>.</summary>
    public static string Compare(OperatorContext context, int ordinal, bool descending, bool nullsFirst, bool isKey)
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
            case "NTH_VALUE":
                string taken = context.Row.Members[output].ClrType;
                string nth = $"place.From + {(function.Number - 1).ToString(CultureInfo.InvariantCulture)}";
                return $"{nth} < place.To ? ({taken})rows[{nth}].{Member(context, function.Arguments[0])} : default({taken})";
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
