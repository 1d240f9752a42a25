using System;
using System.Collections.Generic;
using System.Linq;
using Laminar.Sql.Catalog;
using Laminar.Sql.Plan;
using Laminar.Sql.Text;
using Laminar.Sql.Types;

namespace Laminar.Sql.Binding;

/// <summary>The window that a query groups by.</summary>
/// <param name="Spec">Its shape over the event-time column as named, before any shift for lag.</param>
/// <param name="Type">Type of the time column and so of the window's bounds.</param>
/// <param name="Span">Where the query says it.</param>
/// <param name="TimeLag">The time column's lag behind the input's watermark.</param>
internal sealed record GroupWindow(WindowSpec Spec, SqlType Type, TextSpan Span, long TimeLag)
{
    public static readonly IReadOnlyList<string> Names = new[] { "window_start", "window_end", "window_time" };

    /// <summary>All of time, for a query that groups without a window.</summary>
    public bool IsWhole => Spec.Kind == WindowKind.Whole;

    /// <summary>Where a window lies depends on the rows in it.</summary>
    public bool IsSession => Spec.Kind == WindowKind.Session;

    /// <summary>Of a table function: what it parts the rows by, which is what sessions are counted by. Null where it says nothing.</summary>
    public IReadOnlyList<BoundExpression>? PartitionBy { get; init; }

    /// <summary>The window of a query without one. FIRST_VALUE and its like go by the input's event time; where there is none, rows are taken as they come.</summary>
    public static GroupWindow Whole(PlanNode input, TextSpan span)
    {
        List<PlanColumn> columns = input.Columns.ToList();
        int watermark = columns.FindIndex(c => c.EventTimeLag == 0);
        int ordinal = watermark >= 0 ? watermark : columns.FindIndex(c => c.EventTimeLag is not null);
        BoundExpression time = ordinal < 0
            ? new BoundLiteral(Streaming.EventTime.UnixEpochTicks, SqlType.Timestamp, span)
            : new BoundColumn(ordinal, columns[ordinal].Name, columns[ordinal].Type, columns[ordinal].Nullable, span);
        return new GroupWindow(WindowSpec.Whole(time), time.Type, span, 0);
    }

    /// <summary>Which bound a name means, or null.</summary>
    public static WindowPart? PartOf(string name)
    {
        for (int i = 0; i < Names.Count; i++)
        {
            if (SqlName.Same(Names[i], name))
            {
                return (WindowPart)i;
            }
        }

        return null;
    }

    /// <summary>Same windows over the same column, wherever they are written.</summary>
    public bool SameAs(WindowSpec other) =>
        Spec.Kind == other.Kind && Spec.Size == other.Size && Spec.Slide == other.Slide && Spec.Origin == other.Origin && Spec.Calendar == other.Calendar
        && ExpressionComparer.Same(Spec.Time, other.Time);

    /// <summary>The name of a bound's column.</summary>
    public static string NameOf(WindowPart part) => Names[(int)part];
}
