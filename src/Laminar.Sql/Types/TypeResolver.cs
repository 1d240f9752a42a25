using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using Laminar.Sql.Catalog;
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

    /// <summary>The type, or null when an error was reported.</summary>
    public static SqlType? Resolve(TypeSyntax syntax, DiagnosticBag diagnostics)
    {
        string name = syntax.Name.ToUpperInvariant();
        if (name is "ARRAY" or "MAP" or "ROW" or "STRUCT")
        {
            return Nested(name, syntax, diagnostics);
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

    private static SqlType? Nested(string name, TypeSyntax syntax, DiagnosticBag diagnostics)
    {
        SqlType?[] inside = syntax.Elements.Select(e => Resolve(e, diagnostics)).ToArray();
        if (inside.Any(t => t is null))
        {
            return null;
        }

        if (inside.FirstOrDefault(t => t!.Kind == SqlTypeKind.IntervalYearMonth) is { } months)
        {
            diagnostics.Report(SqlRules.NotSupportedYet, syntax.Span, "values of type " + months + " inside others");
            return null;
        }

        switch (name)
        {
            case "ARRAY" when inside.Length == 1:
                return SqlType.Array(inside[0]!);
            case "MAP" when inside.Length == 2:
                if (inside[0]!.HasEquality && !inside[0]!.IsNested)
                {
                    return SqlType.Map(inside[0]!, inside[1]!);
                }

                diagnostics.Report(SqlRules.InvalidTypeParameter, syntax.Elements[0].Span, inside[0] + " is no type of keys", "VARCHAR or another type of single values");
                return null;
            case "ROW" or "STRUCT" when inside.Length > 0 && inside.Length == syntax.FieldNames.Count:
                return Row(syntax, inside!, diagnostics);
        }

        string example = name == "ARRAY" ? "ARRAY<BIGINT>" : name == "MAP" ? "MAP<VARCHAR, BIGINT>" : "ROW(a BIGINT, b VARCHAR)";
        diagnostics.Report(SqlRules.InvalidTypeParameter, syntax.Span, name + " doesn't say what is inside", example);
        return null;
    }

    private static SqlType? Row(TypeSyntax syntax, SqlType[] inside, DiagnosticBag diagnostics)
    {
        for (int i = 1; i < inside.Length; i++)
        {
            Identifier name = syntax.FieldNames[i];
            if (syntax.FieldNames.Take(i).Any(n => SqlName.Same(n.Text, name.Text)))
            {
                diagnostics.Report(SqlRules.DuplicateColumn, name.Span, name.Text);
                return null;
            }
        }

        return SqlType.Row(inside.Select((t, i) => new SqlField(syntax.FieldNames[i].Text, t, true)));
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
