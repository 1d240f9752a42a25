namespace Laminar;

/// <summary>Binds sinks to queries. An updating query doesn't compile against an append-only sink.</summary>
public static class QueryHandleExtensions
{
    /// <summary>Writes an append-only query to a sink. Several sinks may be bound.</summary>
    public static QueryHandle<TRow> To<TRow>(this QueryHandle<TRow> query, IAppendSink<TRow> sink)
        where TRow : IStreamRow<TRow>, IAppendRow
    {
        query.AddSink(sink);
        return query;
    }

    /// <summary>Writes an updating query to a sink that understands row kinds.</summary>
    public static QueryHandle<TRow> To<TRow>(this QueryHandle<TRow> query, IChangelogSink<TRow> sink)
        where TRow : IStreamRow<TRow>, IChangelogRow
    {
        query.AddSink(sink);
        return query;
    }
}
