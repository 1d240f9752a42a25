namespace Laminar;

/// <summary>
/// Where a file sink writes to and how. In SQL: <c>WITH (connector = 'file', format = 'json', path = 'out/')</c>.
/// <para>A reader sees whole epochs only, each once, whatever crashes. What it costs depends on the path:</para>
/// <list type="bullet">
/// <item>A folder (an existing one, or a path that ends in <c>/</c>) gets one file <c>part-EPOCH.EXTENSION</c> per epoch that had rows. Cost: the
/// epoch's rows. The choice for long runs.</item>
/// <item>A single file is published again at every epoch that had rows: a copy of what was committed, with the epoch's rows behind it, is renamed
/// over it. Cost: the whole file (less where the file system shares blocks). Arrow is decoded and written anew, since its footer or
/// end mark stands last; prefer a folder.</item>
/// <item><c>-</c> is stdout: rows appear at once, and again after a crash.</item>
/// </list>
/// <para>A start without saved state leaves what is there alone until its first commit, which replaces it (in a folder: every file that is named like its parts; others stay).</para>
/// </summary>
public sealed class FileSinkOptions
{
    /// <summary>A file, a folder or <c>-</c>. Folders on the way are made. Required.</summary>
    [SinkTarget(Shared = "-", AtLeastOnce = "-")]
    public string Path { get; set; } = string.Empty;

    /// <summary>The format. Default: by extension; a folder and stdout need it said.</summary>
    public FileFormat Format { get; set; }

    /// <summary>CSV: between fields. Default a comma; a tab for <c>.tsv</c>.</summary>
    public char Delimiter { get; set; }

    /// <summary>CSV: the first record names the columns. Default true.</summary>
    public bool Header { get; set; } = true;

    /// <summary>CSV: how NULL is written. Default: the empty field.</summary>
    public string NullText { get; set; } = string.Empty;

    /// <summary>Arrow: file or stream form. Default the file form.</summary>
    public ArrowLayout Layout { get; set; }
}
