using System.ComponentModel;
using Laminar.State;

namespace Laminar.Execution;

/// <summary>An aggregation whose results come when windows close: rows to results.</summary>
/// <typeparam name="TIn">The input's row.</typeparam>
/// <typeparam name="TGroup">An entry of the state.</typeparam>
/// <typeparam name="TPane">What is kept of the rows of a group in one pane.</typeparam>
/// <typeparam name="TRow">The results.</typeparam>
/// <typeparam name="TShape">The query's own code.</typeparam>
/// <typeparam name="TOut">Where rows go.</typeparam>
[EditorBrowsable(EditorBrowsableState.Never)]
public sealed class WindowAggregate<TIn, TGroup, TPane, TRow, TShape, TOut> : WindowOperator<TIn, TGroup>, IRowsTo<TOut>
    where TGroup : unmanaged, IGroupEntry<TGroup>
    where TPane : unmanaged
    where TShape : struct, IGroupLoop<TIn, TGroup>, IGroupResults<TGroup, TPane, TRow>
    where TOut : struct, IRowOutput<TRow>
{
    private readonly GroupStores _stores = new();
    private TShape _shape;

    /// <param name="layout">How windows lie.</param>
    /// <param name="output">Where rows go; a struct that lives here.</param>
    public WindowAggregate(WindowLayout layout, TOut output)
        : base(layout)
    {
        Output = output;
        if (TShape.HasStores)
        {
            _shape.Open(_stores);
        }
    }

    /// <summary>Where rows go.</summary>
    public TOut Output;

    /// <inheritdoc/>
    ref TOut IRowsTo<TOut>.Output => ref Output;

    /// <inheritdoc/>
    public override QueryErrors? Errors { get; } = TShape.Errors;

    /// <inheritdoc/>
    public override long StateBytes => base.StateBytes + _stores.Bytes;

    /// <inheritdoc/>
    protected override SourceRows? Source => TShape.Source;

    /// <inheritdoc/>
    public override void Dispose()
    {
        base.Dispose();
        _stores.Dispose();
    }

    /// <inheritdoc/>
    protected override string FunctionName(int call) => TShape.FunctionName(call);

    /// <inheritdoc/>
    protected override void Run(ReadOnlySpan<TIn> rows, int start) => _shape.Run(this, rows, start);

    /// <inheritdoc/>
    protected override void Run(ReadOnlySpan<TIn> rows, ReadOnlySpan<long> watermarks, long ceiling, int start) => _shape.Run(this, rows, watermarks, ceiling, start);

    /// <inheritdoc/>
    protected override void Run(ref ArrowRowReader reader, ArrowScratch scratch, int start) => _shape.Run(this, ref reader, scratch, start);

    /// <inheritdoc/>
    protected override void Progress(long watermark) => Output.Watermark(watermark);

    /// <inheritdoc/>
    protected override void EmitGroups(GroupBlock<TGroup> block, long windowStart, long windowEnd) =>
        WindowResults<TIn, TGroup, TPane, TRow, TShape, TOut>.EmitOwn(this, ref _shape, ref Output, block, TimeOf(windowStart, windowEnd));

    /// <inheritdoc/>
    protected override void EmitMerged(GroupBlock<TGroup> block, GroupBlock<TGroup>? next, int first, int last, int lastOfNext, bool isSecond, long windowStart, long windowEnd) =>
        WindowResults<TIn, TGroup, TPane, TRow, TShape, TOut>.EmitMerged(this, ref _shape, ref Output, block, next, new MergedPanes(first, last, lastOfNext, isSecond), TimeOf(windowStart, windowEnd));

    /// <inheritdoc/>
    protected override void Fold(GroupBlock<TGroup> pane, GroupBlock<TGroup> total) => _shape.Fold(this, Groups, pane, total);

    /// <inheritdoc/>
    protected override void FreeGroup(ref TGroup group)
    {
        if (TShape.HasStores)
        {
            WindowResults<TIn, TGroup, TPane, TRow, TShape, TOut>.Free(ref _shape, ref group);
        }
    }

    /// <inheritdoc/>
    protected override void Save(StateWriter state)
    {
        base.Save(state);
        _stores.Save(state);
    }

    /// <inheritdoc/>
    protected override void Load(StateReader state)
    {
        base.Load(state);
        _stores.Load(state);
    }
}
