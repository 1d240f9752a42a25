using System.Buffers;
using System.Text.Encodings.Web;
using System.Text.Json;

namespace Laminar.Formats;

/// <summary>
/// Rows as Debezium's events, one JSON object a line: what comes (a row as it is after an update too) as <c>{"before":null,"after":{...},"op":"c"}</c>, what goes as
/// <c>{"before":{...},"after":null,"op":"d"}</c>. Values are as in <see cref="JsonRowEncoder{TRow}"/>.
/// </summary>
/// <typeparam name="TRow">The row.</typeparam>
public sealed class DebeziumRowEncoder<TRow> : IRowEncoder<TRow>, IDisposable
    where TRow : IStreamRow<TRow>
{
    private static readonly bool IsChangelog = typeof(IChangelogRow).IsAssignableFrom(typeof(TRow));
    private static readonly JsonEncodedText Before = JsonEncodedText.Encode("before");
    private static readonly JsonEncodedText After = JsonEncodedText.Encode("after");

    private readonly RowSchema _schema = TRow.Schema;
    private readonly JsonEncodedText[] _names =
        [.. TRow.Schema.Columns.Select(c => JsonEncodedText.Encode(c.Name, JavaScriptEncoder.UnsafeRelaxedJsonEscaping))];
    private readonly RecordBuffer _line = new();
    private readonly Utf8JsonWriter _json;

    public DebeziumRowEncoder() => _json = new Utf8JsonWriter(
        _line, new JsonWriterOptions { SkipValidation = true, Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping });

    /// <inheritdoc/>
    public void WriteHeader(IBufferWriter<byte> to)
    {
    }

    /// <inheritdoc/>
    public void Write(in TRow row, IBufferWriter<byte> to)
    {
        bool goes = IsChangelog && ((IChangelogRow)(object)row).Kind is RowKind.UpdateBefore or RowKind.Delete;
        _line.Clear();
        _json.Reset();
        _json.WriteStartObject();
        if (!goes)
        {
            _json.WriteNull(Before);
        }

        _json.WriteStartObject(goes ? Before : After);
        var writer = new JsonRowWriter(_json, _names, _schema);
        TRow.Write(in row, ref writer);
        _json.WriteEndObject();
        if (goes)
        {
            _json.WriteNull(After);
        }

        _json.WriteString("op", goes ? "d" : "c");
        _json.WriteEndObject();
        _json.Flush();
        _line.Append((byte)'\n');
        to.Write(_line.Written);
    }

    /// <summary>Releases the writer.</summary>
    public void Dispose() => _json.Dispose();
}
