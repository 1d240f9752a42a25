using System;
using System.Collections.Generic;
using Laminar.Functions;
using Laminar.Sql.Binding;
using Laminar.Sql.Diagnostics;
using Laminar.Sql.Types;

namespace Laminar.Sql.Functions;

/// <summary>
/// Times as text and back; run by <c>SqlTimeFormat</c>. TO_CHAR, TO_TIMESTAMP and TO_DATE have PostgreSQL's formats, DATE_FORMAT and the functions of Unix
/// times Java's. TO_TIMESTAMP gives TIMESTAMPTZ, FROM_UNIXTIME TIMESTAMP (with a format, text). Constant formats are checked here and read once.
/// </summary>
internal static class TimeFormatFunctions
{
    private static readonly SqlType T = SqlType.Varchar;

    public static IEnumerable<FunctionEntry> All
    {
        get
        {
            yield return new FunctionEntry("TO_CHAR", 2, 2, ToChar);
            yield return new FunctionEntry("DATE_FORMAT", 2, 2, call => Print(call, CalendarFunctions.Time(call, 0), 1, java: true));
            yield return new FunctionEntry("TO_TIMESTAMP", 1, 2, ToTimestamp);
            yield return new FunctionEntry("TO_DATE", 1, 2, ToDate);
            yield return new FunctionEntry("FROM_UNIXTIME", 1, 2, FromUnixTime);
            yield return new FunctionEntry("UNIX_TIMESTAMP", 0, 2, UnixTimestamp);
        }
    }

    private static BoundExpression? Print(FunctionCall call, BoundExpression? time, int format, bool java) =>
        time is null || Format(call, format, java) is not { } prepared ? null : call.Call("SqlTimeFormat.Format", T, time, prepared);

    private static BoundExpression? ToChar(FunctionCall call) => call[0].Type.IsNumeric ? Number(call)
        : call[0].Type.IsInterval || call[0].Type.Kind is SqlTypeKind.Boolean or SqlTypeKind.Time || (call[0].Type.Kind == SqlTypeKind.Varchar && !Coercion.IsTextLiteral(call[0])) ? call.WrongType(0, "a number, DATE, TIMESTAMP or TIMESTAMPTZ")
        : Print(call, CalendarFunctions.Time(call, 0), 1, java: false);

    /// <summary>TO_CHAR of a number.</summary>
    private static BoundExpression? Number(FunctionCall call)
    {
        BoundExpression value = call[0];
        SqlType type = value.Type.IsFloat ? value.Type : value.Type.Kind == SqlTypeKind.Decimal ? value.Type : Coercion.Widens(value.Type, SqlType.BigInt) ? SqlType.BigInt : SqlType.Decimal(28, 0);
        BoundExpression? format = Prepared(call, 1, "SqlNumberFormat", "SqlNumberFormat.Of", text => NumberPattern.Of(text), SqlRules.InvalidNumberFormat);
        return format is null ? null : call.Call("SqlNumberFormat.Format", T, Coercion.To(value, type), format);
    }

    private static BoundExpression? ToTimestamp(FunctionCall call)
    {
        if (call.Arguments.Count == 2)
        {
            return Read(call, "SqlTimeFormat.Parse", SqlType.TimestampTz, java: false);
        }

        return call[0].Type.Kind == SqlTypeKind.Varchar ? Cast(call, SqlType.TimestampTz)
            : Coercion.Widens(call[0].Type, SqlType.Double) ? call.Call("SqlTime.FromSeconds", SqlType.TimestampTz, true, Coercion.To(call[0], SqlType.Double))
            : call.WrongType(0, "VARCHAR, or seconds since 1970 as DOUBLE");
    }

    private static BoundExpression? ToDate(FunctionCall call) =>
        call.Arguments.Count == 2 ? Read(call, "SqlTimeFormat.ParseDate", SqlType.Date, java: false)
        : Coercion.Widens(call[0].Type, T) || call[0].Type.IsTimestamp ? Cast(call, SqlType.Date)
        : call.WrongType(0, "VARCHAR");

    private static BoundExpression? FromUnixTime(FunctionCall call)
    {
        SqlType? seconds = Coercion.Widens(call[0].Type, SqlType.BigInt) ? SqlType.BigInt : Coercion.Widens(call[0].Type, SqlType.Double) ? SqlType.Double : null;
        if (seconds is null)
        {
            return call.WrongType(0, "seconds since 1970 as BIGINT or DOUBLE");
        }

        BoundExpression time = call.Call("SqlTime.FromSeconds", SqlType.Timestamp, true, Coercion.To(call[0], seconds));
        return call.Arguments.Count == 1 ? time : Print(call, time, 1, java: true);
    }

    private static BoundExpression? UnixTimestamp(FunctionCall call)
    {
        if (call.Arguments.Count == 0)
        {
            return call.Call("SqlTime.ToSeconds", SqlType.BigInt, new BoundClock(call.Span));
        }

        bool isText = call[0].Type.Kind == SqlTypeKind.Varchar && !(call.Arguments.Count == 1 && Coercion.IsTextLiteral(call[0]));
        BoundExpression? time = call.Arguments.Count == 2 ? Read(call, "SqlTimeFormat.Parse", SqlType.Timestamp, java: true)
            : isText ? Cast(call, SqlType.Timestamp)
            : CalendarFunctions.Time(call, 0);
        return time is null ? null : call.Call("SqlTime.ToSeconds", SqlType.BigInt, time);
    }

    private static BoundExpression Cast(FunctionCall call, SqlType type) => call[0] is BoundLiteral { Value: null }
        ? new BoundLiteral(null, type, call.Span)
        : new BoundCast(Coercion.To(call[0], call[0].Type.Kind == SqlTypeKind.Null ? T : call[0].Type), false, type, call[0].Nullable, call.Span);

    private static BoundExpression? Read(FunctionCall call, string method, SqlType type, bool java)
    {
        if (!Coercion.Widens(call[0].Type, T))
        {
            return call.WrongType(0, "VARCHAR");
        }

        return Format(call, 1, java) is { } format ? call.Call(method, type, true, Coercion.To(call[0], T), format) : null;
    }

    private static BoundExpression? Format(FunctionCall call, int index, bool java) => Prepared(
        call, index, "SqlTimeFormat", java ? "SqlTimeFormat.Java" : "SqlTimeFormat.Postgres", text => _ = java ? TimePattern.Java(text) : TimePattern.Postgres(text), SqlRules.InvalidFormat);

    /// <summary>A format, which is read once where it is constant, and checked here.</summary>
    private static BoundExpression? Prepared(FunctionCall call, int index, string holder, string method, Action<string> read, SqlRule rule)
    {
        BoundExpression format = call[index];
        if (!Coercion.Widens(format.Type, T))
        {
            return call.WrongType(index, "VARCHAR");
        }

        if (format is BoundLiteral { Value: string text })
        {
            try
            {
                read(text);
            }
            catch (ArgumentException error)
            {
                call.Diagnostics.Report(rule, format.Span, error.Message);
                return null;
            }
        }

        var function = new ScalarFunction("FORMAT", method) { CanFail = format is not BoundLiteral };
        return ScalarCalls.Make(function, SqlType.Prepared(holder), format.Span, Coercion.To(format, T));
    }
}
