using System.Linq;
using Laminar.Sql.Catalog;

namespace Laminar.Sql.Types;

/// <summary>Between SQL types and the C# types of row members.</summary>
public static class ClrTypes
{
    /// <summary>
    /// The type of a C# <c>decimal</c> member, which declares no digits of its own: 28 in all, 10 behind the point towards Arrow and files,
    /// and <see cref="SqlType.Open"/> for arithmetic.
    /// </summary>
    public static readonly SqlType ClrDecimal = new(SqlTypeKind.Decimal, 28, 10) { Open = true };

    /// <summary>
    /// The C# type of a row member as it stands in source: <c>long</c>, <c>string?</c>, <c>global::System.DateTime</c>.
    /// JSON is <c>string</c>, ARRAY an array, MAP a <c>Dictionary</c>, ROW its C# type or a tuple; the bare NULL has none and gives <c>object?</c>.
    /// </summary>
    public static string Of(SqlType type, bool nullable)
    {
        string name = type.Kind switch
        {
            SqlTypeKind.Array => Of(type.Fields[0].Type, type.Fields[0].Nullable) + "[]",
            SqlTypeKind.Map => $"global::System.Collections.Generic.Dictionary<{Of(type.Fields[0].Type, false)}, {Of(type.Fields[1].Type, type.Fields[1].Nullable)}>",
            SqlTypeKind.Row => type.Clr?.TypeName ?? Tuple(type),
            _ => Of(type.Kind),
        };
        return nullable && name != "object?" ? name + "?" : name;
    }

    /// <summary>
    /// The SQL type of a C# member type by its metadata name without nullability (<c>System.Int64</c>, <c>System.Byte[]</c>), or null when
    /// a column can't be of it.
    /// </summary>
    public static SqlType? FromClr(string metadataName) => metadataName switch
    {
        "System.Boolean" => SqlType.Boolean,
        "System.SByte" => SqlType.TinyInt,
        "System.Int16" => SqlType.SmallInt,
        "System.Int32" => SqlType.Int,
        "System.Int64" => SqlType.BigInt,
        "System.Byte" => SqlType.UTinyInt,
        "System.UInt16" => SqlType.USmallInt,
        "System.UInt32" => SqlType.UInt,
        "System.UInt64" => SqlType.UBigInt,
        "System.Single" => SqlType.Real,
        "System.Double" => SqlType.Double,
        "System.Decimal" => ClrDecimal,
        "System.String" => SqlType.Varchar,
        "System.Byte[]" => SqlType.Bytes,
        "System.Guid" => SqlType.Uuid,
        "System.DateOnly" => SqlType.Date,
        "System.TimeOnly" => SqlType.Time,
        "System.DateTime" => SqlType.Timestamp,
        "System.DateTimeOffset" => SqlType.TimestampTz,
        "System.TimeSpan" => SqlType.IntervalDayTime,
        _ => null,
    };

    private static string Tuple(SqlType type)
    {
        string[] types = type.Fields.Select(f => Of(f.Type, f.Nullable)).ToArray();
        if (types.Length < 2)
        {
            return $"global::System.ValueTuple<{string.Join(", ", types)}>";
        }

        // Names that a tuple can't have, or not there, are left away, all of them: then it has Item1, Item2 and so on.
        string[] names = type.Fields.Select(f => SqlName.ToPascalCase(f.Name)).ToArray();
        bool named = names.Distinct().Count() == names.Length
            && names.All(n => n.Length > 0 && char.IsLetter(n[0]) && n.All(char.IsLetterOrDigit) && !n.StartsWith("Item", System.StringComparison.Ordinal)
                && n is not ("Rest" or "CompareTo" or "Deconstruct" or "Equals" or "GetHashCode" or "ToString" or "GetType"));
        return $"({string.Join(", ", types.Select((t, i) => named ? t + " " + names[i] : t))})";
    }

    private static string Of(SqlTypeKind kind) => kind switch
    {
        SqlTypeKind.Boolean => "bool",
        SqlTypeKind.TinyInt => "sbyte",
        SqlTypeKind.SmallInt => "short",
        SqlTypeKind.Int => "int",
        SqlTypeKind.BigInt => "long",
        SqlTypeKind.UTinyInt => "byte",
        SqlTypeKind.USmallInt => "ushort",
        SqlTypeKind.UInt => "uint",
        SqlTypeKind.UBigInt => "ulong",
        SqlTypeKind.Decimal => "decimal",
        SqlTypeKind.Real => "float",
        SqlTypeKind.Double => "double",
        SqlTypeKind.Varchar or SqlTypeKind.Json => "string",
        SqlTypeKind.Bytes => "byte[]",
        SqlTypeKind.Uuid => "global::System.Guid",
        SqlTypeKind.Date => "global::System.DateOnly",
        SqlTypeKind.Time => "global::System.TimeOnly",
        SqlTypeKind.Timestamp => "global::System.DateTime",
        SqlTypeKind.TimestampTz => "global::System.DateTimeOffset",
        SqlTypeKind.IntervalDayTime => "global::System.TimeSpan",
        SqlTypeKind.IntervalYearMonth => "int",
        _ => "object?",
    };
}
