using System.Linq;
using Laminar.Generators.Emit.Expressions;
using Laminar.Generators.Model;

namespace Laminar.Generators.Emit;

/// <summary>Members of enums, which are text in SQL: what reads them as text, and what makes them of it.</summary>
internal static class EnumEmitter
{
    private const string Hidden = "[global::System.ComponentModel.EditorBrowsable(global::System.ComponentModel.EditorBrowsableState.Never)]";

    /// <summary>The member of a text.</summary>
    public static string Parse(RowModel row, RowMember member, string text) => member.Enum is null ? text : $"{row.TypeName}.{Parser(member)}({text})";

    /// <summary>Into a row type.</summary>
    public static void Write(CodeWriter writer, RowModel row, RowMember member)
    {
        EnumModel options = member.Enum!;
        string name = Identifiers.Escape(member.ClrName);
        writer.Line($"/// <summary><see cref=\"{name}\"/> as SQL has it.</summary>");
        writer.Line(Hidden);
        using (writer.Open($"public {member.ClrType} {member.Access} => {name} switch", "};"))
        {
            foreach (EnumValue value in options.Values.Where(v => v.IsFirst))
            {
                writer.Line($"{options.TypeName}.{Identifiers.Escape(value.Name)} => {Identifiers.Literal(value.Text)},");
            }

            writer.Line(member.Nullable ? "null => null," : "// A number without a name.");
            writer.Line(member.Nullable ? $"{{ }} other => other.ToString()," : $"_ => {name}.ToString(),");
        }

        writer.Line();
        writer.Line($"/// <summary>What <see cref=\"{name}\"/> is by a text of SQL.</summary>");
        writer.Line("/// <exception cref=\"Laminar::RowFormatException\">There is no such member.</exception>");
        writer.Line(Hidden);
        using (writer.Open($"public static {options.TypeName}{(member.Nullable ? "?" : "")} {Parser(member)}({member.ClrType} text) => text switch", "};"))
        {
            foreach (EnumValue value in options.Values.GroupBy(v => v.Text).Select(g => g.First()))
            {
                writer.Line($"{Identifiers.Literal(value.Text)} => {options.TypeName}.{Identifiers.Escape(value.Name)},");
            }

            if (member.Nullable)
            {
                writer.Line("null => null,");
            }

            int column = row.Members.ToList().IndexOf(member) + row.FirstColumn;
            writer.Line($"_ when global::System.Enum.TryParse(text, ignoreCase: true, out {options.TypeName} other) => other,");
            string all = string.Join(", ", options.Values.Select(v => v.Text));
            writer.Line($"_ => throw new Laminar::RowFormatException({column}, \"'\" + text + {Identifiers.Literal($"' is none of {all}")}),");
        }

        writer.Line();
    }

    private static string Parser(RowMember member) => $"Laminar{member.ClrName}Of";
}
