using System.Globalization;
using System.Text;
using System.Text.Json;
using Apache.Arrow;
using Apache.Arrow.Types;

namespace Laminar.Tool.Output;

/// <summary>A batch on stdout.</summary>
internal static class BatchPrinter
{
    /// <summary>What a cell of a table is cut at, in characters.</summary>
    private const int WidestCell = 200;

    public static void Print(RecordBatch batch, OutputFormat format, TextWriter to)
    {
        switch (format)
        {
            case OutputFormat.Json:
                Json(batch, to);
                break;
            case OutputFormat.Csv:
                Csv(batch, to);
                break;
            default:
                Table(batch, to);
                break;
        }
    }

    private static void Table(RecordBatch batch, TextWriter to)
    {
        string[] names = [.. batch.Schema.FieldsList.Select(f => f.Name)];
        string[][] rows = [.. Enumerable.Range(0, batch.Length).Select(r => batch.Arrays.Select(a => Cell(CellText.Of(a, r))).ToArray())];
        int[] widths = [.. names.Select((n, c) => rows.Select(r => Width(r[c])).Append(Width(n)).Max())];
        bool[] right = [.. batch.Schema.FieldsList.Select(f => CellText.IsNumber(f.DataType))];
        Line(names);
        to.WriteLine(string.Join("  ", widths.Select(w => new string('-', w))));
        foreach (string[] row in rows)
        {
            Line(row);
        }

        to.WriteLine($"({batch.Length.ToString("N0", CultureInfo.InvariantCulture)} {(batch.Length == 1 ? "row" : "rows")})");

        void Line(string[] cells) => to.WriteLine(string.Join("  ", cells.Select((cell, c) =>
        {
            var gap = new string(' ', widths[c] - Width(cell));
            return right[c] ? gap + cell : cell + gap;
        })).TrimEnd());
    }

    private static string Cell(string? text)
    {
        string line = (text ?? "NULL").Replace("\n", "\\n", StringComparison.Ordinal).Replace("\r", "\\r", StringComparison.Ordinal).Replace("\t", "\\t", StringComparison.Ordinal);
        return line.Length <= WidestCell ? line : line[..(WidestCell - 3)] + "...";
    }

    /// <summary>Characters as people count them: a letter and its accents are one.</summary>
    private static int Width(string text) => new StringInfo(text).LengthInTextElements;

    private static void Csv(RecordBatch batch, TextWriter to)
    {
        to.WriteLine(string.Join(",", batch.Schema.FieldsList.Select(f => Quoted(f.Name))));
        for (int row = 0; row < batch.Length; row++)
        {
            // The empty field is NULL, so that the empty text is in quotes.
            to.WriteLine(string.Join(",", batch.Arrays.Select(a => CellText.Of(a, row) is { } text ? Quoted(text) : string.Empty)));
        }
    }

    private static string Quoted(string text) => text.Length == 0 || text.AsSpan().IndexOfAny(",\"\r\n") >= 0 ? $"\"{text.Replace("\"", "\"\"", StringComparison.Ordinal)}\"" : text;

    private static void Json(RecordBatch batch, TextWriter to)
    {
        using var bytes = new MemoryStream();
        for (int row = 0; row < batch.Length; row++)
        {
            bytes.SetLength(0);
            using (var json = new Utf8JsonWriter(bytes, new JsonWriterOptions { Encoder = System.Text.Encodings.Web.JavaScriptEncoder.UnsafeRelaxedJsonEscaping }))
            {
                json.WriteStartObject();
                for (int c = 0; c < batch.ColumnCount; c++)
                {
                    json.WritePropertyName(batch.Schema.GetFieldByIndex(c).Name);
                    Value(json, batch.Column(c), row);
                }

                json.WriteEndObject();
            }

            to.WriteLine(Encoding.UTF8.GetString(bytes.GetBuffer().AsSpan(0, (int)bytes.Length)));
        }
    }

    private static void Value(Utf8JsonWriter json, IArrowArray array, int row)
    {
        string? text = CellText.Of(array, row);
        if (text is null)
        {
            json.WriteNullValue();
        }
        else if (array.Data.DataType.TypeId == ArrowTypeId.Boolean || (CellText.IsNumber(array.Data.DataType) && !text.Contains('N', StringComparison.Ordinal) && !text.Contains('∞', StringComparison.Ordinal)))
        {
            json.WriteRawValue(text);
        }
        else
        {
            json.WriteStringValue(text);
        }
    }
}
