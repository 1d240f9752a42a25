using System.ComponentModel;
using Laminar.State;

namespace Laminar.Execution;

/// <summary>
/// Windows in order of their ends, by number: which of them hold a time, and where they begin and end. Windows of fixed length are arithmetic with
/// constants; by the calendar, boundaries are worked out once for all rows around. One for each operator: not thread-safe.
/// </summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public sealed class WindowLine
{
    private readonly WindowLayout _layout;
    private readonly CalendarGrid? _panes;
    private readonly CalendarGrid? _spans;

    public WindowLine(WindowLayout layout)
    {
        _layout = layout;
        _panes = layout.Calendar is { } unit ? new CalendarGrid(unit) : null;
        _spans = layout.Spans is { } span ? new CalendarGrid(span) : null;
    }

    /// <summary>The first window that ends after a time.</summary>
    public long First(long time)
    {
        if (_panes is null)
        {
            return _layout.IsCumulating ? PaneOf(time) : PaneMath.FloorDivide(time - _layout.Origin - _layout.Size, _layout.Slide) + 1;
        }

        long pane = _panes.NumberOf(time);
        return _layout.IsCumulating ? pane : PaneMath.FloorDivide(pane - _layout.Panes, _layout.PanesPerSlide) + 1;
    }

    /// <summary>The last window that starts by a time; before <see cref="First"/> where none holds it.</summary>
    public long Last(long time) => _panes is null && !_layout.IsCumulating
        ? PaneMath.FloorDivide(time - _layout.Origin, _layout.Slide)
        : LastOfPane(PaneOf(time));

    /// <summary>The window behind another. Where the clock is set forward over the end of a window, the next beginning of the span is the same one.</summary>
    public long Next(long window) => _layout.IsCumulating ? PaneOf(End(window)) : window + 1;

    /// <summary>Inclusive.</summary>
    public long Start(long window)
    {
        if (_layout.IsCumulating)
        {
            long pane = PaneStart(window);
            return _spans is null ? SpanOf(pane) : _spans.Start(_spans.NumberOf(pane));
        }

        return _panes is null ? _layout.Origin + (window * _layout.Slide) : _panes.Start(window * _layout.PanesPerSlide);
    }

    /// <summary>Exclusive.</summary>
    public long End(long window) => _layout.IsCumulating ? PaneStart(window + 1)
        : _panes is null ? _layout.Origin + (window * _layout.Slide) + _layout.Size
        : _panes.Start((window * _layout.PanesPerSlide) + _layout.Panes);

    /// <summary>The first end after a watermark; the last or the first of all times, where the watermark is beyond all rows.</summary>
    public long NextEnd(long watermark) => IsBeyond(watermark) ? (watermark > 0 ? long.MaxValue : long.MinValue) : End(First(watermark));

    /// <summary>Whether no row can be where a watermark is.</summary>
    internal bool IsBeyond(long watermark) => watermark is > PaneMath.Limit or < -PaneMath.Limit || _panes?.Holds(watermark) == false;

    /// <summary>The pane that holds a time.</summary>
    internal long PaneOf(long time) => _panes is null ? PaneMath.FloorDivide(time - _layout.Origin, _layout.PaneSize) : _panes.NumberOf(time);

    /// <summary>Where a pane begins.</summary>
    internal long PaneStart(long pane) => _panes is null ? _layout.Origin + (pane * _layout.PaneSize) : _panes.Start(pane);

    /// <summary>The last window that holds a pane.</summary>
    internal long LastOfPane(long pane)
    {
        if (!_layout.IsCumulating)
        {
            return PaneMath.FloorDivide(pane, _layout.PanesPerSlide);
        }

        if (_spans is null)
        {
            return PaneOf(SpanOf(PaneStart(pane)) + _layout.Size - 1);
        }

        long span = _spans.NumberOf(PaneStart(pane));
        return PaneOf(_spans.Start(span + 1) - 1);
    }

    /// <summary>The start of the span that holds a time, where spans are of fixed length.</summary>
    private long SpanOf(long time) => _layout.Origin + (PaneMath.FloorDivide(time - _layout.Origin, _layout.Size) * _layout.Size);
}
