using System.ComponentModel;
using Laminar.State;

namespace Laminar.Execution;

/// <summary>The first phase of an aggregation in two: the rows of one partition to partial results per pane.</summary>
/// <typeparam name="TIn">The input's row.</typeparam>
/// <typeparam name="TGroup">An entry of the state, of one pane.</typeparam>
/// <typeparam name="TPartial">The partial results.</typeparam>
/// <typeparam name="TShape">The query's own code.</typeparam>
/// <typeparam name="TOut">Where they go.</typeparam>
/// <param name="layout">How windows lie.</param>
/// <param name="output">Where they go; a struct that lives here.</param>
[EditorBrowsable(EditorBrowsableState.Never)]
public sealed class LocalAggregate<TIn, TGroup, TPartial, TShape, TOut>(WindowLayout layout, TOut output) : WindowOperator<TIn, TGroup>(layout.ForLocal())
    where TGroup : unmanaged, IGroupEntry<TGroup>
    where TPartial : struct, IPartialOf<TPartial, TGroup>
    where TShape : struct, IGroupLoop<TIn, TGroup>
    where TOut : struct, IRowOutput<TPartial>
{
    /// <summary>Where partial results go.</summary>
    public TOut Output = output;

    /// <inheritdoc/>
    public override QueryErrors? Errors { get; } = TShape.Errors;

    /// <inheritdoc/>
    protected override SourceRows? Source => TShape.Source;

    /// <inheritdoc/>
    protected override string FunctionName(int call) => TShape.FunctionName(call);

    /// <inheritdoc/>
    protected override void Run(ReadOnlySpan<TIn> rows, int start) => default(TShape).Run(this, rows, start);

    /// <inheritdoc/>
    protected override void Run(ReadOnlySpan<TIn> rows, ReadOnlySpan<long> watermarks, long ceiling, int start) => default(TShape).Run(this, rows, watermarks, ceiling, start);

    /// <inheritdoc/>
    protected override void Run(ref ArrowRowReader reader, ArrowScratch scratch, int start) => default(TShape).Run(this, ref reader, scratch, start);

    /// <inheritdoc/>
    protected override void Progress(long watermark) => Output.Watermark(watermark);

    /// <inheritdoc/>
    protected override void EmitGroups(GroupBlock<TGroup> block, long windowStart, long windowEnd)
    {
        for (int slot = 0; slot < block.Count; slot++)
        {
            if (TPartial.TryMake(block, slot, windowStart, out TPartial partial))
            {
                RowsOut++;
                Output.Emit(in partial, Math.Max(OutWatermark, windowStart));
            }
        }
    }
}
