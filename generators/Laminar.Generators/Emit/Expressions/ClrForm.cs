using System;
using System.Globalization;
using Laminar.Sql.Types;

namespace Laminar.Generators.Emit.Expressions;

/// <summary>How SQL values are held in local variables of generated code, and how they cross to and from members of row types.</summary>
internal static class ClrForm
{
    /// <summary>The C# type of a value that isn't NULL: times are numbers.</summary>
    public static string Of(SqlType type) => type.Kind switch
    {
        SqlTypeKind.Boolean => "bool",
        SqlTypeKind.TinyInt => "sbyte",
        SqlTypeKind.SmallInt => "short",
        SqlTypeKind.Int or SqlTypeKind.Date or SqlTypeKind.IntervalYearMonth => "int",
        SqlTypeKind.BigInt or SqlTypeKind.Time or SqlTypeKind.Timestamp or SqlTypeKind.TimestampTz or SqlTypeKind.IntervalDayTime => "long",
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
        SqlTypeKind.Array or SqlTypeKind.Row => "object?[]",
        SqlTypeKind.Map => "Functions::SqlMap",
        SqlTypeKind.Prepared => "Functions::" + type.Holder,
        _ => "object",
    };

    /// <summary>With <c>?</c> where it can be NULL.</summary>
    public static string Of(SqlType type, bool nullable) => nullable ? Of(type) + "?" : Of(type);

    /// <summary>Whether values are held by reference.</summary>
    public static bool IsReference(SqlType type) => type.Kind is SqlTypeKind.Varchar or SqlTypeKind.Json or SqlTypeKind.Bytes or SqlTypeKind.Prepared || type.IsNested;

    /// <summary>What stands in for the value where it is NULL; never looked at.</summary>
    public static string Default(SqlType type) => IsReference(type) ? "null!" : "default";

    /// <summary>From a row's member (not NULL) to the local form.</summary>
    public static string FromMember(SqlType type, string code, int depth = 0) => type.Kind switch
    {
        SqlTypeKind.Array or SqlTypeKind.Map or SqlTypeKind.Row => NestedForm.FromMember(type, code, depth),
        SqlTypeKind.Date => code + ".DayNumber",
        SqlTypeKind.Time or SqlTypeKind.IntervalDayTime => code + ".Ticks",
        SqlTypeKind.Timestamp => $"Execution::RowTime.ToTicks({code})",
        SqlTypeKind.TimestampTz => code + ".UtcTicks",
        _ => code,
    };

    /// <summary>Reads a row's member into a local.</summary>
    /// <param name="writer">Where to.</param>
    /// <param name="type">The SQL type.</param>
    /// <param name="nullable">Whether it can be NULL.</param>
    /// <param name="member">The member.</param>
    /// <param name="local">The local.</param>
    /// <param name="value">Another name, for what isn't NULL.</param>
    public static EmittedValue WriteRead(CodeWriter writer, SqlType type, bool nullable, string member, string local, string value)
    {
        if (!nullable)
        {
            writer.Line($"{Of(type)} {local} = {FromMember(type, member)};");
            return new EmittedValue(local, null, type);
        }

        writer.Line($"{Of(type, true)} {local} = {member} is {{ }} {value} ? {FromMember(type, value)} : null;");
        return IsReference(type)
            ? new EmittedValue(local + "!", $"({local} is null)", type)
            : new EmittedValue($"{local}.GetValueOrDefault()", $"(!{local}.HasValue)", type);
    }

    /// <summary>From the local form (not NULL) to a row's member.</summary>
    /// <param name="type">The SQL type.</param>
    /// <param name="code">The value.</param>
    /// <param name="isInRange">A timestamp that is known to be one that the member can hold.</param>
    /// <param name="depth">Of lambdas around.</param>
    public static string ToMember(SqlType type, string code, bool isInRange = false, int depth = 0) => type.Kind switch
    {
        SqlTypeKind.Array or SqlTypeKind.Map or SqlTypeKind.Row => NestedForm.ToMember(type, code, depth),
        SqlTypeKind.Date => $"global::System.DateOnly.FromDayNumber({code})",
        SqlTypeKind.Time => $"new global::System.TimeOnly({code})",
        SqlTypeKind.IntervalDayTime => $"new global::System.TimeSpan({code})",
        SqlTypeKind.Timestamp => $"Execution::RowTime.{(isInRange ? "OfTicks" : "FromTicks")}({code})",
        SqlTypeKind.TimestampTz => $"new global::System.DateTimeOffset(Execution::RowTime.FromTicks({code}))",
        _ => code,
    };

    /// <summary>A literal of the local form.</summary>
    /// <param name="value">Not null; see BoundLiteral.</param>
    public static string Literal(object value) => value switch
    {
        bool b => Identifiers.Literal(b),
        sbyte v => $"(sbyte)({v.ToString(CultureInfo.InvariantCulture)})",
        short v => $"(short)({v.ToString(CultureInfo.InvariantCulture)})",
        int v => v == int.MinValue ? "int.MinValue" : v < 0 ? $"({v.ToString(CultureInfo.InvariantCulture)})" : v.ToString(CultureInfo.InvariantCulture),
        long v => v < 0 ? $"({Identifiers.Literal(v)})" : Identifiers.Literal(v),
        byte v => $"(byte){v.ToString(CultureInfo.InvariantCulture)}",
        ushort v => $"(ushort){v.ToString(CultureInfo.InvariantCulture)}",
        uint v => v.ToString(CultureInfo.InvariantCulture) + "u",
        ulong v => v.ToString(CultureInfo.InvariantCulture) + "ul",
        float v => Float(v),
        double v => Float(v),
        decimal v => v < 0 ? $"({v.ToString(CultureInfo.InvariantCulture)}m)" : v.ToString(CultureInfo.InvariantCulture) + "m",
        string v => Identifiers.Literal(v),
        Guid v => $"new global::System.Guid(\"{v:D}\")",
        byte[] v => $"new byte[] {{ {string.Join(", ", v)} }}",
        _ => throw new ArgumentOutOfRangeException(nameof(value), value.GetType(), "No literal form."),
    };

    private static string Float(double value) =>
        double.IsNaN(value) ? "double.NaN"
        : double.IsPositiveInfinity(value) ? "double.PositiveInfinity"
        : double.IsNegativeInfinity(value) ? "double.NegativeInfinity"
        : value == 0 && 1 / value < 0 ? "(-0.0)"
        : value < 0 ? $"({value.ToString("R", CultureInfo.InvariantCulture)}d)"
        : value.ToString("R", CultureInfo.InvariantCulture) + "d";

    private static string Float(float value) =>
        float.IsNaN(value) ? "float.NaN"
        : float.IsPositiveInfinity(value) ? "float.PositiveInfinity"
        : float.IsNegativeInfinity(value) ? "float.NegativeInfinity"
        : value < 0 ? $"({value.ToString("R", CultureInfo.InvariantCulture)}f)"
        : value.ToString("R", CultureInfo.InvariantCulture) + "f";
}
