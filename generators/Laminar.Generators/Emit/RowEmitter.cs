using System;
using System.Collections.Generic;
using System.Linq;
using System.Text;
using Laminar.Generators.Emit.Expressions;
using Laminar.Generators.Model;
using Laminar.Sql.Types;

namespace Laminar.Generators.Emit;

/// <summary>
/// Writes the <c>IStreamRow&lt;T&gt;</c> and <c>ISourceRow&lt;T&gt;</c> members of a row type: schema, decoder, encoder, watermark.
/// Typed calls only: no reflection, no allocation beyond the row itself.
/// </summary>
public static class RowEmitter
{
    private static readonly string[] InterfaceMembers = { "Schema", "Read", "Write", "HasWatermark", "EventTimeUnit", "WatermarkOf" };

    /// <summary>Names that the interface brings into a row type; <see cref="RowModel.TakenNames"/> holds those the type already uses.</summary>
    public static IReadOnlyList<string> MemberNames => InterfaceMembers;

    /// <summary>
    /// The base list of the row type: <c>ISourceRow&lt;T&gt;</c> or <c>IStreamRow&lt;T&gt;</c>, with <c>IAppendRow</c> or <c>IChangelogRow</c>.
    /// </summary>
    public static string Interfaces(RowModel row)
    {
        if (row.Keys.Count > 0)
        {
            return $"Laminar::IReferenceRow<{row.TypeName}, {TableCode.KeyType(row)}>";
        }

        string kind = row.KindMember.Length > 0 ? "IChangelogRow" : "IAppendRow";
        return $"Laminar::{(row.IsSource ? "ISourceRow" : "IStreamRow")}<{row.TypeName}>, Laminar::{kind}";
    }

    /// <summary>Writes every member into the open body of the row type.</summary>
    public static void WriteMembers(CodeWriter writer, RowModel row)
    {
        if (row.KindMember.Length > 0 && (row.IsSource || row.KindMember != "Kind"))
        {
            writer.Line($"Laminar::RowKind Laminar::IChangelogRow.Kind => {Identifiers.Escape(row.KindMember)};");
            writer.Line();
        }

        foreach (RowMember member in row.Members.Where(m => m.Enum is not null))
        {
            EnumEmitter.Write(writer, row, member);
        }

        WriteSchema(writer, row);
        writer.Line();
        WriteRead(writer, row);
        writer.Line();
        WriteWrite(writer, row);
        if (row.IsSource)
        {
            writer.Line();
            WriteWatermark(writer, row);
        }

        if (row.Keys.Count > 0)
        {
            writer.Line();
            TableCode.WriteMembers(writer, row);
        }
    }

    /// <summary>
    /// A C# expression for a new row: named constructor arguments, and an object initialiser for the rest.
    /// </summary>
    /// <param name="row">The row type.</param>
    /// <param name="values">One expression per member, of the member's own C# type.</param>
    /// <param name="kind">The <c>RowKind</c> of an updating row; ignored for others.</param>
    public static string Construct(RowModel row, IReadOnlyList<string> values, string kind = "Laminar::RowKind.Insert")
    {
        var arguments = new List<string>();
        var assignments = new List<string>();
        for (int i = 0; i < row.Members.Count; i++)
        {
            RowMember member = row.Members[i];
            string value = EnumEmitter.Parse(row, member, values[i]);
            if (member.Parameter.Length > 0)
            {
                arguments.Add($"{Identifiers.Escape(member.Parameter)}: {value}");
            }
            else
            {
                assignments.Add($"{Identifiers.Escape(member.ClrName)} = {value}");
            }
        }

        if (row.KindParameter.Length > 0)
        {
            arguments.Add($"{Identifiers.Escape(row.KindParameter)}: {kind}");
        }
        else if (row.KindMember.Length > 0)
        {
            assignments.Add($"{Identifiers.Escape(row.KindMember)} = {kind}");
        }

        arguments.AddRange(row.DefaultedParameters.Select(parameter => $"{Identifiers.Escape(parameter)}: default!"));
        assignments.AddRange(row.DefaultedMembers.Select(member => $"{Identifiers.Escape(member)} = default!"));

        var text = new StringBuilder("new ").Append(row.TypeName).Append('(').Append(string.Join(", ", arguments)).Append(')');
        if (assignments.Count > 0)
        {
            text.Append(" { ").Append(string.Join(", ", assignments)).Append(" }");
        }

        return text.ToString();
    }

    /// <summary>The name of the run-time column type: <c>Int64</c>, <c>Text</c>.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The type can't be a column.</exception>
    public static string ColumnTypeName(SqlTypeKind kind) => SqlTypeForm.ColumnType(kind);

    private static void WriteSchema(CodeWriter writer, RowModel row)
    {
        writer.Line("/// <summary>The columns.</summary>");
        bool isExplicit = IsTaken(row, "Schema");
        if (isExplicit)
        {
            writer.Line($"static Laminar::RowSchema {Interface(row)}.Schema => LaminarSchema;");
            writer.Line();
        }

        string declaration = isExplicit
            ? "private static Laminar::RowSchema LaminarSchema { get; } = new Laminar::RowSchema("
            : "public static Laminar::RowSchema Schema { get; } = new Laminar::RowSchema(";
        writer.Line(declaration);
        writer.Line($"    {Identifiers.Literal(row.SchemaName)},");
        if (row.ReadsKind)
        {
            writer.Line("    new Laminar::RowColumn(Laminar::RowKinds.Column, Laminar::ColumnType.Text, false),");
        }

        for (int i = 0; i < row.Members.Count; i++)
        {
            RowMember member = row.Members[i];
            string end = i < row.Members.Count - 1 ? "," : row.ReadsKind ? ") { HasKind = true };" : ");";
            writer.Line("    " + Column(new SqlField(member.SqlName, member.Type, member.Nullable)) + end);
        }
    }

    private static string Column(SqlField field)
    {
        SqlType type = field.Type;
        string digits = type.Kind == SqlTypeKind.Decimal ? $", {type.Precision}, {type.Scale}" : "";
        string inside = type.IsNested ? $" {{ Elements = [{string.Join(", ", type.Fields.Select(Column))}] }}" : "";
        return $"new Laminar::RowColumn({Identifiers.Literal(field.Name)}, Laminar::ColumnType.{ColumnTypeName(type.Kind)}, {Identifiers.Literal(field.Nullable)}{digits}){inside}";
    }

    private static void WriteRead(CodeWriter writer, RowModel row)
    {
        writer.Line("/// <summary>Builds a row by asking the reader for every column once, by ordinal.</summary>");
        bool isExplicit = IsTaken(row, "Read");
        string header = isExplicit
            ? $"static {row.TypeName} {Interface(row)}.Read<TReader>(ref TReader reader)"
            : $"public static {row.TypeName} Read<TReader>(ref TReader reader)\n    where TReader : Laminar::IRowReader, allows ref struct";
        using (writer.Open(header))
        {
            var values = new List<string>();
            if (row.ReadsKind)
            {
                writer.Line("Laminar::RowKind kind = Laminar::RowKinds.Parse(reader.GetText(0));");
            }

            for (int i = 0; i < row.Members.Count; i++)
            {
                RowMember member = row.Members[i];
                int column = i + row.FirstColumn;
                if (member.Type.IsNested)
                {
                    string nested = $"reader.GetNested({column})";
                    writer.Line($"object? nested{i} = {(member.Nullable ? $"reader.IsNull({column}) ? null : {nested}" : nested)};");
                    writer.Line($"{member.ClrType} column{i} = {NestedForm.Unbox(new SqlField(member.SqlName, member.Type, member.Nullable), $"nested{i}")};");
                    values.Add($"column{i}");
                    continue;
                }

                string get = $"reader.Get{ColumnTypeName(member.Type.Kind)}({column})";
                writer.Line($"{member.ClrType} column{i} = {(member.Nullable ? $"reader.IsNull({column}) ? null : {get}" : get)};");
                values.Add($"column{i}");
            }

            writer.Line($"return {(row.ReadsKind ? Construct(row, values, "kind") : Construct(row, values))};");
        }
    }

    private static void WriteWrite(CodeWriter writer, RowModel row)
    {
        writer.Line("/// <summary>Hands every column of the row to the writer once, in order.</summary>");
        bool isExplicit = IsTaken(row, "Write");
        string header = isExplicit
            ? $"static void {Interface(row)}.Write<TWriter>(in {row.TypeName} row, ref TWriter writer)"
            : $"public static void Write<TWriter>(in {row.TypeName} row, ref TWriter writer)\n    where TWriter : Laminar::IRowWriter, allows ref struct";
        using (writer.Open(header))
        {
            if (row.ReadsKind)
            {
                writer.Line($"writer.WriteText(0, Laminar::RowKinds.NameOf(row.{Identifiers.Escape(row.KindMember)}));");
            }

            for (int i = 0; i < row.Members.Count; i++)
            {
                WriteColumn(writer, row.Members[i], i + row.FirstColumn);
            }
        }
    }

    private static void WriteColumn(CodeWriter writer, RowMember member, int ordinal)
    {
        string method = $"writer.Write{(member.Type.IsNested ? "Nested" : ColumnTypeName(member.Type.Kind))}";
        string access = $"row.{Identifiers.Escape(member.Access)}";
        if (member.Nullable)
        {
            using (writer.Open($"if ({access} is {{ }} column{ordinal})"))
            {
                writer.Line($"{method}({ordinal}, {Utc(member, $"column{ordinal}")});");
            }

            using (writer.Open("else"))
            {
                writer.Line($"writer.WriteNull({ordinal});");
            }
        }
        else if (member.Type.Kind is SqlTypeKind.Varchar or SqlTypeKind.Json or SqlTypeKind.Bytes)
        {
            // C# lets a null into a non-nullable reference (default(T), "null!"): say so rather than fail inside a format.
            writer.Line($"{method}({ordinal}, {access} ?? throw Laminar::RowFormatException.NullIn({ordinal}, {Identifiers.Literal(member.SqlName)}));");
        }
        else
        {
            writer.Line($"{method}({ordinal}, {Utc(member, access)});");
        }
    }

    private static string Utc(RowMember member, string value) =>
        member.Type.IsNested ? ClrForm.FromMember(member.Type, value)
        : member.Type.Kind == SqlTypeKind.Timestamp ? $"Execution::RowTime.ToUtc({value})" : value;

    private static void WriteWatermark(CodeWriter writer, RowModel row)
    {
        WatermarkModel? watermark = row.Watermark;
        RowMember? member = watermark is null ? null : row.Members[watermark.Member];
        string unit = member?.Type.Kind == SqlTypeKind.BigInt ? "Milliseconds" : "Ticks";

        writer.Line("/// <summary>Whether a watermark is declared.</summary>");
        writer.Line($"{Declare(row, "bool", "HasWatermark")} => {Identifiers.Literal(watermark is not null)};");
        writer.Line();
        writer.Line("/// <summary>The unit of the watermark.</summary>");
        writer.Line($"{Declare(row, "Laminar::EventTimeUnit", "EventTimeUnit")} => Laminar::EventTimeUnit.{unit};");
        writer.Line();
        writer.Line("/// <summary>The declared watermark for this row.</summary>");
        writer.Line($"{Declare(row, "long", "WatermarkOf")}(in {row.TypeName} row) => {WatermarkExpression(watermark, member)};");
    }

    private static string WatermarkExpression(WatermarkModel? watermark, RowMember? member)
    {
        if (watermark is null || member is null)
        {
            return "long.MinValue";
        }

        string delay = Identifiers.Literal(watermark.Delay);
        string access = $"row.{Identifiers.Escape(member.ClrName)}";
        return member.Nullable
            ? $"{access} is {{ }} time ? Execution::RowTime.Before(time, {delay}) : long.MinValue"
            : $"Execution::RowTime.Before({access}, {delay})";
    }

    private static string Declare(RowModel row, string type, string name) =>
        IsTaken(row, name) ? $"static {type} {SourceInterface(row)}.{name}" : $"public static {type} {name}";

    // A member can't be called like its type either.
    private static bool IsTaken(RowModel row, string name) =>
        row.TakenNames.Contains(name) || row.Members.Any(m => m.ClrName == name) || row.TypeName.Substring(row.TypeName.LastIndexOf('.') + 1) == name;

    private static string Interface(RowModel row) => $"Laminar::IStreamRow<{row.TypeName}>";

    private static string SourceInterface(RowModel row) => $"Laminar::ISourceRow<{row.TypeName}>";
}
