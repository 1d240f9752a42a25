using System.Text;
using Laminar.Sql.Types;

namespace Laminar.Corpus.Tests.Data;

/// <summary>Values of ARRAY, MAP and ROW: the corpus writes them as JSON.</summary>
internal static class NestedColumns
{
    public static RowColumn Of(string name, SqlType type, bool nullable = true) =>
        new(name, Enum.Parse<ColumnType>(SqlTypeForm.ColumnType(type.Kind)), nullable, type.Precision, type.Scale) { Elements = [.. type.Fields.Select(f => Of(f.Name, f.Type, f.Nullable))] };

    public static object Parse(string cell, SqlType type) => ValueJson.Read(Encoding.UTF8.GetBytes(cell), Of("cell", type), -1);

    public static string Format(object value, SqlType type) => ValueJson.Text(Of("cell", type), value);
}
