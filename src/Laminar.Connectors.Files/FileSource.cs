using Laminar.Connectors.Files;
using Laminar.Connectors.Files.Reading;

namespace Laminar;

/// <summary>
/// Reads rows from files: JSON Lines (or one array), CSV, Arrow IPC. A file can be read again from any row, so its rows need no WAL; stdin can't.
/// A row that can't be decoded goes to the source's error policy with file, line and column (in characters, from 1).
/// </summary>
/// <typeparam name="TRow">The source's row.</typeparam>
public sealed class FileSource<TRow> : IConnectorSource<TRow>
    where TRow : ISourceRow<TRow>
{
    private readonly FileChoice _choice;
    private readonly Lazy<string[]> _files;

    /// <param name="options">Path and format. Files are looked for when the source is first used.</param>
    /// <exception cref="LaminarException">No path, no format to be known, an impossible delimiter, or Debezium's changes for rows without a <see cref="RowKind"/>.</exception>
    public FileSource(FileSourceOptions options)
    {
        _choice = FileChoice.Of(options.Path, FileNames.Sample(options.Path, options.Format), options.Delimiter, options.Header, options.NullText);
        if (_choice.Format == FileFormat.DebeziumJson && !TRow.Schema.HasKind)
        {
            throw new LaminarException(
                $"Debezium's events are changes, and the rows of {TRow.Schema.Name} only come: in SQL write format = 'debezium_json' itself, not by a variable; in C# give the type a member of type RowKind.");
        }

        _files = new Lazy<string[]>(() => FileNames.Find(_choice.Path));
    }

    /// <inheritdoc/>
    public string Description => _choice.IsStandardStream ? "stdin" : $"file {_choice.Path}";

    /// <inheritdoc/>
    public bool IsReplayable => !_choice.IsStandardStream;

    /// <inheritdoc/>
    /// <exception cref="LaminarException">No such file.</exception>
    public int Partitions => _choice.IsStandardStream ? 1 : _files.Value.Length;

    /// <inheritdoc/>
    /// <exception cref="LaminarException">The file isn't there, isn't the one that the position was saved for, or has no usable header.</exception>
    public IPartitionReader<TRow> Open(int partition, ReadOnlyMemory<byte> position, SourceContext context)
    {
        string file = _choice.IsStandardStream ? "-" : _files.Value[partition];
        FilePosition from = _choice.IsStandardStream ? default : FilePosition.Read(position.Span, file);
        return _choice.Format == FileFormat.Arrow
            ? new ArrowPartitionReader<TRow>(file, from, context)
            : TextPartitionReader<TRow>.Open(file, _choice, from, context);
    }
}
