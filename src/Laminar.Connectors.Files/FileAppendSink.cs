using Laminar.Connectors.Files;
using Laminar.Connectors.Files.Writing;

namespace Laminar;

/// <summary>Writes the rows of an append-only query to a file, a folder or stdout. See <see cref="FileSinkOptions"/> for what readers see.</summary>
/// <typeparam name="TRow">The query's row.</typeparam>
public sealed class FileAppendSink<TRow> : IAppendSink<TRow>
    where TRow : IStreamRow<TRow>, IAppendRow
{
    private readonly SinkTarget _target;

    /// <param name="options">Path and format.</param>
    /// <exception cref="LaminarException">No path, or no format to be known.</exception>
    public FileAppendSink(FileSinkOptions options) => _target = SinkTarget.Of(options);

    /// <inheritdoc/>
    public string Description => _target.Description;

    /// <inheritdoc/>
    public bool IsExactlyOnce => !_target.Choice.IsStandardStream;

    /// <inheritdoc/>
    /// <exception cref="LaminarException">Another sink of this process writes there.</exception>
    public ISinkWriter<TRow> Open(SinkContext context) => _target.Open<TRow>(context);
}
