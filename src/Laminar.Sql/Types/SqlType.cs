using System.Collections.Generic;
using System.Linq;
using Laminar.Sql.Syntax;

namespace Laminar.Sql.Types;

/// <summary>A SQL type without nullability (an expression or column carries that beside it). Compared by value.</summary>
/// <param name="Kind">What kind of value.</param>
/// <param name="Precision">DECIMAL: digits in all, 1 to 28; otherwise 0.</param>
/// <param name="Scale">DECIMAL: digits behind the point; otherwise 0.</param>
public sealed record SqlType(SqlTypeKind Kind, int Precision = 0, int Scale = 0)
{
    public static readonly SqlType Null = new(SqlTypeKind.Null);
    public static readonly SqlType Boolean = new(SqlTypeKind.Boolean);
    public static readonly SqlType TinyInt = new(SqlTypeKind.TinyInt);
    public static readonly SqlType SmallInt = new(SqlTypeKind.SmallInt);
    public static readonly SqlType Int = new(SqlTypeKind.Int);
    public static readonly SqlType BigInt = new(SqlTypeKind.BigInt);
    public static readonly SqlType UTinyInt = new(SqlTypeKind.UTinyInt);
    public static readonly SqlType USmallInt = new(SqlTypeKind.USmallInt);
    public static readonly SqlType UInt = new(SqlTypeKind.UInt);
    public static readonly SqlType UBigInt = new(SqlTypeKind.UBigInt);
    public static readonly SqlType Real = new(SqlTypeKind.Real);
    public static readonly SqlType Double = new(SqlTypeKind.Double);
    public static readonly SqlType Varchar = new(SqlTypeKind.Varchar);
    public static readonly SqlType Bytes = new(SqlTypeKind.Bytes);
    public static readonly SqlType Uuid = new(SqlTypeKind.Uuid);
    public static readonly SqlType Date = new(SqlTypeKind.Date);
    public static readonly SqlType Time = new(SqlTypeKind.Time);
    public static readonly SqlType Timestamp = new(SqlTypeKind.Timestamp);
    public static readonly SqlType TimestampTz = new(SqlTypeKind.TimestampTz);
    public static readonly SqlType IntervalDayTime = new(SqlTypeKind.IntervalDayTime);
    public static readonly SqlType IntervalYearMonth = new(SqlTypeKind.IntervalYearMonth);
    public static readonly SqlType Json = new(SqlTypeKind.Json);

    /// <summary>ARRAY of a type.</summary>
    /// <param name="element">Of each element.</param>
    /// <param name="nullable">Whether an element can be NULL.</param>
    public static SqlType Array(SqlType element, bool nullable = true) => new(SqlTypeKind.Array) { Fields = new([new SqlField("element", element, nullable)]) };

    /// <summary>MAP of keys, which are never NULL, to values.</summary>
    public static SqlType Map(SqlType key, SqlType value, bool nullable = true) =>
        new(SqlTypeKind.Map) { Fields = new([new SqlField("key", key, false), new SqlField("value", value, nullable)]) };

    /// <summary>ROW of fields.</summary>
    public static SqlType Row(IEnumerable<SqlField> fields) => new(SqlTypeKind.Row) { Fields = new(fields) };

    public static SqlType Decimal(int precision, int scale) => new(SqlTypeKind.Decimal, precision, scale);

    /// <inheritdoc cref="Holder"/>
    public static SqlType Prepared(string holder) => new(SqlTypeKind.Prepared) { Holder = holder };

    /// <summary>
    /// DECIMAL of a C# <c>decimal</c>, which declares no digits: results with it keep 28 digits, and one that would be inexact is an error row
    /// instead of a build error.
    /// </summary>
    public bool Open { get; init; }

    /// <summary>
    /// The class below <c>Laminar.Functions</c> whose instance a function takes for an argument and another makes of plain values: a pattern, a time
    /// format, a time zone. Of constants it is made once, as a static field of generated code.
    /// </summary>
    public string? Holder { get; init; }

    /// <summary>ARRAY: the element; MAP: key and value; ROW: the fields; otherwise nothing.</summary>
    public SyntaxList<SqlField> Fields { get; init; } = SyntaxList<SqlField>.Empty;

    /// <summary>ROW: the C# type that brought it; null for one of SQL, which is a tuple in C#.</summary>
    public ClrShape? Clr { get; init; }

    /// <summary>ARRAY, MAP or ROW.</summary>
    public bool IsNested => Kind is SqlTypeKind.Array or SqlTypeKind.Map or SqlTypeKind.Row;

    /// <summary>Whether values can be equal, so that they can be compared, grouped and told apart: JSON has no equality, as in PostgreSQL.</summary>
    public bool HasEquality => Kind != SqlTypeKind.Json && Fields.All(f => f.Type.HasEquality);

    /// <summary>Whether values come one before the other: maps don't.</summary>
    public bool HasOrder => HasEquality && Kind != SqlTypeKind.Map && Fields.All(f => f.Type.HasOrder);

    public bool IsInteger => Kind is >= SqlTypeKind.TinyInt and <= SqlTypeKind.UBigInt;

    public bool IsUnsigned => Kind is >= SqlTypeKind.UTinyInt and <= SqlTypeKind.UBigInt;

    public bool IsFloat => Kind is SqlTypeKind.Real or SqlTypeKind.Double;

    public bool IsNumeric => IsInteger || IsFloat || Kind == SqlTypeKind.Decimal;

    public bool IsTimestamp => Kind is SqlTypeKind.Timestamp or SqlTypeKind.TimestampTz;

    public bool IsInterval => Kind is SqlTypeKind.IntervalDayTime or SqlTypeKind.IntervalYearMonth;

    /// <summary>As SQL writes it: <c>BIGINT UNSIGNED</c>, <c>DECIMAL(10,2)</c>.</summary>
    public override string ToString() => Kind switch
    {
        SqlTypeKind.Decimal => $"DECIMAL({Precision},{Scale})",
        SqlTypeKind.UTinyInt => "TINYINT UNSIGNED",
        SqlTypeKind.USmallInt => "SMALLINT UNSIGNED",
        SqlTypeKind.UInt => "INT UNSIGNED",
        SqlTypeKind.UBigInt => "BIGINT UNSIGNED",
        SqlTypeKind.IntervalDayTime => "INTERVAL DAY TO SECOND",
        SqlTypeKind.IntervalYearMonth => "INTERVAL YEAR TO MONTH",
        SqlTypeKind.Array => $"ARRAY<{Fields[0].TypeText}>",
        SqlTypeKind.Map => $"MAP<{Fields[0].Type}, {Fields[1].TypeText}>",
        SqlTypeKind.Row => $"ROW({string.Join(", ", Fields.Select(f => f.Name + " " + f.TypeText))})",
        _ => Kind.ToString().ToUpperInvariant(),
    };
}
