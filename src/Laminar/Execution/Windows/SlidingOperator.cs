using System.ComponentModel;
using Laminar.State;

namespace Laminar.Execution;

/// <summary>
/// Windows of many panes that overlap: each pane has groups of its own, and what the panes of a window come to is kept beside them, so that a window costs
/// what comes out of it and not what lies in its panes. The first phase of two hands on its panes as they are.
/// </summary>
/// <typeparam name="TIn">The input's row.</typeparam>
/// <typeparam name="TGroup">An entry of the state.</typeparam>
[EditorBrowsable(EditorBrowsableState.Never)]
public abstract class SlidingOperator<TIn, TGroup> : WindowOperator<TIn, TGroup>
    where TGroup : unmanaged, ISlidingEntry<TGroup>
{
    private readonly SlidingTotals<TGroup>? _sliding;

    protected SlidingOperator(WindowLayout layout)
        : base(layout) => _sliding = layout.IsSliding ? new SlidingTotals<TGroup>(Groups, layout.Panes, layout.Texts) : null;

    /// <inheritdoc/>
    public override long StateBytes => base.StateBytes + (_sliding?.Bytes ?? 0);

    /// <inheritdoc/>
    public override void Dispose()
    {
        _sliding?.Dispose();
        base.Dispose();
    }

    /// <summary>Emits what windows come to.</summary>
    /// <param name="block">Groups of one part of the window's panes.</param>
    /// <param name="next">Those of the later part, where groups of both are emitted together; null: of those only what the earlier part doesn't have.</param>
    /// <param name="windowStart">Of the window.</param>
    /// <param name="windowEnd">Exclusive.</param>
    protected virtual void EmitSliding(GroupBlock<TGroup> block, GroupBlock<TGroup>? next, long windowStart, long windowEnd)
    {
    }

    /// <inheritdoc/>
    protected override void Save(StateWriter state)
    {
        base.Save(state);
        _sliding?.Save(state);
    }

    /// <inheritdoc/>
    protected override void Load(StateReader state)
    {
        base.Load(state);
        _sliding?.Load(state);
    }

    private protected override GroupBlock<TGroup>? OpenLate(long pane) => _sliding!.IsAdded(pane) ? _sliding.OpenLate(pane) : null;

    private protected override void AddLate() => _sliding!.AddLate();

    private protected override void RemovePanesBefore(long pane) => _sliding!.RemoveBefore(pane);

    private protected override void EmitWindow(long firstPane, long lastPane, long windowStart, long windowEnd)
    {
        _sliding!.MoveTo(firstPane, lastPane);
        if (_sliding.Front is { } front)
        {
            EmitSliding(front, _sliding.Back, windowStart, windowEnd);
        }

        EmitSliding(_sliding.Back!, null, windowStart, windowEnd);
    }
}
