namespace Laminar.Connectors.Files.Writing;

/// <summary>Where a sink writes, decided from its options.</summary>
internal sealed record SinkTarget(FileChoice Choice, ArrowLayout Layout)
{
    public string Description => Choice.IsStandardStream ? "stdout" : $"file {Choice.Path}";

    /// <summary>A part's or file's extension, with its point.</summary>
    public string Extension => Choice.Format switch
    {
        FileFormat.Json or FileFormat.DebeziumJson => ".jsonl",
        FileFormat.Csv => Choice.Csv.Delimiter == '\t' ? ".tsv" : ".csv",
        _ => Layout == ArrowLayout.Stream ? ".arrows" : ".arrow",
    };

    public static SinkTarget Of(FileSinkOptions options) =>
        new(FileChoice.Of(options.Path, options.Format, options.Delimiter, options.Header, options.NullText), options.Layout);

    public ISinkWriter<TRow> Open<TRow>(SinkContext context)
        where TRow : IStreamRow<TRow>
    {
        if (Choice.IsStandardStream)
        {
            return new StandardOutputWriter<TRow>(Encoder<TRow>(ArrowLayout.Stream));
        }

        bool folder = Choice.Path.EndsWith('/') || Choice.Path.EndsWith(Path.DirectorySeparatorChar) || Directory.Exists(Choice.Path);
        IPublisher publisher = folder
            ? new FolderPublisher(Choice.Path, context.Name, Extension)
            : new FilePublisher(Choice.Path, Content());
        return new FileSinkWriter<TRow>(publisher, Encoder<TRow>(Layout));
    }

    private IPartEncoder<TRow> Encoder<TRow>(ArrowLayout layout)
        where TRow : IStreamRow<TRow> => Choice.Format switch
        {
            FileFormat.Json => new TextPartEncoder<TRow>(new Formats.JsonRowEncoder<TRow>()),
            FileFormat.DebeziumJson => new TextPartEncoder<TRow>(new Formats.DebeziumRowEncoder<TRow>()),
            FileFormat.Csv => new TextPartEncoder<TRow>(new Formats.CsvRowEncoder<TRow>(Choice.Csv)),
            _ => new ArrowPartEncoder<TRow>(layout),
        };

    private IFileContent Content() => Choice.Format == FileFormat.Arrow ? new ArrowContent(Layout) : new TextContent();
}
