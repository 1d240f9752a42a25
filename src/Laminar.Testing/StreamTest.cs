using System.Buffers;

namespace Laminar.Testing;

/// <summary>Makes a query a <see cref="StreamTest{TSource, TRow}"/>.</summary>
public static class StreamTest
{
    /// <param name="create">The query's <c>Create</c>.</param>
    /// <param name="restore">Its <c>Restore</c>.</param>
    /// <typeparam name="TSource">The source's row.</typeparam>
    /// <typeparam name="TRow">The query's row.</typeparam>
    /// <example><code>
    /// using var vwap = StreamTest.Of&lt;Trade, Vwap.Row&gt;(Vwap.Create, Vwap.Restore);
    /// vwap.Push(new Trade("A", 10, 2, t), new Trade("A", 13, 1, t)).Complete();
    /// vwap.AssertFinal(new Vwap.Row("A", 11));
    /// vwap.AssertMatchesBatch();
    /// </code></example>
    public static StreamTest<TSource, TRow> Of<TSource, TRow>(
        Func<Action<TRow>, SingleSourceQuery<TSource, TRow>> create, Func<ReadOnlySequence<byte>, Action<TRow>, SingleSourceQuery<TSource, TRow>> restore)
        where TSource : ISourceRow<TSource>
        where TRow : IStreamRow<TRow> => new(create, restore);
}
