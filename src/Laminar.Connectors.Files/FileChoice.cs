using Laminar.Formats;

namespace Laminar.Connectors.Files;

/// <summary>What the options of a file source or sink come down to.</summary>
/// <param name="Path">As given.</param>
/// <param name="Format">Never <see cref="FileFormat.Auto"/>.</param>
/// <param name="Csv">How CSV is written.</param>
internal sealed record FileChoice(string Path, FileFormat Format, CsvFormat Csv)
{
    /// <summary>stdin or stdout.</summary>
    public bool IsStandardStream => Path == "-";

    /// <exception cref="LaminarException">No path, or no format to be known.</exception>
    public static FileChoice Of(string path, FileFormat format, char delimiter, bool header, string nullText)
    {
        if (string.IsNullOrEmpty(path))
        {
            throw new LaminarException("A file connector needs a path: WITH (connector = 'file', path = '...').");
        }

        string extension = System.IO.Path.GetExtension(path).ToLowerInvariant();
        if (format == FileFormat.Auto)
        {
            format = extension switch
            {
                ".json" or ".jsonl" or ".ndjson" => FileFormat.Json,
                ".csv" or ".tsv" => FileFormat.Csv,
                ".arrow" or ".arrows" or ".ipc" or ".feather" => FileFormat.Arrow,
                _ => throw new LaminarException($"The format of '{path}' can't be told from its name; add format = 'json', 'csv' or 'arrow'."),
            };
        }

        char between = delimiter != '\0' ? delimiter : extension == ".tsv" ? '\t' : ',';
        return new FileChoice(path, format, new CsvFormat(between, header, nullText));
    }
}
