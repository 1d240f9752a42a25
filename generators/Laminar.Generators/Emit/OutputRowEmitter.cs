using System.Collections.Generic;
using System.Linq;
using Laminar.Generators.Model;
using Laminar.Sql.Catalog;
using Laminar.Sql.Types;

namespace Laminar.Generators.Emit;

/// <summary>Declares the row type of a query or of a sink: a readonly record struct with a member per output column.</summary>
public static class OutputRowEmitter
{
    /// <param name="typeName">The row type's simple name.</param>
    /// <param name="schemaName">The SQL name of the query or sink.</param>
    /// <param name="columns">Name, type and nullability of each column.</param>
    /// <param name="isUpdating">True to put <c>RowKind Kind</c> first.</param>
    public static RowModel Model(string typeName, string schemaName, IEnumerable<(string Name, SqlType Type, bool Nullable)> columns, bool isUpdating)
    {
        IEnumerable<RowMember> members = columns.Select(c =>
        {
            string member = OutputNames.Of(c.Name, typeName);
            return new RowMember(c.Name, member, ClrTypes.Of(c.Type, c.Nullable), c.Type, c.Nullable) { Parameter = member };
        });
        string kind = isUpdating ? "Kind" : "";
        return new RowModel(typeName, schemaName, new EquatableArray<RowMember>(members)) { KindMember = kind, KindParameter = kind };
    }

    /// <summary>The whole type.</summary>
    public static void Write(CodeWriter writer, RowModel row)
    {
        IEnumerable<string> parameters = row.Members.Select(m => $"{m.ClrType} {Identifiers.Escape(m.ClrName)}");
        if (row.KindMember.Length > 0)
        {
            parameters = parameters.Prepend("Laminar::RowKind Kind");
        }

        writer.Line($"/// <summary>A row of <c>{row.SchemaName}</c>.</summary>");
        using (writer.Open($"public readonly partial record struct {row.TypeName}({string.Join(", ", parameters)}) : {RowEmitter.Interfaces(row)}"))
        {
            RowEmitter.WriteMembers(writer, row);
        }

        writer.Line();
    }
}
