using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using Laminar.Generators.Emit.Expressions;
using Laminar.Sql.Binding;
using Laminar.Sql.Catalog;
using Laminar.Sql.Plan;

namespace Laminar.Generators.Emit.Operators;

/// <summary>A join: keys, times, condition and output of its two sides. What keeps their rows is in the library.</summary>
internal static class JoinEmitter
{
    private const string Members = "Execution::RowMembers";

    public static void Write(CodeWriter writer, OperatorContext context, ScanNode scan)
    {
        JoinSpec join = scan.Join!;
        (string left, string right) = context.JoinRows;
        string output = context.Row.TypeName;
        writer.Line($"// {OperatorFrame.Comment(PlanText.Join(scan))}");
        writer.Line("/// <summary>The two sides, and what is made of them.</summary>");
        string kind = join.Pick != JoinPick.All ? join.NeedsAnswersThatChange ? "AsofChange" : "Join" : join.IsUpdating ? "UpdatingJoin" : "Join";
        using (writer.Open($"internal readonly struct Shape : Execution::I{kind}Shape<{left}, {right}, {output}>"))
        {
            WriteKey(writer, scan, 0, left, join.LeftKeys);
            WriteKey(writer, scan, 1, right, join.RightKeys);
            writer.Line($"public static long Time(in {left} row) => {(join.Bound is { } l ? Time(scan, 0, l.LeftTime) : "0")};");
            writer.Line();
            writer.Line($"public static long Time(in {right} row) => {(join.Bound is { } r ? Time(scan, 1, r.RightTime) : "0")};");
            writer.Line();
            string same = string.Join(" && ", join.LeftKeys.Select((k, i) => Equal(scan, k, join.RightKeys[i])));
            writer.Line($"public static bool IsSameKey(in {left} left, in {right} right) => {(same.Length == 0 ? "true" : same)};");
            writer.Line();
            string twin = string.Join(" && ", join.RightKeys.Select(k => Equal(scan, 1, k, "a", "b")));
            writer.Line($"public static bool IsSameKey(in {right} a, in {right} b) => {(twin.Length == 0 ? "true" : twin)};");
            writer.Line();
            WriteMatch(writer, context, scan);
            writer.Line($"public static {output} Make(in {left} left, in {right} right, Execution::JoinSide sides) =>");
            IReadOnlyList<BoundExpression>? selected = (context.Shape.Before.FirstOrDefault() as ProjectNode)?.Expressions;
            int[] columns = selected?.Select(e => ((BoundColumn)e).Ordinal).ToArray() ?? Enumerable.Range(0, scan.Columns.Count).ToArray();
            writer.Line($"    {RowEmitter.Construct(context.Row, columns.Select((c, i) => Output(context, scan, c, i)).ToArray())};");
            if (kind != "Join")
            {
                writer.Line();
                WriteChanges(writer, context, scan, kind == "UpdatingJoin");
            }
        }

        writer.Line();
        JoinBound? bound = join.Bound;
        string low = bound is null || bound.Low == long.MinValue ? "long.MinValue" : Identifiers.Literal(bound.Low);
        string high = bound is null || bound.High == long.MaxValue ? "long.MaxValue" : Identifiers.Literal(bound.High);
        string[] arguments =
        [
            Identifiers.Literal(context.Request.QueryName), Identifiers.Literal(context.Fingerprint), low, high, Identifiers.Literal(bound?.LeftLag ?? 0), Identifiers.Literal(bound?.RightLag ?? 0),
            Identifiers.Literal(bound is not null), Identifiers.Literal(join.KeepsLeft), Identifiers.Literal(join.KeepsRight),
            $"Execution::JoinPairs.{(join.Type == JoinType.Semi ? "First" : join.Type == JoinType.Anti ? "None" : "All")}", $"Execution::JoinChoice.{join.Pick}",
        ];
        writer.Line($"private static readonly Execution::JoinLayout Layout = new({string.Join(", ", arguments)});");
        writer.Line();
        writer.Line("/// <summary>The join.</summary>");
        string library = kind == "AsofChange" ? "AsofChanges" : kind == "Join" && join.Pick != JoinPick.All ? "Asof" : kind;
        writer.Line($"internal sealed class Operator<TOut>(TOut output) : Execution::{library}Operator<{left}, {right}, {output}, Shape, TOut>(Layout, {(kind == "AsofChange" ? Identifiers.Literal(!join.IsUpdating) + ", " : "")}output)");
        using (writer.Open($"    where TOut : struct, Execution::IRowOutput<{output}>"))
        {
            OperatorFrame.WriteOverrides(writer, context);
        }

        writer.Line();
    }

    /// <summary>What a join needs besides whose result changes.</summary>
    private static void WriteChanges(CodeWriter writer, OperatorContext context, ScanNode scan, bool keepsRows)
    {
        if (!keepsRows)
        {
            ChangesEmitter.WriteResults(writer, context);
            return;
        }

        string[] rows = [context.JoinRows.Left, context.JoinRows.Right];
        string twin = string.Join(" && ", scan.Join!.LeftKeys.Select(k => Equal(scan, 0, k, "a", "b")));
        writer.Line($"public static bool IsSameKey(in {rows[0]} a, in {rows[0]} b) => {(twin.Length == 0 ? "true" : twin)};");
        writer.Line();
        for (int side = 0; side < 2; side++)
        {
            if (scan.Inner[side].Plan.IsUpdating)
            {
                writer.Line($"public static Laminar::RowKind KindOf(in {rows[side]} row) => row.Kind;");
                writer.Line();
            }

            string same = string.Join(" && ", Enumerable.Range(0, scan.Inner[side].Plan.Columns.Count).Select(c => Equal(scan, side, c, "a", "b")));
            writer.Line($"public static bool IsSameRow(in {rows[side]} a, in {rows[side]} b) => {same};");
            writer.Line();
        }

        ChangesEmitter.WriteResults(writer, context);
    }

    /// <summary>Rows with equal keys meet.</summary>
    public static void WriteHash(CodeWriter writer, OperatorContext context)
    {
        writer.Line($"public override uint KeyHash(in {context.InputRow} row) => row.IsRight");
        writer.Line("    ? (Shape.HasKey(in row.Right, out uint hash) ? State::KeyHash.Route(hash) : 0)");
        writer.Line("    : (Shape.HasKey(in row.Left, out hash) ? State::KeyHash.Route(hash) : 0);");
    }

    private static PlanColumn Column(ScanNode scan, int side, int ordinal) => scan.Inner[side].Plan.Columns[ordinal];

    private static string Member(ScanNode scan, int side, int ordinal) => Identifiers.Escape(OutputNames.Of(Column(scan, side, ordinal).Name, "Row"));

    private static string Time(ScanNode scan, int side, int ordinal) => ClrForm.FromMember(Column(scan, side, ordinal).Type, "row." + Member(scan, side, ordinal));

    private static void WriteKey(CodeWriter writer, ScanNode scan, int side, string row, IReadOnlyList<int> keys)
    {
        using (writer.Open($"public static bool HasKey(in {row} row, out uint hash)"))
        {
            string[] nulls = keys.Where(k => Column(scan, side, k).Nullable).Select(k => $"row.{Member(scan, side, k)} is null").ToArray();
            if (nulls.Length > 0)
            {
                using (writer.Open($"if ({string.Join(" || ", nulls)})"))
                {
                    writer.Line("hash = 0;");
                    writer.Line("return false;");
                }

                writer.Line();
            }

            string hash = keys.Count == 0 ? "0" : keys.Select(k => Hash(scan, side, k)).Aggregate((a, b) => $"State::KeyHash.Combine({a}, {b})");
            writer.Line($"hash = {hash};");
            writer.Line("return true;");
        }

        writer.Line();
    }

    private static string Hash(ScanNode scan, int side, int key)
    {
        PlanColumn column = Column(scan, side, key);
        string member = "row." + Member(scan, side, key);
        string value = "key" + key.ToString(CultureInfo.InvariantCulture);
        return column.Type.IsNested ? $"{Members}.Hash((object?)({member} is {{ }} {value} ? {ClrForm.FromMember(column.Type, value)} : null))" : $"{Members}.Hash({member})";
    }

    private static string Equal(ScanNode scan, int side, int key, string a, string b)
    {
        PlanColumn column = Column(scan, side, key);
        string member = Member(scan, side, key);
        string Of(string row) => column.Type.IsNested ? $"({row}.{member} is {{ }} {row}{key} ? {ClrForm.FromMember(column.Type, row + key.ToString(CultureInfo.InvariantCulture))} : null)" : $"{row}.{member}";
        return column.Type.IsNested ? $"{Members}.CompareKeys({Of(a)}, {Of(b)}) == 0" : $"{Members}.AreEqual({Of(a)}, {Of(b)})";
    }

    private static string Equal(ScanNode scan, int left, int right)
    {
        PlanColumn column = Column(scan, 0, left);
        string Of(string row, int side, int ordinal) => column.Type.IsNested
            ? $"({row}.{Member(scan, side, ordinal)} is {{ }} {row}{ordinal} ? {ClrForm.FromMember(column.Type, row + ordinal.ToString(CultureInfo.InvariantCulture))} : null)"
            : $"{row}.{Member(scan, side, ordinal)}";
        return column.Type.IsNested
            ? $"{Members}.CompareKeys({Of("left", 0, left)}, {Of("right", 1, right)}) == 0"
            : $"{Members}.AreEqual({Of("left", 0, left)}, {Of("right", 1, right)})";
    }

    private static void WriteMatch(CodeWriter writer, OperatorContext context, ScanNode scan)
    {
        (string left, string right) = context.JoinRows;
        BoundExpression? residual = scan.Join!.Residual;
        writer.Line($"public static bool CanFail => {Identifiers.Literal(residual is not null && Failure.Possible(residual))};");
        writer.Line();
        string header = $"public static bool IsMatch(in {left} left, in {right} right)";
        if (residual is null)
        {
            writer.Line($"{header} => true;");
            writer.Line();
            return;
        }

        using (writer.Open(header))
        using (writer.Open("unchecked"))
        {
            if (QueryShape.CallsAny(residual))
            {
                writer.Line("int Calling = 0;");
            }

            NameTable names = OperatorContext.Locals();
            int width = scan.Inner[0].Plan.Columns.Count;
            var scope = new RowScope(ordinal => Read(writer, scan, ordinal < width ? 0 : 1, ordinal < width ? ordinal : ordinal - width, names));
            writer.Line($"return {context.EvaluateTruth(writer, scope, names, residual)};");
        }

        writer.Line();
    }

    private static EmittedValue Read(CodeWriter writer, ScanNode scan, int side, int ordinal, NameTable names)
    {
        PlanColumn column = Column(scan, side, ordinal);
        string member = $"{(side == 0 ? "left" : "right")}.{Member(scan, side, ordinal)}";
        return ClrForm.WriteRead(writer, column.Type, column.Nullable, member, names.Local(column.Name), names.Local(column.Name + "_value"));
    }

    private static string Output(OperatorContext context, ScanNode scan, int column, int output)
    {
        int width = scan.Inner[0].Plan.Columns.Count;
        bool isLeft = column < width;
        string value = isLeft ? "left." + Member(scan, 0, column) : "right." + Member(scan, 1, column - width);
        bool canMiss = isLeft ? scan.Join!.KeepsRight : scan.Join!.Type is not (JoinType.Inner or JoinType.Right);
        string type = context.Row.Members[output].ClrType;
        return canMiss ? $"sides == Execution::JoinSide.{(isLeft ? "Right" : "Left")} ? default({type}) : ({type}){value}" : value;
    }
}
