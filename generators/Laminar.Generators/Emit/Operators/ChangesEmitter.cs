using System.Linq;
using Laminar.Generators.Emit.Expressions;
using Laminar.Generators.Model;
using Laminar.Sql.Binding;
using Laminar.Sql.Catalog;
using Laminar.Sql.Plan;
using Laminar.Sql.Types;

namespace Laminar.Generators.Emit.Operators;

/// <summary>Conditions and columns over rows that change. What makes steps of them is in the library.</summary>
internal static class ChangesEmitter
{
    private const string Members = "Execution::RowMembers";

    public static void Write(CodeWriter writer, OperatorContext context)
    {
        string input = context.InputRow;
        string output = context.Row.TypeName;
        writer.Line("/// <summary>The query's conditions and columns.</summary>");
        using (writer.Open(context.Shape.Fans ? $"internal readonly struct Shape() : Execution::IChangeFanShape<{input}, {output}>" : $"internal readonly struct Shape : Execution::IChangeShape<{input}, {output}>"))
        {
            context.Op = "op.";
            if (context.Shape.Fans)
            {
                WriteFan(writer, context);
            }
            else
            {
                WriteMake(writer, context);
            }

            context.Op = "";
            writer.Line();
            WriteResults(writer, context);
        }

        writer.Line();
        writer.Line("/// <summary>The query over its direct input.</summary>");
        string kind = context.Shape.Fans ? "ChangeFan" : context.Shape.ChangesOfSource ? "ChangeSource" : "ChangeRows";
        writer.Line($"internal sealed class Operator<TOut>(TOut output) : Execution::{kind}Operator<{input}, {output}, Shape, TOut>({Identifiers.Literal(context.Request.QueryName)}, output)");
        using (writer.Open($"    where TOut : struct, Execution::IRowOutput<{output}>"))
        {
            OperatorFrame.WriteOverrides(writer, context);
        }

        writer.Line();
    }

    private static void WriteMake(CodeWriter writer, OperatorContext context)
    {
        using (writer.Open($"public static bool TryMake(Execution::EvaluationContext op, in {context.InputRow} row, Laminar::RowKind kind, out {context.Row.TypeName} result)"))
        using (writer.Open("unchecked"))
        {
            WriteSteps(writer, context);
        }
    }

    /// <summary>Several rows of one.</summary>
    private static void WriteFan(CodeWriter writer, OperatorContext context)
    {
        RowSteps.WriteLines(writer, context);
        using (writer.Open($"public void Make(Execution::EvaluationContext op, in {context.InputRow} row, Laminar::RowKind kind, global::System.Collections.Generic.List<{context.Row.TypeName}> results)"))
        using (writer.Open("unchecked"))
        {
            NameTable names = OperatorContext.Locals();
            void Add(RowScope scope) => writer.Line($"results.Add({context.Construct(Enumerable.Range(0, context.Shape.Plan.Columns.Count).Select(scope.Column).ToArray(), "kind")});");
            new RowSteps(writer, context, names, Add).Write(Scope(writer, context, names));
        }
    }

    /// <summary>Whether two output rows are equal, and one of another kind.</summary>
    public static void WriteResults(CodeWriter writer, OperatorContext context)
    {
        string output = context.Row.TypeName;
        string[] same = context.Row.Members.Select((m, i) => Same(m, i)).ToArray();
        writer.Line($"public static bool IsSame(in {output} a, in {output} b) => {(same.Length == 0 ? "true" : string.Join(" && ", same))};");
        writer.Line();
        string[] members = context.Row.Members.Select(m => "row." + Identifiers.Escape(m.Access)).ToArray();
        writer.Line($"public static {output} As(in {output} row, Laminar::RowKind kind) => {RowEmitter.Construct(context.Row, members, "kind")};");
        writer.Line();
    }

    /// <summary>The columns of the scan, each read off the row when first needed.</summary>
    public static RowScope Scope(CodeWriter writer, OperatorContext context, NameTable names) => new(ordinal =>
    {
        RelationColumn column = context.Shape.Scan.Relation.Columns[ordinal];
        return ClrForm.WriteRead(writer, column.Type, column.Nullable, "row." + Identifiers.Escape(column.ClrName), names.Local(column.Name), names.Local(column.Name + "_value"));
    });

    private static void WriteSteps(CodeWriter writer, OperatorContext context)
    {
        NameTable names = OperatorContext.Locals();
        RowScope scope = Scope(writer, context, names);
        foreach (PlanNode node in context.Shape.Before)
        {
            if (node is ProjectNode project)
            {
                scope = scope.Over(project, below => context.Expressions(writer, below, names));
                continue;
            }

            BoundExpression predicate = ((FilterNode)node).Predicate;
            writer.Line($"// WHERE {OperatorFrame.Comment(ExpressionPrinter.Print(predicate))}");
            using (writer.Open($"if (!({context.EvaluateTruth(writer, scope, names, predicate)}))"))
            {
                writer.Line("result = default!;");
                writer.Line("return false;");
            }

            writer.Line();
        }

        EmittedValue[] values = Enumerable.Range(0, context.Shape.Plan.Columns.Count).Select(scope.Column).ToArray();
        writer.Line($"result = {context.Construct(values, "kind")};");
        writer.Line("return true;");
    }

    private static string Same(RowMember member, int place)
    {
        string Of(string row) => member.Type.IsNested
            ? $"({row}.{Identifiers.Escape(member.Access)} is {{ }} {row}{place} ? {ClrForm.FromMember(member.Type, $"{row}{place}")} : null)"
            : $"{row}.{Identifiers.Escape(member.Access)}";
        return member.Type.IsNested ? $"{Members}.CompareKeys({Of("a")}, {Of("b")}) == 0" : $"{Members}.Compare({Of("a")}, {Of("b")}, false, false) == 0";
    }
}
