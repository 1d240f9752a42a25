using System.Buffers;
using System.Text.Encodings.Web;
using System.Text.Json;

namespace Laminar.Formats;

/// <summary>
/// Rows as JSON Lines: one object per line, member names as in the schema. Rows that are an <see cref="IChangelogRow"/> begin with
/// <c>"kind"</c>: <c>insert</c>, <c>update_before</c>, <c>update_after</c>, <c>delete</c>. Only what JSON demands is escaped, and characters beyond U+FFFF, so text stays readable.
/// </summary>
/// <typeparam name="TRow">The row.</typeparam>
public sealed class JsonRowEncoder<TRow> : IRowEncoder<TRow>, IDisposable
    where TRow : IStreamRow<TRow>
{
    private static readonly bool IsChangelog = typeof(IChangelogRow).IsAssignableFrom(typeof(TRow)) && !TRow.Schema.HasKind;
    private static readonly JsonEncodedText Kind = JsonEncodedText.Encode(RowKinds.Column);

    private readonly RowSchema _schema = TRow.Schema;
    private readonly JsonEncodedText[] _names =
        [.. TRow.Schema.Columns.Select(c => JsonEncodedText.Encode(c.Name, JavaScriptEncoder.UnsafeRelaxedJsonEscaping))];
    private readonly RecordBuffer _line = new();
    private readonly Utf8JsonWriter _json;

    public JsonRowEncoder() => _json = new Utf8JsonWriter(
        _line, new JsonWriterOptions { SkipValidation = true, Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping });

    /// <inheritdoc/>
    public void WriteHeader(IBufferWriter<byte> to)
    {
    }

    /// <inheritdoc/>
    public void Write(in TRow row, IBufferWriter<byte> to)
    {
        _line.Clear();
        _json.Reset();
        _json.WriteStartObject();
        if (IsChangelog)
        {
            _json.WriteString(Kind, RowKinds.NameOf(((IChangelogRow)(object)row).Kind));
        }

        var writer = new JsonRowWriter(_json, _names, _schema);
        TRow.Write(in row, ref writer);
        _json.WriteEndObject();
        _json.Flush();
        _line.Append((byte)'\n');
        to.Write(_line.Written);
    }

    /// <summary>Releases the writer.</summary>
    public void Dispose() => _json.Dispose();
}
