using System.Collections.Generic;
using System.Globalization;
using Laminar.Sql.Diagnostics;
using Laminar.Sql.Syntax;
using Laminar.Sql.Text;

namespace Laminar.Sql.Types;

/// <summary>
/// Type names as written to types. FLOAT is DOUBLE as in PostgreSQL (REAL up to FLOAT(24)); DECIMAL without digits is DECIMAL(18,3) as in DuckDB;
/// a length of VARCHAR and a precision of TIMESTAMP are accepted and don't cut values, as in DuckDB; INTERVAL is DAY TO SECOND.
/// </summary>
internal static class TypeResolver
{
    /// <summary>Digits that a DECIMAL can have.</summary>
    public const int MaxDecimalDigits = 28;

    private static readonly Dictionary<string, SqlType> Names = new()
    {
        ["BOOLEAN"] = SqlType.Boolean, ["BOOL"] = SqlType.Boolean, ["LOGICAL"] = SqlType.Boolean,
        ["TINYINT"] = SqlType.TinyInt, ["INT1"] = SqlType.TinyInt,
        ["SMALLINT"] = SqlType.SmallInt, ["INT2"] = SqlType.SmallInt, ["SHORT"] = SqlType.SmallInt,
        ["INT"] = SqlType.Int, ["INTEGER"] = SqlType.Int, ["INT4"] = SqlType.Int,
        ["BIGINT"] = SqlType.BigInt, ["INT8"] = SqlType.BigInt, ["LONG"] = SqlType.BigInt,
        ["TINYINT UNSIGNED"] = SqlType.UTinyInt, ["UTINYINT"] = SqlType.UTinyInt,
        ["SMALLINT UNSIGNED"] = SqlType.USmallInt, ["USMALLINT"] = SqlType.USmallInt,
        ["INT UNSIGNED"] = SqlType.UInt, ["INTEGER UNSIGNED"] = SqlType.UInt, ["UINTEGER"] = SqlType.UInt,
        ["BIGINT UNSIGNED"] = SqlType.UBigInt, ["UBIGINT"] = SqlType.UBigInt,
        ["REAL"] = SqlType.Real, ["FLOAT4"] = SqlType.Real,
        ["DOUBLE"] = SqlType.Double, ["DOUBLE PRECISION"] = SqlType.Double, ["FLOAT8"] = SqlType.Double,
        ["VARCHAR"] = SqlType.Varchar, ["TEXT"] = SqlType.Varchar, ["STRING"] = SqlType.Varchar, ["CHAR"] = SqlType.Varchar,
        ["CHARACTER"] = SqlType.Varchar, ["CHARACTER VARYING"] = SqlType.Varchar,
        ["BYTES"] = SqlType.Bytes, ["BYTEA"] = SqlType.Bytes, ["BLOB"] = SqlType.Bytes, ["VARBINARY"] = SqlType.Bytes, ["BINARY"] = SqlType.Bytes,
        ["UUID"] = SqlType.Uuid,
        ["JSON"] = SqlType.Json, ["JSONB"] = SqlType.Json,
        ["DATE"] = SqlType.Date,
        ["TIME"] = SqlType.Time, ["TIME WITHOUT TIME ZONE"] = SqlType.Time,
        ["TIMESTAMP"] = SqlType.Timestamp, ["TIMESTAMP WITHOUT TIME ZONE"] = SqlType.Timestamp, ["DATETIME"] = SqlType.Timestamp,
        ["TIMESTAMPTZ"] = SqlType.TimestampTz, ["TIMESTAMP WITH TIME ZONE"] = SqlType.TimestampTz, ["TIMESTAMP_LTZ"] = SqlType.TimestampTz,
        ["INTERVAL"] = SqlType.IntervalDayTime,
    };

    private static readonly HashSet<string> Later = new() { "ARRAY", "MAP", "ROW", "STRUCT" };

    /// <summary>The type, or null when an error was reported.</summary>
    public static SqlType? Resolve(TypeSyntax syntax, DiagnosticBag diagnostics)
    {
        string name = syntax.Name.ToUpperInvariant();
        if (Later.Contains(name) || syntax.Elements.Count > 0)
        {
            diagnostics.Report(SqlRules.NotSupportedYet, syntax.Span, "columns and casts of type " + name);
            return null;
        }

        if (name is "DECIMAL" or "NUMERIC" or "DEC")
        {
            return Decimal(syntax, diagnostics);
        }

        if (name == "FLOAT")
        {
            return syntax.Parameters.Count == 1 && syntax.Parameters[0] <= 24 ? SqlType.Real : SqlType.Double;
        }

        if (name.StartsWith("INTERVAL ", System.StringComparison.Ordinal))
        {
            return name.Contains("YEAR") || name.Contains("MONTH") ? SqlType.IntervalYearMonth : SqlType.IntervalDayTime;
        }

        if (Names.TryGetValue(name, out SqlType? type))
        {
            return type;
        }

        if (name.Length > 0)
        {
            string? nearest = NearestName.Of(name, Names.Keys) ?? NearestName.Of(name, new[] { "DECIMAL", "NUMERIC", "FLOAT" });
            diagnostics.Add(new SqlDiagnostic(SqlRules.UnknownType, syntax.Span, syntax.Name, nearest is null ? string.Empty : $"; did you mean {nearest}?") { Suggestion = nearest });
        }

        return null;
    }

    private static SqlType? Decimal(TypeSyntax syntax, DiagnosticBag diagnostics)
    {
        if (syntax.Parameters.Count == 0)
        {
            return SqlType.Decimal(18, 3);
        }

        int precision = syntax.Parameters[0];
        int scale = syntax.Parameters.Count > 1 ? syntax.Parameters[1] : 0;
        if (precision < 1 || precision > MaxDecimalDigits || scale < 0 || scale > precision)
        {
            string written = $"DECIMAL({precision.ToString(CultureInfo.InvariantCulture)},{scale.ToString(CultureInfo.InvariantCulture)})";
            diagnostics.Report(SqlRules.InvalidTypeParameter, syntax.Span, written + " is not a type", "DECIMAL(p,s) with p from 1 to 28 and s from 0 to p");
            return null;
        }

        return SqlType.Decimal(precision, scale);
    }
}
