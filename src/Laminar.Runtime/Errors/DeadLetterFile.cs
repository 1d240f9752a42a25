using System.Text.Encodings.Web;
using System.Text.Json;

namespace Laminar.Runtime.Errors;

/// <summary>
/// The file of rows that could not be decoded or computed with: one JSON object per line with <c>source</c> (not of errors of queries), <c>place</c>, <c>reason</c> and
/// <c>row</c> (text) or <c>raw</c> (base64). Appended to and flushed row by row; after a crash a row may stand in it twice. Serves several threads.
/// </summary>
internal sealed class DeadLetterFile : IDisposable
{
    private static readonly JsonWriterOptions Relaxed = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    private readonly Lock _gate = new();
    private readonly FileStream _file;

    /// <exception cref="LaminarException">The file can't be opened.</exception>
    public DeadLetterFile(string path)
    {
        try
        {
            if (Path.GetDirectoryName(Path.GetFullPath(path)) is { } folder)
            {
                Directory.CreateDirectory(folder);
            }

            _file = new FileStream(path, FileMode.Append, FileAccess.Write, FileShare.Read);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new LaminarException($"The dead-letter file {path} can't be opened: {e.Message}", e);
        }
    }

    public void Write(string source, in DeadRow row)
    {
        ReadOnlyMemory<byte> raw = row.Raw;
        string place = row.Place;
        Write(source, row.Reason, json =>
        {
            json.WriteString("place", place);
            if (System.Text.Unicode.Utf8.IsValid(raw.Span))
            {
                json.WriteString("row", raw.Span);
            }
            else
            {
                json.WriteBase64String("raw", raw.Span);
            }
        });
    }

    /// <param name="source">Null where no single source has made the error.</param>
    /// <param name="error">What failed: a row, or a group and its window.</param>
    public void Write(string? source, StreamRowException error) =>
        Write(source, error.InnerException?.Message ?? error.Message, json =>
        {
            json.WriteString("query", error.Query);
            json.WriteString("row", error.Row);
        });

    public void Dispose()
    {
        lock (_gate)
        {
            _file.Dispose();
        }
    }

    private void Write(string? source, string reason, Action<Utf8JsonWriter> fields)
    {
        using var line = new MemoryStream();
        using (var json = new Utf8JsonWriter(line, Relaxed))
        {
            json.WriteStartObject();
            if (source is not null)
            {
                json.WriteString("source", source);
            }

            json.WriteString("reason", reason);
            fields(json);
            json.WriteEndObject();
        }

        line.WriteByte((byte)'\n');
        lock (_gate)
        {
            _file.Write(line.GetBuffer(), 0, (int)line.Length);
            _file.Flush();
        }
    }
}
