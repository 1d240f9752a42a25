namespace Laminar.Connectors.Files.Reading;

/// <summary>A place in a text file: what lies before it. A character is a code point.</summary>
internal struct TextPlace
{
    public long Offset;
    public long Lines;

    /// <summary>Characters before it in its line.</summary>
    public long Characters;

    /// <summary>Goes past these bytes.</summary>
    public void Advance(ReadOnlySpan<byte> bytes)
    {
        if (bytes.Length == 0)
        {
            return;
        }

        Offset += bytes.Length;
        int lines = bytes.Count((byte)'\n');
        if (lines > 0)
        {
            Lines += lines;
            Characters = 0;
            bytes = bytes[(bytes.LastIndexOf((byte)'\n') + 1)..];
        }

        foreach (byte b in bytes)
        {
            // Continuation bytes of UTF-8 belong to the character before.
            Characters += (b & 0xC0) != 0x80 ? 1 : 0;
        }
    }

    /// <summary>The byte at a line and a byte of that line, both from 0.</summary>
    public static int OffsetOf(ReadOnlySpan<byte> text, long line, long byteInLine)
    {
        int offset = 0;
        for (; line > 0; line--)
        {
            int next = text[offset..].IndexOf((byte)'\n');
            if (next < 0)
            {
                break;
            }

            offset += next + 1;
        }

        return (int)Math.Min(text.Length, offset + byteInLine);
    }
}
