namespace Laminar;

/// <summary>A query of a runtime whose rows are told apart by a key: what it groups by and its window, or what it is partitioned by and the place.</summary>
/// <typeparam name="TRow">The query's row.</typeparam>
/// <typeparam name="TKey">One column's type, or a tuple of the columns that <see cref="ViewInfo.Key"/> names.</typeparam>
public abstract class KeyedQueryHandle<TRow, TKey> : QueryHandle<TRow>
    where TRow : IStreamRow<TRow>
{
    /// <inheritdoc/>
    public abstract override KeyedQueryHandle<TRow, TKey> Keep(ViewOptions? options = null);

    /// <summary>
    /// The rows that a kept query has for a key now: none, one or several, in the order in which they came. From any thread, from <see cref="ILaminarRuntime.StartAsync"/> on,
    /// also when the runtime has stopped.
    /// </summary>
    /// <param name="key">The key. Texts are compared as they are; NULL is a key like others.</param>
    /// <param name="committed">True: as of the last committed epoch. False: with what has come since, which after a crash may come otherwise.</param>
    /// <exception cref="LaminarException">The query isn't kept.</exception>
    public abstract IReadOnlyList<TRow> Lookup(TKey key, bool committed = false);
}
