using System.ComponentModel;

namespace Laminar.Execution;

/// <summary>When an aggregation hands on results.</summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public enum EmissionMode : byte
{
    /// <summary>When a window ends.</summary>
    OnWindowClose,

    /// <summary>Each change, row by row.</summary>
    Changes,

    /// <summary>Groups that a batch changed, at its end.</summary>
    OnUpdate,

    /// <summary>Groups that changed, when the watermark reaches a multiple of an interval.</summary>
    Every,

    /// <summary>Groups that changed, when the wall clock does.</summary>
    ByClock,
}

/// <summary>Which part of an aggregation an operator does.</summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public enum AggregationPhase : byte
{
    /// <summary>Rows to results.</summary>
    Whole,

    /// <summary>Rows of one partition to partial results per pane.</summary>
    Local,

    /// <summary>Partial results to results.</summary>
    Final,
}

/// <summary>
/// What is known of a windowed aggregation at build time: how windows lie over panes, and panes over entries of the state.
/// Times are in the unit of the event time: ticks, or milliseconds where it is a BIGINT.
/// </summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public sealed record WindowLayout
{
    /// <summary>For messages.</summary>
    public required string QueryName { get; init; }

    /// <summary>Of the state's layout.</summary>
    public required string Fingerprint { get; init; }

    /// <summary>Length of a window.</summary>
    public required long Size { get; init; }

    /// <summary>Distance of window starts.</summary>
    public required long Slide { get; init; }

    /// <summary>Width of a pane: of the stretch of time that windows have whole or not at all.</summary>
    public required long PaneSize { get; init; }

    /// <summary>The start of some window.</summary>
    public required long Origin { get; init; }

    /// <summary>Between <c>window_time</c> and <c>window_end</c>.</summary>
    public required long Gap { get; init; }

    /// <summary>Panes of a window.</summary>
    public int Panes { get; init; } = 1;

    /// <summary>Panes from one window's start to the next one's.</summary>
    public int PanesPerSlide { get; init; } = 1;

    /// <summary>
    /// Windows are the beginnings of spans, one for each pane of it. <see cref="Size"/> is the length of a span, and a row goes into the windows that end
    /// behind it in its span.
    /// </summary>
    public bool IsCumulating { get; init; }

    /// <summary>What spans have come to is kept beside panes that are still open; else each window has groups of its own.</summary>
    public bool HasTotals { get; init; }

    /// <summary>How panes lie by the calendar; null where all are of one length.</summary>
    public CalendarUnit? Calendar { get; init; }

    /// <summary>How spans do.</summary>
    public CalendarUnit? Spans { get; init; }

    /// <summary>Windows share panes that have groups of their own, and what windows come to is kept beside those; see <see cref="SlidingOperator{TIn, TGroup}"/>.</summary>
    public bool IsSliding { get; init; }

    /// <summary>An entry of the state holds 2^BlockShift panes.</summary>
    public int BlockShift { get; init; }

    /// <summary>All of time is one window.</summary>
    public bool IsWhole { get; init; }

    /// <summary>All of time, but groups are forgotten when they have had no rows for <see cref="Size"/>.</summary>
    public bool IsIdle { get; init; }

    /// <summary>No keys: one group per window.</summary>
    public bool IsGlobal { get; init; }

    /// <summary>All of time, and groups of no keys among others, which there are even of no rows.</summary>
    public bool HasEmptySets { get; init; }

    /// <summary>Text keys.</summary>
    public int Texts { get; init; }

    /// <summary>How long behind its end a window is kept, for late rows to correct.</summary>
    public long Lateness { get; init; }

    /// <summary>When results come.</summary>
    public EmissionMode Emission { get; init; }

    /// <summary>Distance of watermarks, or of readings of the wall clock in ticks, at which changed groups are emitted; 0: only when a batch or their window ends.</summary>
    public long EmitInterval { get; init; }

    /// <summary>One of those.</summary>
    public long EmitOrigin { get; init; }

    /// <summary>How far the source's watermark is behind the event time of the row.</summary>
    public long Delay { get; init; }

    /// <summary>The event time is a BIGINT of milliseconds, which may hold any number.</summary>
    public bool IsMilliseconds { get; init; }

    /// <summary>The loop counts late rows, once it knows that they don't fail.</summary>
    public bool DefersLate { get; init; }

    /// <summary>Which part of the aggregation it is.</summary>
    public AggregationPhase Phase { get; init; }

    /// <summary>Windows are more than closed: kept for late rows, or emitted before they end.</summary>
    public bool HasSchedule => Lateness > 0 || Emission is EmissionMode.OnUpdate or EmissionMode.Every or EmissionMode.ByClock;

    /// <summary>Whether windows share panes that lie side by side in entries.</summary>
    public bool SharesPanes => BlockShift > 0;

    /// <summary>The first phase of two, pane by pane.</summary>
    public WindowLayout ForLocal() => this with
    {
        Size = PaneSize,
        Slide = PaneSize,
        Panes = 1,
        PanesPerSlide = 1,
        BlockShift = 0,
        IsCumulating = false,
        HasTotals = false,
        IsSliding = false,
        Spans = null,
        DefersLate = false,
        Phase = AggregationPhase.Local,
    };

    /// <summary>The second phase of two.</summary>
    public WindowLayout ForFinal() => this with { DefersLate = false, Phase = AggregationPhase.Final };
}
