namespace Laminar.Corpus.Tests.Corpus;

/// <summary>One case of a corpus file; see tests/corpus/README.md for the format.</summary>
internal sealed class CorpusCase
{
    public required string File { get; init; }

    public required string Title { get; init; }

    /// <summary>CREATE SOURCE statements.</summary>
    public required string Sources { get; init; }

    /// <summary>Queries in order; all but the last are read by later ones.</summary>
    public List<(string Name, string Sql)> Queries { get; } = [];

    /// <summary>Rows, <c>@watermark</c> and <c>@clock</c> lines, unparsed.</summary>
    public List<string> Rows { get; } = [];

    /// <summary>The expected output rows, unparsed.</summary>
    public List<string> Expected { get; } = [];

    /// <summary>Rows that must be counted late.</summary>
    public long Late { get; set; }

    /// <summary>Rows that must be counted as errors under the skip policy; null when nothing may fail.</summary>
    public long? Errors { get; set; }

    /// <summary>Errors that the query itself skips, while all others end it.</summary>
    public long? Skips { get; set; }

    /// <summary>Part of the message with which the query must fail behind the expected rows; null when it mustn't.</summary>
    public string? Fails { get; set; }

    /// <summary>A bad query: id and place (<c>LAM2003 1:8</c>) of its first error.</summary>
    public string? CompileError { get; set; }

    /// <summary>SQL over table <c>source</c> (columns by name) instead of the translated plan.</summary>
    public string? DuckDb { get; set; }

    /// <summary>Why DuckDB can't be asked.</summary>
    public string? NoDuckDb { get; set; }

    public override string ToString() => $"{Path.GetFileNameWithoutExtension(File)}: {Title}";
}
