using System.Linq;
using Laminar.Sql.Catalog;
using Laminar.Sql.Types;

namespace Laminar.Sql.Plan;

/// <summary>Primary keys of reference tables.</summary>
public static class TableKeys
{
    /// <summary>Whether values of a type are compared when rows are looked up: not BYTES, arrays, maps and rows, which C# compares by reference.</summary>
    public static bool CanBe(SqlType type) => !type.IsNested && type.Kind is not (SqlTypeKind.Bytes or SqlTypeKind.Json);

    /// <summary>See <see cref="Relation.BaseTables"/>.</summary>
    public static string ClrOf(Relation table) =>
        $"{table.ClrType}({string.Join(", ", table.Key!.Columns.Select(k => table.Columns[k]).Select(c => $"{ClrTypes.Of(c.Type, c.Nullable)} {char.ToLowerInvariant(c.ClrName.FirstOrDefault())}{c.ClrName.Substring(1)}"))})";
}
