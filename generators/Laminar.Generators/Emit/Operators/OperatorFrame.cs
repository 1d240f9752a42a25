using Laminar.Generators.Emit.Expressions;
using Laminar.Sql.Catalog;
using Laminar.Sql.Types;

namespace Laminar.Generators.Emit.Operators;

/// <summary>Parts that every generated operator has.</summary>
internal static class OperatorFrame
{
    private const string Execution = "Execution::";

    /// <summary>The three ways in, all to one loop.</summary>
    public static void WriteRuns(CodeWriter writer, OperatorContext context)
    {
        string row = context.InputRow;
        bool stamped = context.Shape.BringsStamps;
        writer.Line($"protected override void Run(global::System.ReadOnlySpan<{row}> rows, int start) => {(stamped
            ? "Loop(new StampedRows(rows, Stamps(new Rows(rows), start), long.MaxValue), start);"
            : $"Loop(new {context.Inputs}Rows(rows), start);")}");
        writer.Line();
        writer.Line($"protected override void Run(global::System.ReadOnlySpan<{row}> rows, global::System.ReadOnlySpan<long> watermarks, long ceiling, int start) =>");
        writer.Line($"    Loop(new {context.Inputs}StampedRows(rows, watermarks, ceiling), start);");
        writer.Line();
        if (context.Shape.Scan.Relation.Kind == RelationKind.Source)
        {
            writer.Line("protected override void Run(ref Laminar::ArrowRowReader reader, Laminar::ArrowScratch scratch, int start) =>");
            writer.Line(stamped
                ? $"    Loop({InputEmitter.NewColumns(context, $", Stamps({InputEmitter.NewColumns(context, ", default")}, start)")}, start);"
                : $"    Loop({InputEmitter.NewColumns(context)}, start);");
            writer.Line();
            writer.Line($"protected override {Execution}SourceRows? Source => {Execution}SourceRows.Of<{row}>();");
            writer.Line();
        }

        if (stamped)
        {
            WriteStamps(writer, context);
        }
    }

    private static void WriteStamps(CodeWriter writer, OperatorContext context)
    {
        writer.Line("/// <summary>The watermark before each row. Worked out once, and not again for what is left of a batch behind a row that fails.</summary>");
        using (writer.Open("private global::System.ReadOnlySpan<long> Stamps<TInput>(TInput input, int start)\n    where TInput : struct, IInput, allows ref struct"))
        {
            writer.Line("global::System.Span<long> stamps = OwnStamps(start, input.Count, out int from);");
            using (writer.Open("for (int i = from; i < stamps.Length; i++)"))
            {
                EmittedValue own = context.Read(writer, context.Shape.WatermarkColumn!.Value, "own");
                string before = Before(own, context.Shape);
                writer.Line($"stamps[i] = TakeOwn({(own.Null is null ? before : $"{own.Null} ? long.MinValue : {before}")});");
            }

            writer.Line("return stamps;");
        }

        writer.Line();
    }

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
        if (context.Request.Errors is { } errors)
        {
            string path = errors.DeadLetterPath is { } file ? ", " + Identifiers.Literal(file) : "";
            writer.Line($"public override {Execution}QueryErrors? Errors {{ get; }} = new {Execution}QueryErrors(Laminar::ErrorPolicy.{errors.Action}{path});");
            writer.Line();
        }

        if (context.CallsFunctions)
        {
            writer.Line("protected override string FunctionName(int call) => FunctionNames[call - 1];");
            writer.Line();
        }

        return block;
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
