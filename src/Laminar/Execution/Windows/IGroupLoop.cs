using System.ComponentModel;
using Laminar.State;

namespace Laminar.Execution;

/// <summary>The generated loop of an aggregation: rows into their groups.</summary>
/// <typeparam name="TIn">The input's row.</typeparam>
/// <typeparam name="TGroup">An entry of the state.</typeparam>
[EditorBrowsable(EditorBrowsableState.Never)]
public interface IGroupLoop<TIn, TGroup> : IQueryShape
    where TGroup : unmanaged, IGroupEntry<TGroup>
{
    /// <summary>The rows of the source that it reads; null where it reads anything else.</summary>
    static virtual SourceRows? Source => null;

    /// <summary>Rows from <paramref name="start"/> on, with the watermark that the source declares.</summary>
    void Run(WindowOperator<TIn, TGroup> op, ReadOnlySpan<TIn> rows, int start);

    /// <summary>Rows from <paramref name="start"/> on, each with the watermark before it.</summary>
    void Run(WindowOperator<TIn, TGroup> op, ReadOnlySpan<TIn> rows, ReadOnlySpan<long> watermarks, long ceiling, int start);

    /// <summary>Rows of an Arrow batch from <paramref name="start"/> on. Only where there is a <see cref="Source"/>.</summary>
    void Run(WindowOperator<TIn, TGroup> op, ref ArrowRowReader reader, ArrowScratch scratch, int start)
    {
    }
}
