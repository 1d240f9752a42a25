using System.ComponentModel;
using Laminar.State;

namespace Laminar.Execution;

/// <summary>An aggregation over overlapping windows whose panes are added up beside them: rows to results when windows close.</summary>
/// <inheritdoc cref="WindowAggregate{TIn, TGroup, TPane, TRow, TShape, TOut}"/>
/// <param name="layout">How windows lie.</param>
/// <param name="output">Where rows go; a struct that lives here.</param>
[EditorBrowsable(EditorBrowsableState.Never)]
public sealed class SlidingAggregate<TIn, TGroup, TPane, TRow, TShape, TOut>(WindowLayout layout, TOut output) : SlidingOperator<TIn, TGroup>(layout), IRowsTo<TOut>
    where TGroup : unmanaged, ISlidingEntry<TGroup>
    where TPane : unmanaged
    where TShape : struct, IGroupLoop<TIn, TGroup>, IGroupResults<TGroup, TPane, TRow>
    where TOut : struct, IRowOutput<TRow>
{
    private TShape _shape;

    /// <summary>Where rows go.</summary>
    public TOut Output = output;

    /// <inheritdoc/>
    ref TOut IRowsTo<TOut>.Output => ref Output;

    /// <inheritdoc/>
    public override QueryErrors? Errors { get; } = TShape.Errors;

    /// <inheritdoc/>
    protected override SourceRows? Source => TShape.Source;

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
    protected override void EmitSliding(GroupBlock<TGroup> block, GroupBlock<TGroup>? next, long windowStart, long windowEnd) =>
        SlidingResults<TIn, TGroup, TPane, TRow, TShape, TOut>.Emit(this, ref _shape, ref Output, block, next, TimeOf(windowStart, windowEnd));
}
