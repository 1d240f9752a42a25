namespace Laminar.Sql.Diagnostics;

/// <content>LAM3xxx: what a stream allows. LAM4xxx: what it costs. LAM9xxx: our bugs.</content>
public static partial class SqlRules
{
    public static readonly SqlRule NoWatermark = Warning("LAM3001", "No watermark declared", "'{0}' declares no watermark, so windows close only by AdvanceWatermark or at end of input; declare one ({1})");

    public static readonly SqlRule NotEventTime = Error("LAM3002", "Window over a column that is not event time", "'{0}' is not event time, so nothing says when a window over it is complete; use {1}");

    public static readonly SqlRule WindowTimeType = Error("LAM3003", "Window over a wrong type", "A window needs a TIMESTAMP, TIMESTAMPTZ or BIGINT (milliseconds) column, not {0}");

    public static readonly SqlRule SeveralWindows = Error("LAM3004", "Several windows", "A query groups by one window; this one differs from {0}");

    public static readonly SqlRule InvalidWindowSize = Error("LAM3005", "Invalid window size", "The {0} of a window must be {1}");

    public static readonly SqlRule EmitWithoutWindow = Error("LAM3006", "EMIT without a window", "{0} needs a GROUP BY with a window; remove it or add TUMBLE(...) to GROUP BY");

    public static readonly SqlRule EmitWithoutGroups = Error("LAM3012", "EMIT without groups", "{0} gathers changes of groups, and this query has none; remove it or add GROUP BY");

    public static readonly SqlRule FinalWithLateness = Error("LAM3010", "EMIT FINAL with lateness", "EMIT FINAL gives each result once, so late rows can't correct it; remove ALLOW LATENESS, or EMIT FINAL");

    public static readonly SqlRule UnboundedValues = Warning("LAM3014", "Values of all of a stream are kept", "Without a window {0} of the whole input are kept until it ends; add GROUP BY a window such as TUMBLE(ts, INTERVAL '1' HOUR), WITH (state_ttl = '1d') at the end, or take a sketch such as APPROX_COUNT_DISTINCT or APPROX_PERCENTILE");
    public static readonly SqlRule UnboundedGroups = Warning("LAM3011", "State grows without bound", "Groups without a window are kept until the input ends, {0}; add a window such as TUMBLE(ts, INTERVAL '1' HOUR) to GROUP BY, or WITH (state_ttl = '1d') at the end, unless the keys are few");

    public static readonly SqlRule InvalidQueryOption = Error("LAM3013", "Invalid option of a query", "WITH behind a query takes options: {0}");

    public static readonly SqlRule InvalidWatermark = Error("LAM3007", "Invalid watermark", "A watermark is a column, or a column minus a constant interval (ts - INTERVAL '5' SECOND); {0}");

    public static readonly SqlRule NoEventTime = Error("LAM3008", "No event time left", "'{0}' has no event-time column; add one ({1}) to its select list");

    public static readonly SqlRule WindowOverLateRows = Error("LAM3020", "Window over late rows", "'{0}' holds rows that came too late, and nothing says when all of those have come, so no window over them is ever complete; group by DATE_TRUNC('minute', {1}) instead");

    public static readonly SqlRule UnboundedOrder = Error("LAM3030", "ORDER BY over a stream", "A stream has no end at which its rows could be sorted; group by a window, such as TUMBLE(ts, INTERVAL '1' MINUTE), whose rows are sorted when it closes, or keep the first rows with LIMIT");

    public static readonly SqlRule OverWithoutEnd = Error("LAM3034", "OVER needs an end", "{0} needs all rows of its partition, and a stream's have no end; {1}");

    public static readonly SqlRule LimitPerWindow = Info("LAM3031", "LIMIT is per window", "{0} counts the rows of each window anew, since a window's rows are final when it closes");

    public static readonly SqlRule UnboundedJoin = Warning("LAM3032", "Join without a bound in time", "Nothing says how far apart in time matches are, so the rows of {0} are kept until the input ends; {1}");

    public static readonly SqlRule AsofTime = Error("LAM3033", "Not the event times of both sides", "A join as of a time compares the event time of the left side with that of the right side, such as MATCH_CONDITION (a.ts >= b.ts){0}");

    public static readonly SqlRule ViewWithoutKey = Error("LAM3050", "A view needs its key", "Changes of this query tell the new row only (EMIT ON UPDATE and EVERY), and without all of {0} nothing says which row of the view that replaces; select them, or write EMIT CHANGES");

    public static readonly SqlRule UnboundedView = Warning("LAM3051", "A view without a bound", "Rows of '{0}' come and never go, so the view grows until it has {1} rows and the runtime stops; {2}");

    public static readonly SqlRule ClockInState = Warning("LAM3009", "The clock decides", "{0} decides {1}, and is another time when rows are read again after a crash; use the event time");

    public static readonly SqlRule ManyPanes = Warning("LAM4001", "Many panes per window", "Each window is made of {0} panes of {1}, all merged when it closes; make the slide a divisor of the size, or round both");

    /// <summary>LAM9001: never the user's fault.</summary>
    public static readonly SqlRule InternalError = Error("LAM9001", "Bug in Laminar", "This is a bug in Laminar, not in your query: {0}. Please report the query");
}
