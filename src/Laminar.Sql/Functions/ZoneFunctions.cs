using System.Linq;
using Laminar.Functions;
using Laminar.Sql.Binding;
using Laminar.Sql.Diagnostics;
using Laminar.Sql.Text;
using Laminar.Sql.Types;

namespace Laminar.Sql.Functions;

/// <summary>AT TIME ZONE; run by <c>SqlZone</c>. A constant zone is checked here and looked up once.</summary>
internal static class ZoneFunctions
{
    /// <summary>TIMESTAMP at a zone is the instant (TIMESTAMPTZ) that the zone's clock shows so; TIMESTAMPTZ at a zone is that clock (TIMESTAMP).</summary>
    public static BoundExpression? At(BoundExpression time, BoundExpression zone, TextSpan span, DiagnosticBag diagnostics)
    {
        if (Coercion.IsTextLiteral(time))
        {
            // PostgreSQL reads a text as an instant here.
            time = LiteralBinder.FromText((string)((BoundLiteral)time).Value!, SqlType.TimestampTz, time.Span, time.Span, diagnostics)!;
            if (time is null)
            {
                return null;
            }
        }

        bool isInstant = time.Type.Kind == SqlTypeKind.TimestampTz;
        if (!isInstant && !Coercion.Widens(time.Type, SqlType.Timestamp))
        {
            diagnostics.Report(SqlRules.ArgumentType, time.Span, "AT TIME ZONE", time.Type.ToString(), "TIMESTAMP, TIMESTAMPTZ or DATE");
            return null;
        }

        time = isInstant ? time : Coercion.To(time, SqlType.Timestamp);
        SqlType type = isInstant ? SqlType.Timestamp : SqlType.TimestampTz;
        if (zone.Type.Kind == SqlTypeKind.IntervalDayTime)
        {
            // How far the zone is east of UTC.
            var shift = new ScalarFunction("AT TIME ZONE", isInstant ? "SqlTime.AddTicks" : "SqlTime.SubtractTicks") { CanFail = true };
            return ScalarCalls.Make(shift, type, span, time, zone);
        }

        if (!Coercion.Widens(zone.Type, SqlType.Varchar))
        {
            diagnostics.Report(SqlRules.ArgumentType, zone.Span, "AT TIME ZONE", zone.Type.ToString(), "the name of a time zone, such as 'Europe/Berlin', or an INTERVAL");
            return null;
        }

        if (Prepare(Coercion.To(zone, SqlType.Varchar), diagnostics) is not { } prepared)
        {
            return null;
        }

        var function = new ScalarFunction("AT TIME ZONE", isInstant ? "SqlZone.ToLocal" : "SqlZone.ToInstant") { CanFail = true };
        return ScalarCalls.Make(function, type, span, time, prepared);
    }

    /// <summary>The zone of a name; null when there is none of a constant name, which is reported.</summary>
    public static BoundExpression? Prepare(BoundExpression zone, DiagnosticBag diagnostics)
    {
        if (zone is BoundLiteral { Value: string } literal)
        {
            if (Known(literal, diagnostics) is not { } known)
            {
                return null;
            }

            zone = literal with { Value = known };
        }

        return ScalarCalls.Make(new ScalarFunction("ZONE", "SqlZone.Of"), SqlType.Prepared("SqlZone"), zone.Span, zone);
    }

    /// <summary>A constant zone's name as it is written, or an offset; null when there is no such zone, which is reported.</summary>
    public static string? Known(BoundLiteral zone, DiagnosticBag diagnostics)
    {
        string name = (string)zone.Value!;
        string? known = TimeText.TryOffset(name, out _) ? name : TimeZoneNames.Find(name);
        if (known is null)
        {
            string? nearest = NearestName.Of(name, TimeZoneNames.Names) ?? TimeZoneNames.Names.FirstOrDefault(n => n.EndsWith("/" + name.Replace(' ', '_'), System.StringComparison.OrdinalIgnoreCase));
            string help = nearest is null ? "; use a name of the IANA database such as 'Europe/Berlin', or an offset such as '+02:00'" : $"; did you mean '{nearest}'?";
            diagnostics.Add(new SqlDiagnostic(SqlRules.UnknownTimeZone, zone.Span, name, help) { Suggestion = nearest is null ? null : $"'{nearest}'" });
        }

        return known;
    }
}
