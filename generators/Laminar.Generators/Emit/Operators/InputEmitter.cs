using System.Linq;
using Laminar.Generators.Emit.Expressions;
using Laminar.Sql.Catalog;
using Laminar.Sql.Types;

namespace Laminar.Generators.Emit.Operators;

/// <summary>The struct accessors that one loop is specialised with: rows, rows with watermarks, columns of an Arrow batch.</summary>
internal static class InputEmitter
{
    private const string Inline = "[global::System.Runtime.CompilerServices.MethodImpl(global::System.Runtime.CompilerServices.MethodImplOptions.AggressiveInlining)]";

    public static void Write(CodeWriter writer, OperatorContext context)
    {
        RelationColumn[] columns = context.Shape.Scan.Relation.Columns.ToArray();
        writer.Line("/// <summary>How a loop reads its input: one method per column that the query uses, in the form in which it computes.</summary>");
        using (writer.Open("private interface IInput : global::Laminar.Execution.IBatchInput"))
        {
            foreach (int ordinal in context.Shape.UsedColumns)
            {
                writer.Line($"{ClrForm.Of(columns[ordinal].Type, columns[ordinal].Nullable)} {context.Accessors[ordinal]}(int row);");
            }

            if (context.StoredTime is not null)
            {
                writer.Line($"long {context.StoredTime}(int row);");
            }
        }

        writer.Line();
        WriteRows(writer, context, columns, stamped: false);
        writer.Line();
        WriteRows(writer, context, columns, stamped: true);
        if (context.Shape.Scan.Relation.Kind == RelationKind.Source)
        {
            writer.Line();
            WriteColumns(writer, context, columns);
        }

        writer.Line();
    }

    private static void WriteRows(CodeWriter writer, OperatorContext context, RelationColumn[] columns, bool stamped)
    {
        string row = context.InputRow;
        string parameters = stamped
            ? $"global::System.ReadOnlySpan<{row}> rows, global::System.ReadOnlySpan<long> watermarks, long ceiling"
            : $"global::System.ReadOnlySpan<{row}> rows";
        writer.Line(stamped ? "/// <summary>Rows that were cut out of several streams: each brings its watermark.</summary>" : "/// <summary>Rows as they come from the source.</summary>");
        using (writer.Open($"private readonly ref struct {(stamped ? "StampedRows" : "Rows")}({parameters}) : IInput"))
        {
            writer.Line($"private readonly ref {row} _first = ref global::System.Runtime.InteropServices.MemoryMarshal.GetReference(rows);");
            if (stamped)
            {
                writer.Line("private readonly ref long _firstWatermark = ref global::System.Runtime.InteropServices.MemoryMarshal.GetReference(watermarks);");
                writer.Line("private readonly long _ceiling = ceiling;");
            }

            writer.Line($"public static bool IsStamped => {Identifiers.Literal(stamped)};");
            writer.Line("public int Count { get; } = rows.Length;");
            writer.Line(stamped
                ? "public long WatermarkBefore(int row) => global::System.Math.Min(global::System.Runtime.CompilerServices.Unsafe.Add(ref _firstWatermark, row), _ceiling);"
                : "public long WatermarkBefore(int row) => long.MinValue;");
            foreach (int ordinal in context.Shape.UsedColumns)
            {
                RelationColumn column = columns[ordinal];
                string member = $"global::System.Runtime.CompilerServices.Unsafe.Add(ref _first, row).{Identifiers.Escape(column.ClrName)}";
                writer.Line(Inline);
                string header = $"public {ClrForm.Of(column.Type, column.Nullable)} {context.Accessors[ordinal]}(int row)";
                if (!column.Nullable || ClrForm.FromMember(column.Type, "x") == "x")
                {
                    writer.Line($"{header} => {ClrForm.FromMember(column.Type, member)};");
                    continue;
                }

                using (writer.Open(header))
                {
                    writer.Line($"var value = {member};");
                    writer.Line($"return value.HasValue ? {ClrForm.FromMember(column.Type, "value.GetValueOrDefault()")} : default({ClrForm.Of(column.Type, true)});");
                }
            }

            if (context.StoredTime is not null)
            {
                string member = Identifiers.Escape(columns[context.Shape.TimeColumn!.Value].ClrName);
                writer.Line(Inline);
                writer.Line($"public long {context.StoredTime}(int row) => global::Laminar.Execution.RowTime.Stored(global::System.Runtime.CompilerServices.Unsafe.Add(ref _first, row).{member});");
            }
        }
    }

    private static void WriteColumns(CodeWriter writer, OperatorContext context, RelationColumn[] columns)
    {
        writer.Line("/// <summary>An Arrow batch, of which only the columns in use are looked at: numbers and timestamps as arrays, the rest value by value.</summary>");
        bool stamped = context.Shape.BringsStamps;
        using (writer.Open($"private readonly ref struct Columns(ref global::Laminar.ArrowRowReader reader, global::Laminar.ArrowScratch scratch{(stamped ? ", global::System.ReadOnlySpan<long> watermarks" : "")}) : IInput"))
        {
            if (stamped)
            {
                writer.Line("private readonly ref long _firstWatermark = ref global::System.Runtime.InteropServices.MemoryMarshal.GetReference(watermarks);");
            }

            writer.Line("private readonly ref global::Laminar.ArrowRowReader _reader = ref reader;");
            foreach (int ordinal in context.Shape.UsedColumns.Where(o => IsArray(columns[o].Type)))
            {
                RelationColumn column = columns[ordinal];
                if (IsTicks(column))
                {
                    writer.Line($"private readonly global::Laminar.TickColumn _column{ordinal} = scratch.Ticks(ref reader, {ordinal});");
                    continue;
                }

                string type = ClrForm.Of(column.Type);
                string get = column.Type.IsTimestamp
                    ? "NullableTicks"
                    : column.Nullable ? $"NullableValues<{type}>" : $"Values<{type}>";
                writer.Line($"private readonly ref {ClrForm.Of(column.Type, column.Nullable)} _column{ordinal} = ref scratch.{get}(ref reader, {ordinal});");
            }

            writer.Line($"public static bool IsStamped => {Identifiers.Literal(stamped)};");
            writer.Line("public int Count { get; } = reader.RowCount;");
            writer.Line(stamped
                ? "public long WatermarkBefore(int row) => global::System.Runtime.CompilerServices.Unsafe.Add(ref _firstWatermark, row);"
                : "public long WatermarkBefore(int row) => long.MinValue;");
            if (context.StoredTime is not null)
            {
                writer.Line(Inline);
                writer.Line($"public long {context.StoredTime}(int row) => {context.Accessors[context.Shape.TimeColumn!.Value]}(row);");
            }

            foreach (int ordinal in context.Shape.UsedColumns)
            {
                RelationColumn column = columns[ordinal];
                writer.Line(Inline);
                string header = $"public {ClrForm.Of(column.Type, column.Nullable)} {context.Accessors[ordinal]}(int row)";
                if (IsArray(column.Type))
                {
                    writer.Line(IsTicks(column) ? $"{header} => _column{ordinal}[row];" : $"{header} => global::System.Runtime.CompilerServices.Unsafe.Add(ref _column{ordinal}, row);");
                    continue;
                }

                string get = ClrForm.FromMember(column.Type, $"_reader.Get{RowEmitter.ColumnTypeName(column.Type.Kind)}({ordinal})");
                using (writer.Open(header))
                {
                    writer.Line("_reader.Row = row;");
                    writer.Line(column.Nullable ? $"return _reader.IsNull({ordinal}) ? null : {get};" : $"return {get};");
                }
            }
        }
    }

    private static bool IsTicks(RelationColumn column) => column.Type.IsTimestamp && !column.Nullable;

    private static bool IsArray(SqlType type) => type.IsInteger || type.IsFloat || type.IsTimestamp;
}
