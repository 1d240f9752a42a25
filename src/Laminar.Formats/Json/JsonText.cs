using System.Text.Json;

namespace Laminar.Formats;

/// <summary>JSON strings with escapes. Cold: most strings have none.</summary>
internal static class JsonText
{
    /// <summary>The text of a string whose raw bytes stand between quotes, through the column's cache.</summary>
    public static string Unescape(ReadOnlySpan<byte> raw, int column, TextCache cache) => FieldText.Text(Unescape(raw, column), column, cache);

    /// <exception cref="RowFormatException">Half a surrogate pair, or not UTF-8.</exception>
    public static byte[] Unescape(ReadOnlySpan<byte> raw, int column)
    {
        // The reader wants the quotes; the bytes around raw aren't ours to assume.
        var quoted = new byte[raw.Length + 2];
        quoted[0] = quoted[^1] = (byte)'"';
        raw.CopyTo(quoted.AsSpan(1));
        var reader = new Utf8JsonReader(quoted);
        reader.Read();
        var text = new byte[raw.Length];
        try
        {
            return text[..reader.CopyString(text)];
        }
        catch (InvalidOperationException e)
        {
            throw new RowFormatException(column, "the string has half a surrogate pair or is not valid UTF-8", e);
        }
    }
}
