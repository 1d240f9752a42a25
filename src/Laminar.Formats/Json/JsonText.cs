using System.Text.Json;

namespace Laminar.Formats;

/// <summary>JSON strings with escapes. Cold: most strings have none.</summary>
internal static class JsonText
{
    private const int OnStack = 512;

    /// <summary>The text of a string whose raw bytes stand between quotes, through the column's cache.</summary>
    /// <exception cref="RowFormatException">Half a surrogate pair, or not UTF-8.</exception>
    public static string Unescape(ReadOnlySpan<byte> raw, int column, TextCache cache)
    {
        if (raw.Length > OnStack)
        {
            return FieldText.Text(Unescape(raw, column), column, cache);
        }

        Span<byte> quoted = stackalloc byte[OnStack + 2];
        Span<byte> text = stackalloc byte[OnStack];
        return FieldText.Text(text[..Copy(raw, quoted[..(raw.Length + 2)], text, column)], column, cache);
    }

    /// <exception cref="RowFormatException">Half a surrogate pair, or not UTF-8.</exception>
    public static byte[] Unescape(ReadOnlySpan<byte> raw, int column)
    {
        var text = new byte[raw.Length];
        return text[..Copy(raw, new byte[raw.Length + 2], text, column)];
    }

    private static int Copy(ReadOnlySpan<byte> raw, Span<byte> quoted, Span<byte> text, int column)
    {
        // The reader wants the quotes; the bytes around raw aren't ours to assume.
        quoted[0] = quoted[^1] = (byte)'"';
        raw.CopyTo(quoted[1..]);
        var reader = new Utf8JsonReader(quoted);
        reader.Read();
        try
        {
            return reader.CopyString(text);
        }
        catch (InvalidOperationException e)
        {
            throw new RowFormatException(column, "the string has half a surrogate pair or is not valid UTF-8", e);
        }
    }
}
