using System;
using System.Collections.Generic;
using System.Linq;
using Laminar.Functions;
using Laminar.Sql.Binding;
using Laminar.Sql.Diagnostics;
using Laminar.Sql.Syntax;
using Laminar.Sql.Text;
using Laminar.Sql.Types;

namespace Laminar.Sql.Functions;

/// <summary>
/// Sums and differences in units of the calendar, bins, times made of their parts; run by <c>SqlTime</c>. DATE_DIFF counts the bounds of units that lie
/// between two times (weeks: sevens of days; DuckDB), TIMESTAMPDIFF the whole units that have passed (Flink, MySQL).
/// </summary>
internal static class CalendarFunctions
{
    private static readonly SqlType I = SqlType.Int;

    public static IEnumerable<FunctionEntry> All
    {
        get
        {
            foreach (string name in new[] { "DATE_ADD", "TIMESTAMPADD", "DATEADD" })
            {
                yield return new FunctionEntry(name, name == "DATE_ADD" ? 2 : 3, 3, call => call.Arguments.Count == 2 ? Moved(call, BinaryOperator.Add) : Add(call)) { UnitFirst = true };
            }

            yield return new FunctionEntry("DATE_SUB", 2, 2, call => Moved(call, BinaryOperator.Subtract));
            foreach (string name in new[] { "DATE_DIFF", "DATEDIFF" })
            {
                yield return new FunctionEntry(name, 3, 3, call => Difference(call, "UnitsBetween", "MonthsBetween")) { UnitFirst = true };
            }

            yield return new FunctionEntry("TIMESTAMPDIFF", 3, 3, call => Difference(call, "UnitsPassed", "MonthsPassed")) { UnitFirst = true };
            yield return new FunctionEntry("DATE_BIN", 2, 3, Bin);
            yield return Overload.Function(
                "MAKE_TIMESTAMP",
                new Overload("SqlTime.Make", SqlType.Timestamp, I, I, I, I, I, SqlType.Double) { CanFail = true },
                new Overload("SqlTime.FromMicroseconds", SqlType.Timestamp, SqlType.BigInt) { CanFail = true });
            yield return Overload.Function("MAKE_DATE", new Overload("SqlTime.MakeDate", SqlType.Date, I, I, I) { CanFail = true });
            yield return Overload.Function(
                "EPOCH_MS",
                new Overload("SqlTime.FromMilliseconds", SqlType.Timestamp, SqlType.BigInt) { CanFail = true },
                new Overload("SqlTime.ToMilliseconds", SqlType.BigInt, SqlType.Timestamp),
                new Overload("SqlTime.ToMilliseconds", SqlType.BigInt, SqlType.TimestampTz));
            yield return Overload.Function(
                "LAST_DAY",
                new Overload("SqlTime.LastDayOfDate", SqlType.Date, SqlType.Date),
                new Overload("SqlTime.LastDay", SqlType.Date, SqlType.Timestamp),
                new Overload("SqlTime.LastDay", SqlType.Date, SqlType.TimestampTz));
        }
    }

    /// <summary>The argument as a TIMESTAMP or TIMESTAMPTZ; null when it was reported.</summary>
    public static BoundExpression? Time(FunctionCall call, int index)
    {
        BoundExpression value = call[index];
        if (Coercion.IsTextLiteral(value))
        {
            return LiteralBinder.FromText((string)((BoundLiteral)value).Value!, SqlType.Timestamp, value.Span, value.Span, call.Diagnostics);
        }

        return value.Type.Kind == SqlTypeKind.TimestampTz ? value
            : Coercion.Widens(value.Type, SqlType.Timestamp) ? Coercion.To(value, SqlType.Timestamp)
            : call.WrongType(index, "DATE, TIMESTAMP or TIMESTAMPTZ");
    }

    private static BoundExpression? Moved(FunctionCall call, BinaryOperator op)
    {
        BoundExpression? time = Time(call, 0);
        return time is null ? null
            : call[1].Type.IsInterval || call[1].Type.Kind == SqlTypeKind.Null ? TimeArithmetic.Bind(op, time, call[1], call.Span)
            : call.WrongType(1, "an INTERVAL");
    }

    // unit, count, time: the interval of one unit, multiplied, is added.
    private static BoundExpression? Add(FunctionCall call)
    {
        if (Unit(call, out long months, out long ticks) is false || Time(call, 2) is not { } time)
        {
            return null;
        }

        if (!Coercion.Widens(call[1].Type, SqlType.BigInt))
        {
            return call.WrongType(1, "BIGINT");
        }

        BoundLiteral one = months > 0 ? new BoundLiteral((int)months, SqlType.IntervalYearMonth, call[0].Span) : new BoundLiteral(ticks, SqlType.IntervalDayTime, call[0].Span);
        BoundExpression many = TimeArithmetic.Bind(BinaryOperator.Multiply, one, Coercion.To(call[1], SqlType.BigInt), call.Span)!;
        return TimeArithmetic.Bind(BinaryOperator.Add, time, many, call.Span);
    }

    private static BoundExpression? Difference(FunctionCall call, string ofTicks, string ofMonths)
    {
        if (Unit(call, out long months, out long ticks) is false || Time(call, 1) is not { } from || Time(call, 2) is not { } to)
        {
            return null;
        }

        return ticks == 7 * TimeSpan.TicksPerDay && ofTicks == "UnitsBetween" ? call.Call("SqlTime.WeeksBetween", SqlType.BigInt, from, to)
            : months > 0 ? call.Call("SqlTime." + ofMonths, SqlType.BigInt, from, to, call.Int((int)months))
            : call.Call("SqlTime." + ofTicks, SqlType.BigInt, from, to, call.BigInt(ticks));
    }

    private static BoundExpression? Bin(FunctionCall call)
    {
        BoundExpression stride = call[0];
        if (Coercion.IsTextLiteral(stride))
        {
            stride = LiteralBinder.FromText((string)((BoundLiteral)stride).Value!, SqlType.IntervalDayTime, stride.Span, stride.Span, call.Diagnostics)!;
        }
        else if (!Coercion.Widens(stride.Type, SqlType.IntervalDayTime))
        {
            return call.WrongType(0, "INTERVAL DAY TO SECOND");
        }

        BoundExpression? time = Time(call, 1);
        BoundExpression? origin = call.Arguments.Count > 2 ? Time(call, 2) : new BoundLiteral(EpochTicks, SqlType.Timestamp, call.Span);
        return stride is null || time is null || origin is null ? null : call.Call("SqlTime.Bin", time.Type, true, Coercion.To(stride, SqlType.IntervalDayTime), time, origin);
    }

    private const long EpochTicks = 621_355_968_000_000_000;

    /// <summary>The unit that the first argument names; false when it names none, which is reported.</summary>
    private static bool Unit(FunctionCall call, out long months, out long ticks)
    {
        months = ticks = 0;
        if (call[0] is not BoundLiteral { Value: string unit })
        {
            call.Diagnostics.Report(SqlRules.ConstantRequired, call[0].Span, "The unit of " + call.Name, ", such as 'hour'");
            return false;
        }

        if (TimeText.TryUnit(unit.Trim(), out months, out ticks))
        {
            return true;
        }

        string? nearest = NearestName.Of(unit, Keywords.Units);
        string units = string.Join(", ", Keywords.Units.Select(u => u.ToLowerInvariant()));
        call.Diagnostics.Add(new SqlDiagnostic(SqlRules.UnknownTimeField, call[0].Span, unit, call.Name, nearest?.ToLowerInvariant() ?? units) { Suggestion = nearest });
        return false;
    }
}
