using System.Collections.Generic;
using Laminar.Sql.Binding;
using Laminar.Sql.Types;

namespace Laminar.Sql.Functions;

/// <summary>
/// The time of the query's clock when the row is computed (not when a statement began: a stream has none). CURRENT_TIMESTAMP, NOW and PROCTIME are
/// TIMESTAMPTZ, the others the clock as UTC shows it. CURRENT_WATERMARK is the clock of the rows themselves.
/// </summary>
internal static class ClockFunctions
{
    public static IEnumerable<FunctionEntry> All
    {
        get
        {
            foreach (string name in new[] { "CURRENT_TIMESTAMP", "NOW", "PROCTIME" })
            {
                yield return new FunctionEntry(name, 0, 0, call => new BoundClock(call.Span));
            }

            yield return new FunctionEntry("CURRENT_WATERMARK", 0, 0, call => new BoundWatermark(call.Binder.EventTimeType, call.Span));
            yield return Part("LOCALTIMESTAMP", SqlType.Timestamp);
            yield return Part("CURRENT_DATE", SqlType.Date);
            yield return Part("CURRENT_TIME", SqlType.Time);
            yield return Part("LOCALTIME", SqlType.Time);
        }
    }

    private static FunctionEntry Part(string name, SqlType type) => new(name, 0, 0, call => new BoundCast(new BoundClock(call.Span), false, type, false, call.Span));
}
