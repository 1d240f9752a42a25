using Laminar;

namespace NexmarkQueries.Running;

/// <summary>One query of the benchmark as the program runs it.</summary>
/// <param name="Name"><c>q0</c> to <c>q22</c>.</param>
/// <param name="Reads">The sources it reads.</param>
/// <param name="Info">Its text and plan.</param>
/// <param name="AddTo">Adds it to a runtime, with its results in this file or, where the path ends in <c>/</c>, folder; null: nowhere, but each row is taken.</param>
public sealed record NexmarkQuery(string Name, Reads Reads, QueryInfo Info, Func<ILaminarRuntime, string?, NexmarkQuery.Running> AddTo)
{
    /// <summary>A query whose rows are never taken back.</summary>
    public static NexmarkQuery Appending<TRow>(string name, Reads reads, QueryInfo info, Func<ILaminarRuntime, QueryHandle<TRow>> add)
        where TRow : IStreamRow<TRow>, IAppendRow =>
        new(name, reads, info, (laminar, path) => Take(add(laminar), path is null ? null : FileSink.Append<TRow>(ToFile(path))));

    /// <summary>A query whose rows are changes.</summary>
    public static NexmarkQuery Changing<TRow>(string name, Reads reads, QueryInfo info, Func<ILaminarRuntime, QueryHandle<TRow>> add)
        where TRow : IStreamRow<TRow>, IChangelogRow =>
        new(name, reads, info, (laminar, path) => Take(add(laminar), path is null ? null : FileSink.Changelog<TRow>(ToFile(path))));

    private static Running Take<TRow>(QueryHandle<TRow> query, IConnectorSink<TRow>? sink)
        where TRow : IStreamRow<TRow>
    {
        if (sink is null)
        {
            query.Subscribe(static _ => { });
        }
        else
        {
            query.AddSink(sink);
        }

        return new Running(() => query.Statistics);
    }

    private static FileSinkOptions ToFile(string path) => new() { Path = path, Format = FileFormat.Json };

    /// <summary>The query in a runtime.</summary>
    /// <param name="Statistics">What it has counted so far.</param>
    public sealed record Running(Func<QueryStatistics> Statistics);
}
