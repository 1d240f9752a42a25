using System.ComponentModel;

namespace Laminar.Execution;

/// <summary>Brings the two sides of a join to where they meet.</summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public static class JoinSides
{
    /// <summary>Both sides, on the caller's thread.</summary>
    /// <param name="left">The left side's pipeline, into a collector.</param>
    /// <param name="right">The right side's.</param>
    /// <param name="join">The join.</param>
    public static QueryPipeline Pipeline<TLeft, TRight>(
        Func<RowCollector<TLeft>, QueryPipeline> left, Func<RowCollector<TRight>, QueryPipeline> right, QueryOperator<JoinRow<TLeft, TRight>> join)
    {
        var ofLeft = new RowCollector<TLeft>();
        var ofRight = new RowCollector<TRight>();
        if (join is ISidedInput<TLeft, TRight> sides)
        {
            return new UnionPipeline<JoinRow<TLeft, TRight>>(
                [new RowInlet<TLeft>(left(ofLeft), ofLeft, sides.ProcessLeft), new RowInlet<TRight>(right(ofRight), ofRight, sides.ProcessRight)], join);
        }

        var lefts = new RowCollector<JoinRow<TLeft, TRight>>();
        var rights = new RowCollector<JoinRow<TLeft, TRight>>();
        return new UnionPipeline<JoinRow<TLeft, TRight>>(
            [
                new UnionPart<JoinRow<TLeft, TRight>>(new ChainedPipeline<TLeft>(left(ofLeft), ofLeft, new LeftOperator<TLeft, TRight>(lefts)), lefts),
                new UnionPart<JoinRow<TLeft, TRight>>(new ChainedPipeline<TRight>(right(ofRight), ofRight, new RightOperator<TLeft, TRight>(rights)), rights),
            ],
            join);
    }

    /// <summary>Both sides in a runtime's graph.</summary>
    /// <param name="graph">The graph.</param>
    /// <param name="prefix">Makes the names of the stages unique in the query.</param>
    /// <param name="left">The left side's stream.</param>
    /// <param name="right">The right side's.</param>
    public static IStreamNode<JoinRow<TLeft, TRight>> Streams<TLeft, TRight>(IStageGraph graph, string prefix, IStreamNode<TLeft> left, IStreamNode<TRight> right) => graph.Union(
        graph.Stage(left, new QueryStage<TLeft, JoinRow<TLeft, TRight>>(prefix + "left", "", Routing.Local, static output => new LeftOperator<TLeft, TRight>(output))),
        graph.Stage(right, new QueryStage<TRight, JoinRow<TLeft, TRight>>(prefix + "right", "", Routing.Local, static output => new RightOperator<TLeft, TRight>(output))));

    private sealed class LeftOperator<TLeft, TRight>(RowCollector<JoinRow<TLeft, TRight>> output) : SideOperator<TLeft, TLeft, TRight>(output)
    {
        protected override void Set(ref JoinRow<TLeft, TRight> to, in TLeft row)
        {
            to.Left = row;
            to.IsRight = false;
        }
    }

    private sealed class RightOperator<TLeft, TRight>(RowCollector<JoinRow<TLeft, TRight>> output) : SideOperator<TRight, TLeft, TRight>(output)
    {
        protected override void Set(ref JoinRow<TLeft, TRight> to, in TRight row)
        {
            to.Right = row;
            to.IsRight = true;
        }
    }

    private abstract class SideOperator<TIn, TLeft, TRight>(RowCollector<JoinRow<TLeft, TRight>> output) : RowOperator<TIn>("a side of a join", "")
    {
        /// <summary>Writes the side into a row whose other side is left as it is: nobody reads it.</summary>
        protected abstract void Set(ref JoinRow<TLeft, TRight> to, in TIn row);

        protected override void Run(ReadOnlySpan<TIn> rows, int start)
        {
            for (int i = start; i < rows.Length; i++)
            {
                Set(ref output.Next(Watermark), in rows[i]);
            }

            RowsOut += rows.Length - start;
        }

        protected override void Run(ReadOnlySpan<TIn> rows, ReadOnlySpan<long> watermarks, long ceiling, int start)
        {
            long watermark = Watermark;
            for (int i = start; i < rows.Length; i++)
            {
                watermark = Math.Max(watermark, Math.Min(watermarks[i], ceiling));
                Set(ref output.Next(watermark), in rows[i]);
            }

            RowsOut += rows.Length - start;
            Advance(watermark);
        }

        protected override void Progress(long watermark) => output.Advance(watermark);
    }
}
