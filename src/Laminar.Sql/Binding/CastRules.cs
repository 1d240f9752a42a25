using System.Linq;
using Laminar.Sql.Types;

namespace Laminar.Sql.Binding;

/// <summary>Which CASTs exist, and which of them can fail for some value.</summary>
internal static class CastRules
{
    /// <summary>
    /// Text to and from everything; number to number; BOOLEAN to and from integers; DATE, TIME, TIMESTAMP and TIMESTAMPTZ among each other
    /// where one has the other's part; BYTES from text (UTF-8) and back.
    /// </summary>
    public static bool Exists(SqlType from, SqlType to)
    {
        if (from == to || from.Kind == SqlTypeKind.Null || from.Kind == SqlTypeKind.Varchar || to.Kind == SqlTypeKind.Varchar)
        {
            return true;
        }

        if (from.IsNumeric && to.IsNumeric)
        {
            return true;
        }

        if (from.IsNested && to.IsNested)
        {
            return from.Kind == to.Kind && from.Fields.Count == to.Fields.Count && from.Fields.Zip(to.Fields, (a, b) => Exists(a.Type, b.Type)).All(e => e);
        }

        if (from.Kind == SqlTypeKind.Json)
        {
            return to.Kind is not SqlTypeKind.Bytes;
        }

        if (to.Kind == SqlTypeKind.Json)
        {
            return from.IsNumeric || from.Kind == SqlTypeKind.Boolean || from.IsNested;
        }

        if (from.Kind == SqlTypeKind.Boolean)
        {
            return to.IsInteger;
        }

        if (to.Kind == SqlTypeKind.Boolean)
        {
            return from.IsInteger;
        }

        return from.Kind switch
        {
            SqlTypeKind.Date => to.IsTimestamp,
            SqlTypeKind.Timestamp or SqlTypeKind.TimestampTz => to.IsTimestamp || to.Kind is SqlTypeKind.Date or SqlTypeKind.Time,
            SqlTypeKind.Time => to.Kind == SqlTypeKind.IntervalDayTime,
            SqlTypeKind.IntervalDayTime => to.Kind == SqlTypeKind.Time,
            _ => false,
        };
    }

    /// <summary>What C# converts by itself and without failing; everything else is a function of <c>SqlCast</c>.</summary>
    public static bool IsPlain(SqlType from, SqlType to)
    {
        if (from == to || from.Kind == SqlTypeKind.Null)
        {
            return true;
        }

        if (from.IsNumeric && to.IsNumeric)
        {
            return NumericTypes.Widens(from, to) && !(from.Kind == SqlTypeKind.Decimal && to.IsFloat);
        }

        if (from.IsNested && from.Kind == to.Kind)
        {
            // Another name, and NULL where there was none: the objects inside are the same.
            return from.Fields.Count == to.Fields.Count && from.Fields.Zip(to.Fields, (a, b) => (!a.Nullable || b.Nullable) && IsSame(a.Type, b.Type)).All(s => s);
        }

        // JSON is held as its text.
        return (from.IsTimestamp && to.IsTimestamp) || (from.Kind == SqlTypeKind.Json && to.Kind == SqlTypeKind.Varchar);
    }

    private static bool IsSame(SqlType from, SqlType to) =>
        from == to || from.Kind == SqlTypeKind.Null || (from.Kind == to.Kind && (from.IsNested ? IsPlain(from, to) : from.Kind == SqlTypeKind.Decimal && NumericTypes.Widens(from, to)));

    /// <summary>Whether some value of the type can't be converted.</summary>
    public static bool CanFail(SqlType from, SqlType to)
    {
        if (IsPlain(from, to))
        {
            return false;
        }

        if (from.Kind == SqlTypeKind.Varchar)
        {
            return to.Kind != SqlTypeKind.Bytes;
        }

        if (from.IsNested && to.IsNested)
        {
            return true;
        }

        if (from.Kind == SqlTypeKind.Json || to.Kind == SqlTypeKind.Json)
        {
            return from.Kind == SqlTypeKind.Json;
        }

        return from.Kind == SqlTypeKind.Bytes
            || (from.IsNumeric && (to.IsInteger || to.Kind == SqlTypeKind.Decimal))
            || (from.Kind == SqlTypeKind.Double && to.Kind == SqlTypeKind.Real);
    }
}
