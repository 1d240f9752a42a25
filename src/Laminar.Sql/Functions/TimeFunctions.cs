using System;
using System.Collections.Generic;
using System.Linq;
using Laminar.Sql.Binding;
using Laminar.Sql.Diagnostics;
using Laminar.Sql.Text;
using Laminar.Sql.Types;

namespace Laminar.Sql.Functions;

/// <summary>
/// Dates and times; run by <c>SqlTime</c>. EXTRACT gives BIGINT and, for EPOCH, DOUBLE, as in DuckDB (SECOND is whole; MILLISECOND and
/// MICROSECOND count within the minute).
/// </summary>
internal static class TimeFunctions
{
    private const string DateFields = "YEAR, QUARTER, MONTH, WEEK, DAY, DOW, ISODOW, DOY, ISOYEAR, DECADE, CENTURY, MILLENNIUM, EPOCH";
    private const string ClockFields = "HOUR, MINUTE, SECOND, MILLISECOND, MICROSECOND";

    // SQL field to method of SqlTime.
    private static readonly Dictionary<string, string> OfDate = new()
    {
        ["YEAR"] = "Year", ["QUARTER"] = "Quarter", ["MONTH"] = "Month", ["WEEK"] = "Week", ["DAY"] = "Day", ["DOW"] = "DayOfWeek", ["DAYOFWEEK"] = "DayOfWeek",
        ["ISODOW"] = "IsoDayOfWeek", ["DOY"] = "DayOfYear", ["DAYOFYEAR"] = "DayOfYear", ["ISOYEAR"] = "IsoYear", ["DECADE"] = "Decade", ["CENTURY"] = "Century",
        ["MILLENNIUM"] = "Millennium",
    };

    private static readonly Dictionary<string, string> OfClock = new()
    {
        ["HOUR"] = "Hour", ["MINUTE"] = "Minute", ["SECOND"] = "Second", ["MILLISECOND"] = "Millisecond", ["MILLISECONDS"] = "Millisecond",
        ["MICROSECOND"] = "Microsecond", ["MICROSECONDS"] = "Microsecond",
    };

    public static IEnumerable<FunctionEntry> All
    {
        get
        {
            yield return new FunctionEntry("DATE_PART", 2, 2, DatePart);
            yield return new FunctionEntry("DATE_TRUNC", 2, 2, DateTrunc);
            foreach (string part in new[] { "YEAR", "QUARTER", "MONTH", "WEEK", "DAY", "HOUR", "MINUTE", "SECOND" })
            {
                yield return new FunctionEntry(part, 1, 1, call => Extract(part, call.NameSpan, call[0], call.Span, call.Diagnostics));
            }
        }
    }

    /// <summary>EXTRACT and DATE_PART with a constant field.</summary>
    public static BoundExpression? Extract(string field, TextSpan fieldSpan, BoundExpression source, TextSpan span, DiagnosticBag diagnostics)
    {
        string name = field.ToUpperInvariant();
        SqlTypeKind kind = source.Type.Kind;
        if (kind == SqlTypeKind.Null)
        {
            return new BoundLiteral(null, SqlType.BigInt, span);
        }

        if (Coercion.IsTextLiteral(source))
        {
            source = LiteralBinder.FromText((string)((BoundLiteral)source).Value!, SqlType.Timestamp, source.Span, source.Span, diagnostics)!;
            if (source is null)
            {
                return null;
            }

            kind = SqlTypeKind.Timestamp;
        }

        bool dated = source.Type.IsTimestamp || kind == SqlTypeKind.Date;
        bool clocked = source.Type.IsTimestamp || kind is SqlTypeKind.Time or SqlTypeKind.IntervalDayTime;
        if (!dated && !clocked && kind != SqlTypeKind.IntervalYearMonth)
        {
            diagnostics.Report(SqlRules.ArgumentType, source.Span, "EXTRACT", source.Type.ToString(), "DATE, TIME, TIMESTAMP, TIMESTAMPTZ or INTERVAL");
            return null;
        }

        BoundExpression value = kind == SqlTypeKind.Date ? new BoundCast(source, false, SqlType.Timestamp, source.Nullable, source.Span) : source;
        if (dated && OfDate.TryGetValue(name, out string? method))
        {
            return Call("SqlTime." + method, SqlType.BigInt);
        }

        if (clocked && OfClock.TryGetValue(name, out method))
        {
            return Call("SqlTime." + method, SqlType.BigInt);
        }

        if (kind == SqlTypeKind.IntervalYearMonth && name is "YEAR" or "MONTH")
        {
            return Call(name == "YEAR" ? "SqlTime.MonthsYear" : "SqlTime.MonthsMonth", SqlType.BigInt);
        }

        if (kind == SqlTypeKind.IntervalDayTime && name == "DAY")
        {
            return Call("SqlTime.IntervalDays", SqlType.BigInt);
        }

        if (name == "EPOCH" && kind != SqlTypeKind.IntervalYearMonth)
        {
            return Call(dated ? "SqlTime.Epoch" : "SqlTime.IntervalSeconds", SqlType.Double);
        }

        string fields = kind switch
        {
            SqlTypeKind.Date => DateFields,
            SqlTypeKind.Time => ClockFields + ", EPOCH",
            SqlTypeKind.IntervalDayTime => "DAY, " + ClockFields + ", EPOCH",
            SqlTypeKind.IntervalYearMonth => "YEAR, MONTH",
            _ => DateFields + ", " + ClockFields,
        };
        string? nearest = NearestName.Of(name, fields.Split(',').Select(f => f.Trim()));
        diagnostics.Add(new SqlDiagnostic(SqlRules.UnknownTimeField, fieldSpan, field, source.Type.ToString(), nearest ?? fields) { Suggestion = nearest });
        return null;

        BoundExpression Call(string of, SqlType type) => ScalarCalls.Make(new ScalarFunction("EXTRACT " + name, of), type, span, value);
    }

    private static BoundExpression? DatePart(FunctionCall call) => call[0] is BoundLiteral { Value: string field }
        ? Extract(field, call[0].Span, call[1], call.Span, call.Diagnostics)
        : Constant(call);

    private static BoundExpression? Constant(FunctionCall call)
    {
        call.Diagnostics.Report(SqlRules.ConstantRequired, call[0].Span, "The field of " + call.Name, ", such as 'hour'");
        return null;
    }

    private static BoundExpression? DateTrunc(FunctionCall call)
    {
        if (call[0] is not BoundLiteral { Value: string unit })
        {
            return Constant(call);
        }

        BoundExpression value = call[1];
        SqlType type = value.Type.Kind == SqlTypeKind.TimestampTz ? SqlType.TimestampTz : SqlType.Timestamp;
        if (Coercion.IsTextLiteral(value))
        {
            value = LiteralBinder.FromText((string)((BoundLiteral)value).Value!, type, value.Span, value.Span, call.Diagnostics)!;
            if (value is null)
            {
                return null;
            }
        }

        if (!Coercion.Widens(value.Type, type))
        {
            return call.WrongType(1, "DATE, TIMESTAMP or TIMESTAMPTZ");
        }

        value = Coercion.To(value, type);
        string name = unit.Trim().ToUpperInvariant();
        name = name.EndsWith("S", StringComparison.Ordinal) ? name.Substring(0, name.Length - 1) : name;
        switch (name)
        {
            // 0001-01-01 was a Monday, so weeks are whole multiples of seven days from there.
            case "MICROSECOND": return Fixed(10);
            case "MILLISECOND": return Fixed(TimeSpan.TicksPerMillisecond);
            case "SECOND": return Fixed(TimeSpan.TicksPerSecond);
            case "MINUTE": return Fixed(TimeSpan.TicksPerMinute);
            case "HOUR": return Fixed(TimeSpan.TicksPerHour);
            case "DAY": return Fixed(TimeSpan.TicksPerDay);
            case "WEEK": return Fixed(7 * TimeSpan.TicksPerDay);
            case "MONTH": return call.Call("SqlTime.TruncateMonths", type, value, call.Int(1));
            case "QUARTER": return call.Call("SqlTime.TruncateMonths", type, value, call.Int(3));
            case "YEAR": return call.Call("SqlTime.TruncateMonths", type, value, call.Int(12));
            case "DECADE": return call.Call("SqlTime.TruncateYears", type, true, value, call.Int(10));
            case "CENTURY": return call.Call("SqlTime.TruncateYears", type, value, call.Int(100));
            case "MILLENNIUM": return call.Call("SqlTime.TruncateYears", type, value, call.Int(1000));
            default:
                const string units = "microsecond, millisecond, second, minute, hour, day, week, month, quarter, year, decade, century, millennium";
                string? nearest = NearestName.Of(unit, units.Split(',').Select(u => u.Trim()));
                string? suggestion = nearest is null ? null : $"'{nearest}'";
                call.Diagnostics.Add(new SqlDiagnostic(SqlRules.UnknownTimeField, call[0].Span, unit, type.ToString(), suggestion ?? units) { Suggestion = suggestion });
                return null;
        }

        BoundExpression Fixed(long ticks) => call.Call("SqlTime.Truncate", type, value, call.BigInt(ticks));
    }
}
