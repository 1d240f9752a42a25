using System.Globalization;
using System.Text;
using Apache.Arrow.Ipc;
using Apache.Arrow.Types;

namespace Laminar.Tool.Inference;

/// <summary>A file as a source: its columns told from the file itself.</summary>
/// <param name="Name">The table's name.</param>
/// <param name="Path">Where it is.</param>
/// <param name="Format"><c>csv</c>, <c>json</c> or <c>arrow</c>.</param>
/// <param name="Columns">Names and SQL types.</param>
internal sealed record TableFile(string Name, string Path, string Format, IReadOnlyList<(string Name, string Type)> Columns)
{
    /// <summary>Rows that are looked at.</summary>
    private const int Sample = 1000;

    /// <summary>The statement that makes it.</summary>
    public string CreateSource => Source(string.Empty);

    /// <summary>The same with more behind the columns, such as a watermark.</summary>
    public string Source(string more) => $"CREATE SOURCE {Quoted(Name)} ({string.Join(", ", Columns.Select(c => Quoted(c.Name) + " " + c.Type))}{more}) WITH (connector = 'file', format = '{Format}', path = '{Path.Replace("'", "''", StringComparison.Ordinal)}'{(System.IO.Path.GetExtension(Path) == ".tsv" ? ", delimiter = '\\t'" : string.Empty)});";

    /// <param name="name">The table's name.</param>
    /// <param name="path">The file.</param>
    /// <param name="format">Its format, where the extension doesn't say.</param>
    /// <exception cref="LaminarException">No format to be known, or no rows to tell columns from.</exception>
    public static TableFile Of(string name, string path, string? format)
    {
        string known = FormatOf(path, format);
        IReadOnlyList<(string, string)> columns = known switch
        {
            "csv" => CsvColumns.Of(path, System.IO.Path.GetExtension(path) == ".tsv" ? '\t' : ',', Sample),
            "json" => JsonColumns.Of(path, Sample),
            _ => Arrow(path),
        };
        return columns.Count > 0 ? new TableFile(name, path, known, columns) : throw new LaminarException($"{path} has no columns: it is empty.");
    }

    /// <summary><c>csv</c>, <c>json</c>, <c>arrow</c> or <c>parquet</c>.</summary>
    /// <exception cref="LaminarException">Neither the extension nor anybody says it.</exception>
    public static string FormatOf(string path, string? format) => System.IO.Path.GetExtension(path).ToLowerInvariant() switch
    {
        ".csv" or ".tsv" => "csv",
        ".json" or ".jsonl" or ".ndjson" => "json",
        ".arrow" or ".arrows" or ".ipc" or ".feather" => "arrow",
        ".parquet" => "parquet",
        _ when format is not null => format,
        var other => throw new LaminarException($"What '{path}' holds can't be told from its name ('{other}'); say --input csv, json, arrow or parquet."),
    };

    /// <summary>A name as SQL has it, whatever is in it.</summary>
    public static string Quoted(string name) => $"\"{name.Replace("\"", "\"\"", StringComparison.Ordinal)}\"";

    private static IReadOnlyList<(string Name, string Type)> Arrow(string path)
    {
        using FileStream file = File.OpenRead(path);
        Span<byte> magic = stackalloc byte[6];
        bool isFile = file.ReadAtLeast(magic, 6, throwOnEndOfStream: false) == 6 && Encoding.ASCII.GetString(magic) == "ARROW1";
        file.Position = 0;
        using ArrowStreamReader reader = isFile ? new ArrowFileReader(file) : new ArrowStreamReader(file);
        if (isFile)
        {
            reader.ReadNextRecordBatch()?.Dispose();
        }

        return [.. reader.Schema.FieldsList.Select(f => (f.Name, Sql(f.DataType, f.Name)))];
    }

    /// <summary>The SQL type of Arrow's.</summary>
    /// <exception cref="LaminarException">There is none.</exception>
    public static string Sql(IArrowType type, string column) => type switch
    {
        BooleanType => "BOOLEAN",
        Int8Type => "TINYINT",
        Int16Type => "SMALLINT",
        Int32Type => "INT",
        Int64Type => "BIGINT",
        UInt8Type => "TINYINT UNSIGNED",
        UInt16Type => "SMALLINT UNSIGNED",
        UInt32Type => "INT UNSIGNED",
        UInt64Type => "BIGINT UNSIGNED",
        FloatType => "REAL",
        DoubleType => "DOUBLE",
        Decimal128Type number => string.Create(CultureInfo.InvariantCulture, $"DECIMAL({number.Precision}, {number.Scale})"),
        StringType or LargeStringType or StringViewType or DictionaryType => "VARCHAR",
        BinaryType => "BYTES",
        Date32Type or Date64Type => "DATE",
        Time32Type or Time64Type => "TIME",
        TimestampType => "TIMESTAMP",
        DurationType => "INTERVAL",
        FixedSizeBinaryType { ByteWidth: 16 } => "UUID",
        ListType list => $"ARRAY<{Sql(list.ValueDataType, column)}>",
        _ => throw new LaminarException($"Column {column} is of the Arrow type {type.Name}, which no SQL type has."),
    };
}
