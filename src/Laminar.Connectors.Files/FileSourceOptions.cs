namespace Laminar;

/// <summary>Where a file source reads from and how. In SQL: <c>WITH (connector = 'file', format = 'csv', path = 'in/*.csv', delimiter = ';')</c>.</summary>
public sealed class FileSourceOptions
{
    /// <summary>
    /// A file; <c>-</c> for stdin (which can't be read again after a crash); a folder, or a pattern with <c>*</c> and <c>?</c> in the file name:
    /// one partition per file, in ordinal order of the paths, hidden files left out. Required.
    /// </summary>
    public string Path { get; set; } = string.Empty;

    /// <summary>The format. Default: by extension; stdin needs it said.</summary>
    public FileFormat Format { get; set; }

    /// <summary>CSV: between fields. Default a comma; a tab for <c>.tsv</c>.</summary>
    public char Delimiter { get; set; }

    /// <summary>CSV: the first record names the columns. Default true; without it they come in the declared order.</summary>
    public bool Header { get; set; } = true;

    /// <summary>CSV: the unquoted text that means NULL. Default: the empty field.</summary>
    public string NullText { get; set; } = string.Empty;
}
