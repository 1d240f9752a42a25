using System.ComponentModel;
using Laminar.State;

namespace Laminar.Execution;

/// <summary>The second phase of an aggregation in two: partial results to results.</summary>
/// <typeparam name="TPartial">The partial results.</typeparam>
/// <typeparam name="TGroup">An entry of the state.</typeparam>
/// <typeparam name="TPane">What is kept of the rows of a group in one pane.</typeparam>
/// <typeparam name="TRow">The results.</typeparam>
/// <typeparam name="TShape">The query's own code.</typeparam>
/// <typeparam name="TOut">Where rows go.</typeparam>
/// <param name="layout">How windows lie.</param>
/// <param name="output">Where rows go; a struct that lives here.</param>
[EditorBrowsable(EditorBrowsableState.Never)]
public sealed class FinalAggregate<TPartial, TGroup, TPane, TRow, TShape, TOut>(WindowLayout layout, TOut output) : WindowOperator<TPartial, TGroup>(layout.ForFinal())
    where TPartial : struct, IPartialRow<TPartial, TGroup>
    where TGroup : unmanaged, IGroupEntry<TGroup>
    where TPane : unmanaged
    where TShape : struct, IGroupResults<TGroup, TPane, TRow>
    where TOut : struct, IRowOutput<TRow>
{
    private TShape _shape;

    /// <summary>Where rows go.</summary>
    public TOut Output = output;

    /// <inheritdoc/>
    public override QueryErrors? Errors { get; } = TShape.Errors;

    /// <inheritdoc/>
    protected override string FunctionName(int call) => TShape.FunctionName(call);

    /// <inheritdoc/>
    protected override void Run(ReadOnlySpan<TPartial> rows, int start) => MergeRows<PlainInput<TPartial>, TPartial>(new PlainInput<TPartial>(rows), start);

    /// <inheritdoc/>
    protected override void Run(ReadOnlySpan<TPartial> rows, ReadOnlySpan<long> watermarks, long ceiling, int start) =>
        MergeRows<StampedInput<TPartial>, TPartial>(new StampedInput<TPartial>(rows, watermarks, ceiling), start);

    /// <inheritdoc/>
    protected override void Progress(long watermark) => Output.Watermark(watermark);

    /// <inheritdoc/>
    protected override void EmitGroups(GroupBlock<TGroup> block, long windowStart, long windowEnd) =>
        WindowResults<TPartial, TGroup, TPane, TRow, TShape, TOut>.EmitOwn(this, ref _shape, ref Output, block, TimeOf(windowStart, windowEnd));

    /// <inheritdoc/>
    protected override void EmitMerged(GroupBlock<TGroup> block, GroupBlock<TGroup>? next, int first, int last, int lastOfNext, bool isSecond, long windowStart, long windowEnd) =>
        WindowResults<TPartial, TGroup, TPane, TRow, TShape, TOut>.EmitMerged(this, ref _shape, ref Output, block, next, new MergedPanes(first, last, lastOfNext, isSecond), TimeOf(windowStart, windowEnd));

    /// <inheritdoc/>
    protected override void Fold(GroupBlock<TGroup> pane, GroupBlock<TGroup> total) => _shape.Fold(this, Groups, pane, total);
}

/// <summary>The same over overlapping windows whose panes are added up beside them.</summary>
/// <inheritdoc cref="FinalAggregate{TPartial, TGroup, TPane, TRow, TShape, TOut}"/>
[EditorBrowsable(EditorBrowsableState.Never)]
public sealed class FinalSlidingAggregate<TPartial, TGroup, TPane, TRow, TShape, TOut>(WindowLayout layout, TOut output) : SlidingOperator<TPartial, TGroup>(layout.ForFinal())
    where TPartial : struct, IPartialRow<TPartial, TGroup>
    where TGroup : unmanaged, ISlidingEntry<TGroup>
    where TPane : unmanaged
    where TShape : struct, IGroupResults<TGroup, TPane, TRow>
    where TOut : struct, IRowOutput<TRow>
{
    private TShape _shape;

    /// <summary>Where rows go.</summary>
    public TOut Output = output;

    /// <inheritdoc/>
    public override QueryErrors? Errors { get; } = TShape.Errors;

    /// <inheritdoc/>
    protected override string FunctionName(int call) => TShape.FunctionName(call);

    /// <inheritdoc/>
    protected override void Run(ReadOnlySpan<TPartial> rows, int start) => MergeRows<PlainInput<TPartial>, TPartial>(new PlainInput<TPartial>(rows), start);

    /// <inheritdoc/>
    protected override void Run(ReadOnlySpan<TPartial> rows, ReadOnlySpan<long> watermarks, long ceiling, int start) =>
        MergeRows<StampedInput<TPartial>, TPartial>(new StampedInput<TPartial>(rows, watermarks, ceiling), start);

    /// <inheritdoc/>
    protected override void Progress(long watermark) => Output.Watermark(watermark);

    /// <inheritdoc/>
    protected override void EmitSliding(GroupBlock<TGroup> block, GroupBlock<TGroup>? next, long windowStart, long windowEnd) =>
        SlidingResults<TPartial, TGroup, TPane, TRow, TShape, TOut>.Emit(this, ref _shape, ref Output, block, next, TimeOf(windowStart, windowEnd));
}
