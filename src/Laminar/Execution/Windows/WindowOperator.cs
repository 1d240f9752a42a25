using System.ComponentModel;
using System.Runtime.CompilerServices;
using Laminar.State;

namespace Laminar.Execution;

/// <summary>
/// What windowed aggregations share outside their loops: opening the pane of a row, closing windows when the watermark passes them, text
/// keys, snapshots. The loop over rows, the layout of a group and what a result is made of are generated.
/// </summary>
/// <remarks>
/// Panes and their merging follow Krishnamurthy, Wu, Franklin: On-the-fly sharing for streamed aggregation (SIGMOD 2006).
/// </remarks>
/// <typeparam name="TIn">The input's row.</typeparam>
/// <typeparam name="TGroup">An entry of the state.</typeparam>
[EditorBrowsable(EditorBrowsableState.Never)]
public abstract partial class WindowOperator<TIn, TGroup> : EventTimeOperator<TIn>
    where TGroup : unmanaged, IGroupEntry<TGroup>
{
    private readonly WindowLayout _layout;

    /// <summary>Of EMIT EVERY by the wall clock.</summary>
    private readonly EmissionClock? _clock;

    /// <summary>What spans have come to, those of their panes included that the next window to close has; see <see cref="WindowLayout.HasTotals"/>.</summary>
    private readonly GroupTable<TGroup>? _totals;

    /// <summary>The pane that was current before the current one: rows out of order go back and forth between two.</summary>
    private CurrentPane _other;

    private CurrentPane _current;

    /// <summary>Rows before this are late for at least one window.</summary>
    private long _lateBefore = long.MinValue;

    /// <summary>A row came for a pane that has been handed on, or added to what its windows come to: it is handed on, or added, alone.</summary>
    private bool _reopened;

    /// <summary>The row that the current pane was made current for alone; -1: it is for whatever row falls into it.</summary>
    private int _onlyRow = -1;

    protected WindowOperator(WindowLayout layout)
        : base(layout.QueryName, layout.Fingerprint)
    {
        _layout = layout;
        _clock = layout.Emission == EmissionMode.ByClock ? new EmissionClock(layout) : null;
        Line = new WindowLine(layout);
        _totals = layout.HasTotals ? new GroupTable<TGroup>(layout.Texts) : null;
        Groups = new GroupTable<TGroup>(layout.Texts);
        if (layout.IsWhole && layout.Emission != EmissionMode.Every)
        {
            NextEnd = long.MaxValue;
        }

        LeavePanes();
    }

    /// <inheritdoc/>
    public override long StateBytes => Groups.Bytes + (_totals?.Bytes ?? 0);

    /// <summary>The groups.</summary>
    public GroupTable<TGroup> Groups { get; }

    /// <summary>Where windows lie.</summary>
    public WindowLine Line { get; }

    /// <summary>The earliest window end that the watermark hasn't reached.</summary>
    public long NextEnd { get; private set; } = long.MinValue + 1;

    /// <summary>Times in [From, From + Width) belong to the current pane and close nothing.</summary>
    public long From => _current.From;

    /// <summary>See <see cref="From"/>; 0: no pane is current.</summary>
    public ulong Width => _current.Width;

    /// <summary>What <see cref="RowTime.Stored"/> of a time in the current pane is short of the time: 0 but for a single row with a local time.</summary>
    public long Shift => _current.Shift;

    /// <summary>
    /// The first event time, in ticks, whose own watermark closes a window. Compared without signs: what <see cref="RowTime.Stored"/> makes of
    /// local times is beyond it.
    /// </summary>
    public ulong CloseFrom => (ulong)Math.Max(0, NextEnd > long.MaxValue - _layout.Delay ? long.MaxValue : NextEnd + _layout.Delay);

    /// <summary>The groups of the current pane's block; of no row where no pane has been current yet.</summary>
    public GroupBlock<TGroup> Block => _current.Block;

    /// <summary>The current pane's place in its entries.</summary>
    public int PaneIndex => _current.PaneIndex;

    /// <summary>The row that asked for the current pane is late for a window, which the loop has yet to count.</summary>
    public bool IsLate { get; set; }

    /// <summary>The row that asked for the current pane counts in an open window.</summary>
    public bool IsKept { get; private set; } = true;

    /// <summary>Where watermarks come from in this batch: what the current pane was compared with depends on it.</summary>
    public bool IsStamped
    {
        get;
        set
        {
            if (field != value)
            {
                field = value;
                LeavePanes();
            }
        }
    }

    /// <inheritdoc/>
    public override void Dispose()
    {
        Groups.Dispose();
        _totals?.Dispose();
        base.Dispose();
    }

    /// <summary>
    /// Up to where rows may be looked at before asking again: to the end of the batch, or no further than a row that the current pane was
    /// opened for alone.
    /// </summary>
    /// <param name="row">The next row.</param>
    /// <param name="count">Rows of the batch.</param>
    public int StretchEnd(int row, int count)
    {
        if (_onlyRow < 0)
        {
            return count;
        }

        if (row == _onlyRow)
        {
            return row + 1;
        }

        LeavePane();
        return count;
    }

    /// <summary>After the last row of a batch.</summary>
    public void EndBatch()
    {
        if (_onlyRow >= 0)
        {
            LeavePane();
        }

        HandOnReopened();
        if (OwnWatermark >= NextEnd)
        {
            Close(OwnWatermark);
        }
        else if (_layout.IsWhole)
        {
            Follow(OwnWatermark);
        }

        if (_layout.Emission == EmissionMode.OnUpdate)
        {
            EmitChanged();
        }

        Position = -1;
        Progress(OutWatermark);
    }

    /// <summary>
    /// The row isn't of the current pane, or its own watermark closes windows. Taking that before the row is the same as after: the row's
    /// windows end later. Only where windows are over the column that the watermark follows.
    /// </summary>
    /// <param name="time">The row's event time.</param>
    /// <param name="stored">The same as the loop compares it: <see cref="RowTime.Stored"/>.</param>
    /// <param name="row">The row.</param>
    /// <returns>False: the row is in no open window.</returns>
    [MethodImpl(MethodImplOptions.NoInlining)]
    public bool Enter(long time, long stored, int row)
    {
        long watermark;
        if (_layout.IsMilliseconds)
        {
            PaneMath.CheckTime(time);
            watermark = RowTime.Before(time, _layout.Delay);
        }
        else
        {
            watermark = time - _layout.Delay;
        }

        if (watermark >= NextEnd)
        {
            Close(watermark);
        }

        bool kept = Open(time, stored, row);
        if (_current.Width > 1)
        {
            // The current range ends where the next window closes.
            _current.Width = (ulong)(Math.Min(_current.To, NextEnd + _layout.Delay) - _current.From);
        }

        return kept;
    }

    /// <summary>Makes the pane that holds a time the current one.</summary>
    /// <inheritdoc cref="Enter"/>
    [MethodImpl(MethodImplOptions.NoInlining)]
    public bool Open(long time, long stored, int row)
    {
        HandOnReopened();
        _onlyRow = -1;
        bool kept = true;
        if ((ulong)(time - _other.From) < _other.Width)
        {
            // What was opened for one row alone isn't kept.
            (_current, _other) = (_other, _current.Width > 1 ? _current : _other);
        }
        else
        {
            if (_layout.IsMilliseconds)
            {
                PaneMath.CheckTime(time);
            }

            long pane = Line.PaneOf(time);
            long from = Line.PaneStart(pane);
            kept = _layout.SharesPanes || _layout.IsSliding ? OpenShared(pane, from, row) : _layout.HasTotals ? OpenCumulating(pane, from, row) : OpenOwn(pane, from, row);
            if (!kept && _layout.DefersLate)
            {
                // Whether it fails is still to be seen: it goes through the loop, up to where late rows are counted.
                IsKept = false;
                _current = new CurrentPane { Block = Groups.None };
                kept = true;
            }
        }

        if (kept && (_current.Width == 0 || stored != time))
        {
            _onlyRow = row;
            _current.From = stored;
            _current.Width = 1;
            _current.Shift = time - stored;
        }

        return kept;
    }

    /// <summary>The block of all of time.</summary>
    public GroupBlock<TGroup> OpenWhole() => Groups.Open(0);

    /// <summary>Opens the block of a window that has panes of its own.</summary>
    public GroupBlock<TGroup> OpenWindow(long windowStart) => Groups.Open(PaneMath.FloorDivide(windowStart - _layout.Origin, _layout.Slide));

    /// <summary>The same of a window by its number.</summary>
    public GroupBlock<TGroup> OpenNumber(long window) => Groups.Open(window);

    /// <inheritdoc/>
    protected override void Save(StateWriter state)
    {
        state.Write(NextEnd);
        state.Write(OutWatermark);
        state.Write(_lateBefore);
        Groups.Save(state);
        _totals?.Save(state);
        if (_layout.HasSchedule)
        {
            SaveSchedule(state);
        }
    }

    /// <inheritdoc/>
    protected override void Load(StateReader state)
    {
        NextEnd = state.Read<long>();
        OutWatermark = state.Read<long>();
        _lateBefore = state.Read<long>();
        Groups.Load(state);
        _totals?.Load(state);
        if (_layout.HasSchedule)
        {
            LoadSchedule(state);
        }
    }

    /// <summary>No pane is current.</summary>
    private void LeavePanes()
    {
        LeavePane();
        _other = _current;
    }

    private void LeavePane()
    {
        _onlyRow = -1;
        IsLate = false;
        IsKept = true;
        _current = new CurrentPane { Block = Groups.None };
    }

    private void HandOnReopened()
    {
        if (!_reopened)
        {
            return;
        }

        _reopened = false;
        if (_layout.IsSliding)
        {
            AddLate();
        }
        else
        {
            HandOn(_lateBefore);
        }
    }

    /// <param name="from">Where the pane begins.</param>
    /// <param name="to">Where it ends; the same: rows of it ask one by one.</param>
    /// <param name="block">Its groups.</param>
    /// <param name="paneIndex">Its place in their entries.</param>
    private void MakeCurrent(long from, long to, GroupBlock<TGroup> block, int paneIndex = 0)
    {
        if (_current.Width > 1)
        {
            _other = _current;
        }

        _current = new CurrentPane { From = from, To = to, Width = (ulong)(to - from), Block = block, PaneIndex = paneIndex };
        if (_layout.IsGlobal && _current.Block.Count == 0)
        {
            TGroup.AddOnly(Groups, _current.Block);
        }
    }

    private bool OpenOwn(long pane, long from, int row)
    {
        if (from < _lateBefore)
        {
            if (_layout.Phase != AggregationPhase.Local)
            {
                CountLate(row);
                return false;
            }

            _reopened = true;
        }

        MakeCurrent(from, _reopened ? from : Line.PaneStart(pane + 1), Groups.Open(pane));
        return true;
    }

    private bool OpenShared(long pane, long from, int row)
    {
        // The end of the last window that holds the pane.
        long lastEnd = Line.End(Line.LastOfPane(pane));
        bool isLate = from < _lateBefore;
        if (isLate)
        {
            CountLate(row);
            if (lastEnd < NextEnd)
            {
                return false;
            }
        }

        // Late for some windows, in time for others: it counts in those, and each such row comes this way to be counted as late.
        GroupBlock<TGroup>? late = isLate && _layout.IsSliding ? OpenLate(pane) : null;
        _reopened = late is not null;
        GroupBlock<TGroup> block = late ?? Groups.Open(pane >> _layout.BlockShift);
        MakeCurrent(from, isLate ? from : Line.PaneStart(pane + 1), block, (int)(pane & ((1L << _layout.BlockShift) - 1)));
        return true;
    }

    /// <summary>Rows that the next window to close has go to what their span has come to at once; late ones too, as far as their span goes on.</summary>
    private bool OpenCumulating(long pane, long from, int row)
    {
        long window = pane;
        bool isLate = from < _lateBefore;
        if (isLate)
        {
            CountLate(row);
            window = Line.First(NextEnd - 1);
            if (Line.LastOfPane(pane) < window)
            {
                return false;
            }
        }

        GroupBlock<TGroup> block = Line.End(window) == NextEnd ? _totals!.Open(Line.LastOfPane(window)) : Groups.Open(window);
        MakeCurrent(from, isLate ? from : Line.PaneStart(pane + 1), block);
        return true;
    }

    /// <summary>What comes in partial results is counted by the loop, which knows of how many rows they are.</summary>
    private void CountLate(int row)
    {
        if (_layout.DefersLate || _layout.Phase == AggregationPhase.Final)
        {
            IsLate = true;
        }
        else
        {
            LateRows++;
            MarkLate(row);
        }
    }

    /// <summary>A pane that rows may go into without asking.</summary>
    private struct CurrentPane
    {
        public long From;
        public long To;
        public ulong Width;
        public long Shift;
        public GroupBlock<TGroup> Block;
        public int PaneIndex;
    }
}
