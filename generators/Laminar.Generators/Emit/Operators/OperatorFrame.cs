using Laminar.Generators.Emit.Expressions;
using Laminar.Sql.Catalog;
using Laminar.Sql.Types;

namespace Laminar.Generators.Emit.Operators;

/// <summary>Parts that every generated operator has.</summary>
internal static class OperatorFrame
{
    private const string Execution = "Execution::";

    /// <summary>The three ways in, all to one loop.</summary>
    /// <param name="writer">Where to.</param>
    /// <param name="context">The query.</param>
    /// <param name="op">The type of the operator that a shape gets; null in an operator itself.</param>
    public static void WriteRuns(CodeWriter writer, OperatorContext context, string? op = null)
    {
        string row = context.InputRow;
        bool stamped = context.Shape.BringsStamps;
        string header = op is null ? "protected override void Run(" : $"public void Run({op} op, ";
        string pass = op is null ? "" : "op, ";
        writer.Line($"{header}global::System.ReadOnlySpan<{row}> rows, int start) => {(stamped
            ? $"Loop({pass}new StampedRows(rows, Stamps({pass}new Rows(rows), start), long.MaxValue), start);"
            : $"Loop({pass}new {context.Inputs}Rows(rows), start);")}");
        writer.Line();
        writer.Line($"{header}global::System.ReadOnlySpan<{row}> rows, global::System.ReadOnlySpan<long> watermarks, long ceiling, int start) =>");
        writer.Line($"    Loop({pass}new {context.Inputs}StampedRows(rows, watermarks, ceiling), start);");
        writer.Line();
        if (context.Shape.Scan.Relation.Kind == RelationKind.Source)
        {
            writer.Line($"{header}ref Laminar::ArrowRowReader reader, Laminar::ArrowScratch scratch, int start) =>");
            writer.Line(stamped
                ? $"    Loop({pass}{InputEmitter.NewColumns(context, $", Stamps({pass}{InputEmitter.NewColumns(context, ", default")}, start)")}, start);"
                : $"    Loop({pass}{InputEmitter.NewColumns(context)}, start);");
            writer.Line();
            writer.Line($"{(op is null ? "protected override" : "public static")} {Execution}SourceRows? Source => {Execution}SourceRows.Of<{row}>();");
            writer.Line();
        }

        if (stamped)
        {
            WriteStamps(writer, context, op);
        }
    }

    private static void WriteStamps(CodeWriter writer, OperatorContext context, string? op)
    {
        writer.Line("/// <summary>The watermark before each row. Worked out once, and not again for what is left of a batch behind a row that fails.</summary>");
        string pass = op is null ? "" : "op.";
        using (writer.Open($"private {(op is null ? "" : "static ")}global::System.ReadOnlySpan<long> Stamps<TInput>({(op is null ? "" : op + " op, ")}TInput input, int start)\n    where TInput : struct, IInput, allows ref struct"))
        {
            writer.Line($"global::System.Span<long> stamps = {pass}OwnStamps(start, input.Count, out int from);");
            using (writer.Open("for (int i = from; i < stamps.Length; i++)"))
            {
                EmittedValue own = context.Read(writer, context.Shape.WatermarkColumn!.Value, "own");
                string before = Before(own, context.Shape);
                writer.Line($"stamps[i] = {pass}TakeOwn({(own.Null is null ? before : $"{own.Null} ? long.MinValue : {before}")});");
            }

            writer.Line("return stamps;");
        }

        writer.Line();
    }

    /// <summary>What a shape says to the operator that runs it.</summary>
    public static void WriteTraits(CodeWriter writer, OperatorContext context)
    {
        if (context.Request.Errors is { } errors)
        {
            writer.Line($"public static {Execution}QueryErrors? Errors {{ get; }} = {Errors(errors)};");
            writer.Line();
        }

        if (context.CallsFunctions)
        {
            writer.Line("public static string FunctionName(int call) => FunctionNames[call - 1];");
            writer.Line();
        }
    }

    private static string Errors(Laminar.Sql.Plan.OwnErrors errors) =>
        $"new {Execution}QueryErrors(Laminar::ErrorPolicy.{errors.Action}{(errors.DeadLetterPath is { } file ? ", " + Identifiers.Literal(file) : "")})";

    /// <summary>Opens an operator that hands on rows.</summary>
    /// <param name="writer">Where to.</param>
    /// <param name="summary">What it does.</param>
    /// <param name="name">The class.</param>
    /// <param name="baseClass">With the arguments of its constructor.</param>
    /// <param name="output">The row that it hands on.</param>
    /// <param name="context">Of its query.</param>
    public static CodeWriter.Block OpenOperator(CodeWriter writer, string summary, string name, string baseClass, string output, OperatorContext context)
    {
        writer.Line($"/// <summary>{summary}</summary>");
        CodeWriter.Block block = writer.Open($"internal sealed class {name}<TOut>(TOut to) : {baseClass}{(name == "Operator" ? $", {Execution}IRowsTo<TOut>" : "")}\n    where TOut : struct, {Execution}IRowOutput<{output}>");
        writer.Line("/// <summary>Where rows go; a struct that lives here.</summary>");
        writer.Line("public TOut Output = to;");
        writer.Line();
        if (name == "Operator")
        {
            writer.Line($"ref TOut {Execution}IRowsTo<TOut>.Output => ref Output;");
            writer.Line();
        }

        writer.Line("protected override void Progress(long watermark) => Output.Watermark(watermark);");
        writer.Line();
        WriteOverrides(writer, context);
        return block;
    }

    /// <summary>What an operator says about its errors and its functions.</summary>
    public static void WriteOverrides(CodeWriter writer, OperatorContext context)
    {
        if (context.Request.Errors is { } errors)
        {
            writer.Line($"public override {Execution}QueryErrors? Errors {{ get; }} = {Errors(errors)};");
            writer.Line();
        }

        if (context.CallsFunctions)
        {
            writer.Line("protected override string FunctionName(int call) => FunctionNames[call - 1];");
            writer.Line();
        }
    }

    /// <summary>The watermark that a row's own event time gives, by the source's declaration.</summary>
    public static string Before(EmittedValue time, QueryShape shape)
    {
        long delay = shape.Scan.Relation.Watermark!.Delay;
        return time.Type.Kind == SqlTypeKind.BigInt
            ? $"Execution::RowTime.Before({time.Code}, {Identifiers.Literal(delay)})"
            : delay == 0 ? time.Code : $"({time.Code} - {Identifiers.Literal(delay)})";
    }

    /// <summary>SQL text on one comment line.</summary>
    public static string Comment(string text) => text.Replace("\r", " ").Replace("\n", " ");
}
