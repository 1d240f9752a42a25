using System.Collections.Generic;
using System.Linq;
using Laminar.Generators.Emit.Expressions;
using Laminar.Generators.Model;
using Laminar.Sql.Catalog;
using Laminar.Sql.Types;

namespace Laminar.Generators.Emit;

/// <summary>C# about reference tables: their keys, and how a query by itself is given their rows.</summary>
internal static class TableCode
{
    /// <summary>The type of a table's key in the form in which queries compute.</summary>
    public static string KeyType(RowModel row) => Tuple(row.Keys.Select(k => ClrForm.Of(row.Members[k].Type)).ToArray());

    /// <summary>The same of a table as SQL sees it.</summary>
    public static string KeyType(Relation table) => Tuple(table.Key!.Columns.Select(k => ClrForm.Of(table.Columns[k].Type)).ToArray());

    /// <summary>One value, or a tuple of them.</summary>
    public static string Tuple(IReadOnlyList<string> parts) => parts.Count == 1 ? parts[0] : $"({string.Join(", ", parts)})";

    /// <summary>Into a table's row type: its key, and what makes a table of it.</summary>
    public static void WriteMembers(CodeWriter writer, RowModel row)
    {
        string type = row.TypeName;
        string key = KeyType(row);
        writer.Line($"static Execution::ReferenceTable<{type}> Laminar::IReferenceRow<{type}>.NewTable() => new Execution::KeyedTable<{type}, {key}>();");
        writer.Line();
        string[] parts = row.Keys.Select(k => Part(row.Members[k], k)).ToArray();
        writer.Line($"static {key} Laminar::IReferenceRow<{type}, {key}>.KeyOf(in {type} row) => {Tuple(parts)};");
    }

    /// <summary>Into a query by itself: what loads, changes and takes out rows of the tables that it joins.</summary>
    /// <param name="writer">Where to.</param>
    /// <param name="tables">See <see cref="Relation.BaseTables"/>.</param>
    public static void WriteApi(CodeWriter writer, IReadOnlyList<string> tables)
    {
        string[] signatures = tables.Select(t => Types(KeyOf(t))).ToArray();
        for (int i = 0; i < tables.Count; i++)
        {
            string row = RowOf(tables[i]);
            writer.Line("/// <summary>These rows of the reference table in place of all before; of rows with one key the last counts. Rows that are pushed from now on meet them.</summary>");
            writer.Line($"public void Load(global::System.ReadOnlySpan<{row}> rows) => Table<{row}>().Load(rows);");
            writer.Line();
            writer.Line("/// <summary>The same.</summary>");
            writer.Line($"public void Load({row}[] rows) => Table<{row}>().Load(rows);");
            writer.Line();
            writer.Line("/// <summary>A row in place of the one with its key, if there is one.</summary>");
            writer.Line($"public void Upsert(in {row} row) => Table<{row}>().Upsert(in row);");
            writer.Line();
            writer.Line("/// <summary>Takes out the row with the key of this one, whose other columns don't matter; false: there was none.</summary>");
            writer.Line($"public bool Delete(in {row} row) => Table<{row}>().Delete(in row);");
            writer.Line();

            // Where two tables have keys alike, only a row says which is meant.
            if (signatures.Count(s => s == signatures[i]) == 1)
            {
                WriteDelete(writer, row, KeyOf(tables[i]));
            }
        }
    }

    private static void WriteDelete(CodeWriter writer, string row, string[] key)
    {
        string parameters = string.Join(", ", key.Select(k => $"{TypeOf(k)} {Identifiers.Escape(NameOf(k))}"));
        writer.Line("/// <summary>Takes out the row with this key; false: there was none.</summary>");
        (string Type, string Value)[] parts = key.Select(k => Computed(TypeOf(k), Identifiers.Escape(NameOf(k)))).ToArray();
        string table = $"(Execution::KeyedTable<{row}, {Tuple(parts.Select(p => p.Type).ToArray())}>)Table<{row}>()";
        writer.Line($"public bool Delete({parameters}) => ({table}).Delete({Tuple(parts.Select(p => p.Value).ToArray())});");
        writer.Line();
    }

    /// <summary>A value of a member's C# type in the form in which queries compute.</summary>
    private static (string Type, string Value) Computed(string type, string value) => type switch
    {
        "global::System.DateTime" => ("long", $"Execution::RowTime.ToTicks({value})"),
        "global::System.DateTimeOffset" => ("long", value + ".UtcTicks"),
        "global::System.TimeOnly" or "global::System.TimeSpan" => ("long", value + ".Ticks"),
        "global::System.DateOnly" => ("int", value + ".DayNumber"),
        _ => (type, value),
    };

    /// <summary>The row type of a table as <see cref="Relation.BaseTables"/> says it.</summary>
    public static string RowOf(string table) => table.Substring(0, table.IndexOf('('));

    private static string[] KeyOf(string table) => table.Substring(table.IndexOf('(') + 1).TrimEnd(')').Split(new[] { ", " }, System.StringSplitOptions.None);

    private static string Types(string[] key) => string.Join(", ", key.Select(TypeOf));

    private static string TypeOf(string parameter) => parameter.Substring(0, parameter.LastIndexOf(' '));

    private static string NameOf(string parameter) => parameter.Substring(parameter.LastIndexOf(' ') + 1);

    private static string Part(RowMember member, int ordinal)
    {
        string value = $"row.{Identifiers.Escape(member.Access)}";
        return ClrForm.IsReference(member.Type)
            ? $"{value} ?? throw Laminar::RowFormatException.NullIn({ordinal}, {Identifiers.Literal(member.SqlName)})"
            : ClrForm.FromMember(member.Type, value);
    }
}
