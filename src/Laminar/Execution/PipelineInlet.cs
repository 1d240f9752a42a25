namespace Laminar.Execution;

/// <summary>One of several pipelines that an operator reads.</summary>
/// <param name="pipeline">From its base sources to its rows.</param>
internal abstract class PipelineInlet(QueryPipeline pipeline)
{
    /// <summary>How rows are handed on: see <see cref="Operator{TIn}.Process(ReadOnlySpan{TIn}, ReadOnlySpan{long}, long)"/>.</summary>
    public delegate void Taker<TRow>(ReadOnlySpan<TRow> rows, ReadOnlySpan<long> watermarks, long ceiling);

    public QueryPipeline Pipeline => pipeline;

    /// <summary>How far its rows' time has come.</summary>
    public abstract long Watermark { get; }

    public abstract void Advance(long watermark);

    /// <summary>Hands on what it has put out.</summary>
    /// <param name="ceiling">The least watermark of the others.</param>
    public abstract void HandOn(long ceiling);
}

/// <summary>A pipeline that writes into a collector.</summary>
/// <param name="pipeline">From its base sources to its rows.</param>
/// <param name="output">What it writes into.</param>
/// <param name="take">Who reads that.</param>
/// <typeparam name="TRow">Its row.</typeparam>
internal sealed class RowInlet<TRow>(QueryPipeline pipeline, RowCollector<TRow> output, PipelineInlet.Taker<TRow> take) : PipelineInlet(pipeline)
{
    public override long Watermark => output.Watermark;

    public override void Advance(long watermark) => output.Advance(watermark);

    public override void HandOn(long ceiling)
    {
        if (output.Count > 0)
        {
            try
            {
                take(output.Rows, output.Watermarks, ceiling);
            }
            finally
            {
                output.Clear();
            }
        }
    }
}
