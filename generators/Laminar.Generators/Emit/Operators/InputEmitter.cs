using System;
using System.Collections.Generic;
using System.Linq;
using Laminar.Generators.Emit.Expressions;
using Laminar.Sql.Catalog;
using Laminar.Sql.Types;

namespace Laminar.Generators.Emit.Operators;

/// <summary>
/// The struct accessors that loops are specialised with: rows, rows with watermarks, columns of an Arrow batch. They stand once in each source type
/// of the project, for all queries over it; what another assembly or another query brings gets them in the query, for the columns in use.
/// </summary>
internal static class InputEmitter
{
    private const string Inline = "[Compiler::MethodImpl(Compiler::MethodImplOptions.AggressiveInlining)]";

    private static readonly string[] ReservedNames = ["Count", "IsStamped", "IsColumns", "WatermarkBefore", "Rows", "StampedRows", "Columns", "IInput"];

    /// <summary>The class that holds the accessors in a source type, called like none of its columns.</summary>
    public static string SharedName(string rowType, IEnumerable<RelationColumn> columns)
    {
        var taken = new HashSet<string>(columns.Select(c => c.ClrName), StringComparer.Ordinal) { rowType.Substring(rowType.LastIndexOf('.') + 1) };
        string name = "LaminarInput";
        while (taken.Contains(name))
        {
            name += "Part";
        }

        return name;
    }

    /// <summary>The accessor method of each column, by ordinal.</summary>
    public static IReadOnlyDictionary<int, string> Accessors(IReadOnlyList<RelationColumn> columns, IEnumerable<int> ordinals)
    {
        var names = new NameTable(ReservedNames);
        return ordinals.ToDictionary(o => o, o => names.Member(columns[o].Name));
    }

    /// <summary>
    /// The accessors of columns of <c>DateTime</c> as <c>RowTime.Stored</c>, by ordinal: other forms of time are comparable as they are.
    /// </summary>
    public static IReadOnlyDictionary<int, string> StoredTimes(IReadOnlyList<RelationColumn> columns, IReadOnlyDictionary<int, string> accessors, IEnumerable<int> ordinals)
    {
        var names = new NameTable([.. accessors.Values, .. ReservedNames]);
        return ordinals.Where(o => IsTicks(columns[o]) && columns[o].Type.Kind == SqlTypeKind.Timestamp).ToDictionary(o => o, o => names.Member(columns[o].Name + "_stored"));
    }

    /// <summary>The accessors of integer columns that can't be NULL as memory, by ordinal: what many rows are compared by at once.</summary>
    public static IReadOnlyDictionary<int, string> Vectors(IReadOnlyList<RelationColumn> columns, IReadOnlyDictionary<int, string> accessors, IEnumerable<int> ordinals)
    {
        var names = new NameTable([.. accessors.Values, .. StoredTimes(columns, accessors, accessors.Keys).Values, .. ReservedNames]);
        return ordinals.Where(o => columns[o] is { Nullable: false, Type.IsInteger: true }).ToDictionary(o => o, o => names.Member(columns[o].Name + "_values"));
    }

    /// <summary>Into a source type: accessors of all its columns.</summary>
    public static void WriteShared(CodeWriter writer, string rowType, IReadOnlyList<RelationColumn> columns)
    {
        writer.Line();
        writer.Line("#pragma warning disable CS0108, CS9113 // a source may derive from another; not every column needs what there is to prepare it");
        writer.Line("/// <summary>How queries of this project read the source's rows.</summary>");
        writer.Line("[global::System.ComponentModel.EditorBrowsable(global::System.ComponentModel.EditorBrowsableState.Never)]");
        using (writer.Open($"internal static class {SharedName(rowType, columns)}"))
        {
            int[] ordinals = Enumerable.Range(0, columns.Count).ToArray();
            IReadOnlyDictionary<int, string> accessors = Accessors(columns, ordinals);
            new Input(rowType, columns, accessors, StoredTimes(columns, accessors, ordinals), isShared: true, bringsStamps: false).Write(writer, withColumns: true);
        }
    }

    /// <summary>Into a query.</summary>
    public static void Write(CodeWriter writer, OperatorContext context)
    {
        Relation relation = context.Shape.Scan.Relation;
        new Input(context.InputRow, relation.Columns, context.Accessors, context.StoredTimes, isShared: false, context.Shape.BringsStamps).Write(writer, relation.Kind == RelationKind.Source);
        writer.Line();
    }

    /// <summary>What makes the accessor of an Arrow batch: of a shared one, only the columns in use are prepared.</summary>
    /// <param name="context">The query.</param>
    /// <param name="stamps">The argument for the watermarks, of a query that brings them.</param>
    public static string NewColumns(OperatorContext context, string stamps = "")
    {
        string used = context.Inputs.Length == 0
            ? ""
            : $", [{string.Join(", ", context.Shape.Scan.Relation.Columns.Select((_, o) => IsUsed(context, o)))}]";
        return $"new {context.Inputs}Columns(ref reader, scratch{used}{stamps})";
    }

    /// <summary>A column that only the watermark needs isn't read where no output takes watermarks.</summary>
    private static string IsUsed(OperatorContext context, int ordinal) =>
        context.Shape.SkipsWatermark && ordinal == context.Shape.WatermarkColumn
            ? "TOut.TakesWatermarks"
            : Identifiers.Literal(context.Shape.UsedColumns.Contains(ordinal));

    private static bool IsTicks(RelationColumn column) => column.Type.IsTimestamp && !column.Nullable;

    /// <summary>The accessors of one row type.</summary>
    /// <param name="rowType">Fully qualified.</param>
    /// <param name="columns">All of its columns.</param>
    /// <param name="accessors">The accessors by ordinal.</param>
    /// <param name="stored">Those of stored times.</param>
    /// <param name="isShared">True when each query says which columns it uses.</param>
    /// <param name="bringsStamps">True when the rows of an Arrow batch come with watermarks.</param>
    private sealed class Input(
        string rowType, IReadOnlyList<RelationColumn> columns, IReadOnlyDictionary<int, string> accessors, IReadOnlyDictionary<int, string> stored, bool isShared, bool bringsStamps)
    {
        private readonly int[] _ordinals = [.. accessors.Keys.OrderBy(o => o)];
        private readonly KeyValuePair<int, string>[] _vectors = [.. Vectors(columns, accessors, accessors.Keys).OrderBy(v => v.Key)];

        public void Write(CodeWriter writer, bool withColumns)
        {
            writer.Line("/// <summary>How a loop reads its input: one method per column, in the form in which it computes.</summary>");
            using (writer.Open("internal interface IInput : Execution::IBatchInput"))
            {
                foreach (int ordinal in _ordinals)
                {
                    writer.Line($"{ClrForm.Of(columns[ordinal].Type, columns[ordinal].Nullable)} {accessors[ordinal]}(int row);");
                }

                foreach (string name in stored.OrderBy(s => s.Key).Select(s => s.Value))
                {
                    writer.Line($"long {name}(int row);");
                }

                foreach (KeyValuePair<int, string> vector in _vectors)
                {
                    writer.Line($"ref {ClrForm.Of(columns[vector.Key].Type)} {vector.Value}(int row);");
                }
            }

            writer.Line();
            WriteRows(writer, stamped: false);
            writer.Line();
            WriteRows(writer, stamped: true);
            if (withColumns)
            {
                writer.Line();
                WriteColumns(writer);
            }
        }

        private void WriteRows(CodeWriter writer, bool stamped)
        {
            string parameters = stamped
                ? $"global::System.ReadOnlySpan<{rowType}> rows, global::System.ReadOnlySpan<long> watermarks, long ceiling"
                : $"global::System.ReadOnlySpan<{rowType}> rows";
            writer.Line(stamped ? "/// <summary>Rows that were cut out of several streams: each brings its watermark.</summary>" : "/// <summary>Rows as they come from the source.</summary>");
            using (writer.Open($"internal readonly ref struct {(stamped ? "StampedRows" : "Rows")}({parameters}) : IInput"))
            {
                writer.Line($"private readonly ref {rowType} _first = ref global::System.Runtime.InteropServices.MemoryMarshal.GetReference(rows);");
                if (stamped)
                {
                    writer.Line("private readonly ref long _firstWatermark = ref global::System.Runtime.InteropServices.MemoryMarshal.GetReference(watermarks);");
                    writer.Line("private readonly long _ceiling = ceiling;");
                }

                writer.Line($"public static bool IsStamped => {Identifiers.Literal(stamped)};");
                writer.Line("public static bool IsColumns => false;");
                writer.Line("public int Count { get; } = rows.Length;");
                writer.Line(stamped
                    ? "public long WatermarkBefore(int row) => global::System.Math.Min(Compiler::Unsafe.Add(ref _firstWatermark, row), _ceiling);"
                    : "public long WatermarkBefore(int row) => long.MinValue;");
                foreach (int ordinal in _ordinals)
                {
                    RelationColumn column = columns[ordinal];
                    string member = $"Compiler::Unsafe.Add(ref _first, row).{Identifiers.Escape(column.ClrName)}";
                    writer.Line(Inline);
                    string header = $"public {ClrForm.Of(column.Type, column.Nullable)} {accessors[ordinal]}(int row)";
                    if (column.Type.IsNested && column.Nullable)
                    {
                        writer.Line($"{header} => {member} is {{ }} value ? {ClrForm.FromMember(column.Type, "value")} : null;");
                        continue;
                    }

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

                foreach (KeyValuePair<int, string> time in stored.OrderBy(s => s.Key))
                {
                    writer.Line(Inline);
                    string member = $"Compiler::Unsafe.Add(ref _first, row).{Identifiers.Escape(columns[time.Key].ClrName)}";
                    writer.Line($"public long {time.Value}(int row) => Execution::RowTime.Stored({member});");
                }

                foreach (KeyValuePair<int, string> vector in _vectors)
                {
                    string type = ClrForm.Of(columns[vector.Key].Type);
                    writer.Line($"public ref {type} {vector.Value}(int row) => ref Compiler::Unsafe.NullRef<{type}>();");
                }
            }
        }

        private void WriteColumns(CodeWriter writer)
        {
            writer.Line("/// <summary>An Arrow batch, of which only the columns in use are looked at: numbers and timestamps as arrays, the rest value by value.</summary>");
            using (writer.Open($"internal readonly ref struct Columns(ref Laminar::ArrowRowReader reader, Laminar::ArrowScratch scratch{(isShared ? ", global::System.ReadOnlySpan<bool> used" : "")}{(bringsStamps ? ", global::System.ReadOnlySpan<long> watermarks" : "")}) : IInput"))
            {
                if (bringsStamps)
                {
                    writer.Line("private readonly ref long _firstWatermark = ref global::System.Runtime.InteropServices.MemoryMarshal.GetReference(watermarks);");
                }

                writer.Line("private readonly ref Laminar::ArrowRowReader _reader = ref reader;");
                foreach (int ordinal in _ordinals.Where(o => IsArray(columns[o].Type)))
                {
                    RelationColumn column = columns[ordinal];
                    if (IsTicks(column))
                    {
                        string ticks = $"scratch.Ticks(ref reader, {ordinal})";
                        writer.Line($"private readonly Laminar::TickColumn _column{ordinal} = {(isShared ? $"used[{ordinal}] ? {ticks} : default" : ticks)};");
                        continue;
                    }

                    string type = ClrForm.Of(column.Type);
                    string get = column.Type.IsTimestamp
                        ? "NullableTicks"
                        : column.Nullable ? $"NullableValues<{type}>" : $"Values<{type}>";
                    string form = ClrForm.Of(column.Type, column.Nullable);
                    string values = $"ref scratch.{get}(ref reader, {ordinal})";
                    writer.Line($"private readonly ref {form} _column{ordinal} = {(isShared ? $"ref used[{ordinal}] ? {values} : ref Compiler::Unsafe.NullRef<{form}>()" : values)};");
                }

                writer.Line($"public static bool IsStamped => {Identifiers.Literal(bringsStamps)};");
                writer.Line("public static bool IsColumns => true;");

                // Last, behind the columns: up to the first row that can't be read.
                string inUse = isShared ? "used" : $"[{string.Join(", ", columns.Select((_, o) => Identifiers.Literal(accessors.ContainsKey(o))))}]";
                writer.Line($"public int Count {{ get; }} = scratch.End(ref reader, {inUse});");
                writer.Line(bringsStamps
                    ? "public long WatermarkBefore(int row) => Compiler::Unsafe.Add(ref _firstWatermark, row);"
                    : "public long WatermarkBefore(int row) => long.MinValue;");
                foreach (KeyValuePair<int, string> time in stored.OrderBy(s => s.Key))
                {
                    writer.Line(Inline);
                    writer.Line($"public long {time.Value}(int row) => {accessors[time.Key]}(row);");
                }

                foreach (KeyValuePair<int, string> vector in _vectors)
                {
                    writer.Line($"public ref {ClrForm.Of(columns[vector.Key].Type)} {vector.Value}(int row) => ref Compiler::Unsafe.Add(ref _column{vector.Key}, row);");
                }

                foreach (int ordinal in _ordinals)
                {
                    RelationColumn column = columns[ordinal];
                    writer.Line(Inline);
                    string header = $"public {ClrForm.Of(column.Type, column.Nullable)} {accessors[ordinal]}(int row)";
                    if (IsArray(column.Type))
                    {
                        writer.Line(IsTicks(column) ? $"{header} => _column{ordinal}[row];" : $"{header} => Compiler::Unsafe.Add(ref _column{ordinal}, row);");
                        continue;
                    }

                    string get = column.Type.IsNested ? $"({ClrForm.Of(column.Type)})_reader.GetNested({ordinal})" : ClrForm.FromMember(column.Type, $"_reader.Get{RowEmitter.ColumnTypeName(column.Type.Kind)}({ordinal})");
                    using (writer.Open(header))
                    {
                        writer.Line("_reader.Row = row;");
                        writer.Line(column.Nullable ? $"return _reader.IsNull({ordinal}) ? null : {get};" : $"return {get};");
                    }
                }
            }
        }

        private static bool IsArray(SqlType type) => type.IsInteger || type.IsFloat || type.IsTimestamp;
    }
}
