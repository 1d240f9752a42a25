using System.ComponentModel;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using Laminar.State;

namespace Laminar.Execution;

/// <summary>
/// What windowed aggregations share outside their loops: opening the pane of a row, closing windows when the watermark passes them, text
/// keys, snapshots. The loop over rows, the layout of a group and what a result is made of are generated.
/// </summary>
/// <remarks>
/// The loop reserves room for as many groups as it has rows, a few hundred rows at a time, so that nothing it points at moves meanwhile.
/// Panes and their merging follow Krishnamurthy, Wu, Franklin: On-the-fly sharing for streamed aggregation (SIGMOD 2006).
/// </remarks>
/// <typeparam name="TIn">The input's row.</typeparam>
/// <typeparam name="TGroup">An entry of the state.</typeparam>
[EditorBrowsable(EditorBrowsableState.Never)]
public abstract partial class WindowOperator<TIn, TGroup> : QueryOperator<TIn>
    where TGroup : unmanaged, IGroupEntry<TGroup>
{
    private readonly WindowLayout _layout;
    private readonly TextSlab? _slab;

    /// <summary>Rows before this are late for at least one window.</summary>
    private long _lateBefore = long.MinValue;

    /// <summary>A row came for a pane that has been handed on: it is handed on alone.</summary>
    private bool _reopened;

    protected WindowOperator(WindowLayout layout)
        : base(layout.QueryName, layout.Fingerprint)
    {
        _layout = layout;
        KeyTexts = new string?[64 * layout.Texts];
        _slab = layout.Texts > 0 ? new TextSlab() : null;
    }

    /// <inheritdoc/>
    public override long StateBytes => Groups.Bytes + (_slab?.Bytes ?? 0);

    /// <summary>The groups.</summary>
    protected GroupTable<TGroup> Groups { get; } = new();

    /// <summary>Text keys as bytes; only where there are text keys.</summary>
    protected TextSlab Slab => _slab!;

    /// <summary>Text keys by slot, as the references that rows brought.</summary>
    protected string?[] KeyTexts { get; private set; }

    /// <summary>The first of <see cref="KeyTexts"/>.</summary>
    protected ref string? Texts => ref MemoryMarshal.GetArrayDataReference(KeyTexts);

    /// <summary>The earliest window end that the watermark hasn't reached.</summary>
    protected long NextEnd { get; private set; } = long.MinValue + 1;

    /// <summary>No row of a window still open can be behind this.</summary>
    protected long OutWatermark { get; private set; } = long.MinValue;

    /// <summary>Times in [From, From + Width) belong to the current pane and close nothing.</summary>
    protected long From { get; private set; }

    /// <summary>See <see cref="From"/>; 0: no pane is current.</summary>
    protected ulong Width { get; private set; }

    /// <summary>The block of the current pane.</summary>
    protected int Block { get; private set; }

    /// <summary>What the block adds to hashes.</summary>
    protected uint Salt { get; private set; }

    /// <summary>The current pane's place in its entries.</summary>
    protected int PaneIndex { get; private set; }

    /// <summary>The only group of the current pane, where there are no keys.</summary>
    protected int Slot { get; private set; }

    /// <summary>The row that asked for the current pane is late for a window.</summary>
    protected bool IsLate { get; set; }

    /// <summary>Where watermarks come from in this batch: what the current pane was compared with depends on it.</summary>
    protected bool IsStamped
    {
        get;
        set
        {
            if (field != value)
            {
                field = value;
                Width = 0;
            }
        }
    }

    /// <inheritdoc/>
    public override void Dispose()
    {
        Groups.Dispose();
        _slab?.Dispose();
        base.Dispose();
    }

    /// <summary>
    /// The row isn't of the current pane, or its own watermark closes windows. Taking that before the row is the same as after: the row's
    /// windows end later. Only where windows are over the column that the watermark follows.
    /// </summary>
    /// <returns>False: the row is in no open window.</returns>
    [MethodImpl(MethodImplOptions.NoInlining)]
    protected bool Enter(long time)
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

        bool kept = Open(time);
        if (Width != 0)
        {
            // The current range ends where the next window closes.
            Width = (ulong)(Math.Min(From + _layout.PaneSize, NextEnd + _layout.Delay) - From);
        }

        return kept;
    }

    /// <summary>Makes the pane that holds a time the current one.</summary>
    /// <returns>False: the row is in no open window.</returns>
    [MethodImpl(MethodImplOptions.NoInlining)]
    protected bool Open(long time)
    {
        HandOnReopened();
        if (_layout.IsMilliseconds)
        {
            PaneMath.CheckTime(time);
        }

        long pane = PaneMath.FloorDivide(time - _layout.Origin, _layout.PaneSize);
        long from = _layout.Origin + (pane * _layout.PaneSize);
        if (!(_layout.SharesPanes ? OpenShared(pane, from) : OpenOwn(pane, from)))
        {
            return false;
        }

        From = from;
        Salt = Groups.Blocks[Block].Salt;
        if (_layout.IsGlobal)
        {
            Slot = Groups.Blocks[Block].Head;
            if (Slot < 0)
            {
                AddOnlyGroup(Block);
                Slot = Groups.Blocks[Block].Head;
            }
        }

        return true;
    }

    /// <summary>Opens the block of a window that has panes of its own.</summary>
    protected int OpenWindow(long windowStart) => Groups.Blocks.Open(PaneMath.FloorDivide(windowStart - _layout.Origin, _layout.Slide));

    /// <summary>At the end of a batch.</summary>
    protected void HandOnReopened()
    {
        if (_reopened)
        {
            _reopened = false;
            HandOn(_lateBefore);
        }
    }

    /// <summary>Makes room for as many new groups: adding them moves nothing.</summary>
    protected void Reserve(int groups)
    {
        Groups.Reserve(groups);
        KeepTexts(Groups.Used + groups - 1);
    }

    /// <summary>Makes room for the text keys of a slot.</summary>
    protected void KeepTexts(int slot)
    {
        if ((slot + 1) * _layout.Texts > KeyTexts.Length)
        {
            string?[] texts = KeyTexts;
            Array.Resize(ref texts, Math.Max(texts.Length * 2, (slot + 1) * _layout.Texts));
            KeyTexts = texts;
        }
    }

    /// <summary>Adds the group of a block without keys.</summary>
    protected virtual void AddOnlyGroup(int block)
    {
    }

    /// <inheritdoc/>
    protected override void Save(StateWriter state)
    {
        state.Write(NextEnd);
        state.Write(OutWatermark);
        state.Write(_lateBefore);
        Groups.Save(state);
        _slab?.Save(state);
    }

    /// <inheritdoc/>
    protected override void Load(StateReader state)
    {
        NextEnd = state.Read<long>();
        OutWatermark = state.Read<long>();
        _lateBefore = state.Read<long>();
        Groups.Load(state);
        if (_slab is null)
        {
            return;
        }

        _slab.Load(state);

        // The references beside the slots were never saved: they are made from the bytes.
        BlockDirectory blocks = Groups.Blocks;
        for (int i = 0; i < blocks.Count; i++)
        {
            for (int slot = blocks[blocks.IdAt(i)].Head; slot >= 0; slot = TGroup.HeadOf(ref Groups[slot]).Next)
            {
                KeepTexts(slot);
                for (int text = 0; text < _layout.Texts; text++)
                {
                    TextHandle handle = TGroup.TextOf(in Groups[slot], text);
                    _slab.Check(handle, state);
                    KeyTexts[(slot * _layout.Texts) + text] = _slab.Get(handle);
                }
            }
        }
    }

    private bool OpenOwn(long pane, long from)
    {
        if (from < _lateBefore)
        {
            if (_layout.Phase != AggregationPhase.Local)
            {
                CountLate();
                return false;
            }

            _reopened = true;
        }

        Block = Groups.Blocks.Open(pane);
        Width = _reopened ? 0 : (ulong)_layout.PaneSize;
        return true;
    }

    private bool OpenShared(long pane, long from)
    {
        // The end of the last window that holds the pane.
        long lastEnd = _layout.Origin + (PaneMath.FloorDivide(from - _layout.Origin, _layout.Slide) * _layout.Slide) + _layout.Size;
        Width = (ulong)_layout.PaneSize;
        if (from < _lateBefore)
        {
            // Late for some windows, maybe in time for others: it counts in those, and comes this way each time to be counted as late.
            Width = 0;
            CountLate();
            if (lastEnd < NextEnd)
            {
                return false;
            }
        }

        Block = Groups.Blocks.Open(pane >> _layout.BlockShift);
        PaneIndex = (int)(pane & ((1L << _layout.BlockShift) - 1));
        return true;
    }

    /// <summary>What comes in partial results is counted by the loop, which knows of how many rows they are.</summary>
    private void CountLate()
    {
        if (_layout.DefersLate || _layout.Phase == AggregationPhase.Final)
        {
            IsLate = true;
        }
        else
        {
            LateRows++;
        }
    }
}
