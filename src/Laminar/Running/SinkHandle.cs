namespace Laminar;

/// <summary>
/// A sink of a runtime that several queries write into: one writer, one prepared part per epoch, whatever feeds it. Rows of one query keep
/// their order; rows of different queries come as they come.
/// </summary>
/// <typeparam name="TRow">The row that the sink encodes.</typeparam>
public abstract class SinkHandle<TRow>
    where TRow : IStreamRow<TRow>
{
    /// <summary>The name by which the runtime saves and recovers it.</summary>
    public abstract string Name { get; }

    /// <summary>Rows handed to the sink in this run.</summary>
    public abstract long Rows { get; }

    /// <summary>Lets a query of the same runtime feed the sink. Before <see cref="ILaminarRuntime.StartAsync"/>.</summary>
    /// <param name="query">The query.</param>
    /// <param name="map">Makes the sink's rows of the query's; called on the cores that run the query.</param>
    /// <exception cref="LaminarException">The runtime has started, or the query is another runtime's.</exception>
    public abstract SinkHandle<TRow> From<TIn>(QueryHandle<TIn> query, RowMap<TIn, TRow> map)
        where TIn : IStreamRow<TIn>;

    /// <inheritdoc cref="From{TIn}(QueryHandle{TIn}, RowMap{TIn, TRow})"/>
    public SinkHandle<TRow> From(QueryHandle<TRow> query) => From(query, static (rows, mapped) => rows.CopyTo(mapped));
}
