using Laminar.Generators.Emit.Expressions;
using Laminar.Sql.Catalog;
using Laminar.Sql.Types;

namespace Laminar.Generators.Emit.Operators;

/// <summary>Parts that every generated operator has.</summary>
internal static class OperatorFrame
{
    /// <summary>The three ways in, all to one loop.</summary>
    public static void WriteRuns(CodeWriter writer, OperatorContext context)
    {
        string row = context.InputRow;
        writer.Line($"protected override void Run(global::System.ReadOnlySpan<{row}> rows, int start) => Loop(new Rows(rows), start);");
        writer.Line();
        writer.Line($"protected override void Run(global::System.ReadOnlySpan<{row}> rows, global::System.ReadOnlySpan<long> watermarks, long ceiling, int start) =>");
        writer.Line("    Loop(new StampedRows(rows, watermarks, ceiling), start);");
        writer.Line();
        if (context.Shape.Scan.Relation.Kind == RelationKind.Source)
        {
            using (writer.Open("protected override void Run(global::Apache.Arrow.RecordBatch batch, int start)"))
            {
                writer.Line($"var reader = new global::Laminar.ArrowRowReader(global::Laminar.Execution.RowSchemas.Of<{row}>(), batch, _texts ??= global::Laminar.TextCache.PerColumn(global::Laminar.Execution.RowSchemas.Of<{row}>()));");
                using (writer.Open("try"))
                {
                    writer.Line("Loop(new Columns(ref reader, _scratch ??= new global::Laminar.ArrowScratch()), start);");
                }

                using (writer.Open("finally"))
                {
                    writer.Line("reader.Dispose();");
                }
            }

            writer.Line();
            writer.Line($"protected override string Describe(global::Apache.Arrow.RecordBatch batch, int row) => global::Laminar.Execution.RowText.Of<{row}>(batch, row);");
            writer.Line();
        }
    }

    /// <summary>The watermark that a row's own event time gives, by the source's declaration.</summary>
    public static string Before(EmittedValue time, QueryShape shape)
    {
        long delay = shape.Scan.Relation.Watermark!.Delay;
        return time.Type.Kind == SqlTypeKind.BigInt
            ? $"global::Laminar.Execution.RowTime.Before({time.Code}, {Identifiers.Literal(delay)})"
            : delay == 0 ? time.Code : $"({time.Code} - {Identifiers.Literal(delay)})";
    }

    /// <summary>SQL text on one comment line.</summary>
    public static string Comment(string text) => text.Replace("\r", " ").Replace("\n", " ");
}
