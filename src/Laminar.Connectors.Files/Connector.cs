using Laminar;

[assembly: LaminarConnector(
    "file",
    Source = typeof(FileSource<>),
    SourceOptions = typeof(FileSourceOptions),
    AppendSink = typeof(FileAppendSink<>),
    ChangelogSink = typeof(FileChangelogSink<>),
    SinkOptions = typeof(FileSinkOptions))]
