using Laminar.Generators.Emit.Operators;
using Laminar.Sql;

namespace Laminar.Generators.Emit;

/// <summary>
/// LATE DATA TO: a class nested in the query's, by which late rows are read as a query of their own (<c>Vwap.LateTrades.AddTo(runtime)</c>), and a member of a query by itself.
/// </summary>
internal static class LateEmitter
{
    private const string Hidden = "[global::System.ComponentModel.EditorBrowsable(global::System.ComponentModel.EditorBrowsableState.Never)]";

    public static string ClassOf(OperatorContext context) => QuerySignature.LateClass(context.Request.Plan.LateTo!, context.Request.ClassName);

    /// <summary>Into the query class.</summary>
    /// <param name="writer">Where to.</param>
    /// <param name="context">The query.</param>
    public static void WriteClass(CodeWriter writer, OperatorContext context)
    {
        string row = context.Row.TypeName;
        string input = context.InputRow;
        string name = context.Request.Plan.LateTo!;
        string definition = $"Execution::QueryDefinition<{input}>";
        writer.Line($"/// <summary>LATE DATA TO <c>{OperatorFrame.Comment(name)}</c>: rows that came too late for at least one of their windows.</summary>");
        using (writer.Open($"public static class {ClassOf(context)}"))
        {
            writer.Line("/// <summary>What is known of them.</summary>");
            writer.Line("public static Laminar::QueryInfo Info => Definition.Info;");
            writer.Line();
            writer.Line("/// <summary>The late rows as a runtime adds them.</summary>");
            writer.Line(Hidden);
            writer.Line($"public static {definition} Definition {{ get; }} = new Execution::LateDefinition<{input}, {row}>({context.QualifiedClass}.Definition, {Identifiers.Literal(name)});");
            writer.Line();
            writer.Line("/// <summary>Adds the late rows to a runtime, with the query if it isn't there yet, or answers with the handle they have there already.</summary>");
            writer.Line($"public static Laminar::QueryHandle<{input}> AddTo(Laminar::ILaminarRuntime runtime) => runtime.AddQuery(Definition);");
        }

        writer.Line();
    }

    /// <summary>Into the query by itself.</summary>
    public static void WriteMember(CodeWriter writer, OperatorContext context)
    {
        string input = context.InputRow;
        writer.Line($"/// <summary>LATE DATA TO <c>{OperatorFrame.Comment(context.Request.Plan.LateTo!)}</c>: called for each row that came too late for at least one of its windows, behind the batch it came in. Null: they are only counted.</summary>");
        using (writer.Open($"public global::System.Action<{input}>? {ClassOf(context)}"))
        {
            writer.Line("set => HandOnLate(value);");
        }

        writer.Line();
    }
}
