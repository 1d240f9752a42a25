namespace Laminar;

/// <summary>Makes file sinks: <c>query.To(FileSink.Append&lt;Vwap.Row&gt;(new() { Path = "out.jsonl" }))</c>.</summary>
public static class FileSink
{
    /// <summary>For a query whose output only grows.</summary>
    /// <exception cref="LaminarException">No path, or no format to be known.</exception>
    public static FileAppendSink<TRow> Append<TRow>(FileSinkOptions options)
        where TRow : IStreamRow<TRow>, IAppendRow => new(options);

    /// <summary>For an updating query: every row begins with its kind (<c>insert</c>, <c>update_before</c>, <c>update_after</c>, <c>delete</c>).</summary>
    /// <exception cref="LaminarException">No path, or no format to be known.</exception>
    public static FileChangelogSink<TRow> Changelog<TRow>(FileSinkOptions options)
        where TRow : IStreamRow<TRow>, IChangelogRow => new(options);
}
