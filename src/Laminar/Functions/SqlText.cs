using System.Globalization;
using System.Text;

namespace Laminar.Functions;

/// <summary>Text functions. Positions and lengths count code points; results longer than <see cref="MaxLength"/> are refused.</summary>
public static partial class SqlText
{
    /// <summary>Most characters (UTF-16) that a function makes of its arguments: 16 Mi.</summary>
    public const int MaxLength = 16 << 20;

    internal static readonly UTF8Encoding StrictUtf8 = new(false, throwOnInvalidBytes: true);

    public static string Lower(string value) => value.ToLowerInvariant();

    public static string Upper(string value) => value.ToUpperInvariant();

    /// <summary>Code points.</summary>
    public static int Length(string value)
    {
        int count = value.Length;
        foreach (char c in value)
        {
            count -= char.IsLowSurrogate(c) ? 1 : 0;
        }

        return count;
    }

    /// <summary>Bytes of UTF-8.</summary>
    public static int OctetLength(string value) => Encoding.UTF8.GetByteCount(value);

    /// <summary>Without spaces (U+0020 only) on both sides.</summary>
    public static string Trim(string value) => value.Trim(' ');

    public static string LTrim(string value) => value.TrimStart(' ');

    public static string RTrim(string value) => value.TrimEnd(' ');

    /// <summary>Without any of the characters on both sides.</summary>
    public static string Trim(string value, string characters) => LTrim(RTrim(value, characters), characters);

    public static string LTrim(string value, string characters)
    {
        int start = 0;
        while (start < value.Length && Rune.DecodeFromUtf16(value.AsSpan(start), out Rune rune, out int length) == System.Buffers.OperationStatus.Done && Has(characters, rune))
        {
            start += length;
        }

        return value[start..];
    }

    public static string RTrim(string value, string characters)
    {
        int end = value.Length;
        while (end > 0 && Rune.DecodeLastFromUtf16(value.AsSpan(0, end), out Rune rune, out int length) == System.Buffers.OperationStatus.Done && Has(characters, rune))
        {
            end -= length;
        }

        return value[..end];
    }

    /// <summary>From a position (1 is the first; positions before it count, as in PostgreSQL) to the end.</summary>
    public static string Substring(string value, int start) => value[Index(value, (long)start - 1)..];

    /// <summary>The part of <paramref name="length"/> positions from <paramref name="start"/> on, cut to the text.</summary>
    /// <exception cref="LaminarException">The length is negative.</exception>
    public static string Substring(string value, int start, int length)
    {
        if (length < 0)
        {
            throw new LaminarException("SUBSTRING of a negative length.");
        }

        long first = (long)start - 1;
        int from = Index(value, first);
        return value[from..Math.Max(from, Index(value, first + length))];
    }

    /// <summary>The first characters; a negative count leaves out the last ones.</summary>
    public static string Left(string value, int count) => value[..Index(value, count >= 0 ? count : Math.Max(0, (long)Length(value) + count))];

    /// <summary>The last characters; a negative count leaves out the first ones.</summary>
    public static string Right(string value, int count) => value[Index(value, count >= 0 ? Math.Max(0, (long)Length(value) - count) : -(long)count)..];

    /// <summary>POSITION(part IN value): 1 for the first, 0 when it isn't there.</summary>
    public static int Position(string part, string value) => StrPos(value, part);

    /// <summary>STRPOS(value, part): 1 for the first, 0 when it isn't there.</summary>
    public static int StrPos(string value, string part)
    {
        int index = value.IndexOf(part, StringComparison.Ordinal);
        return index < 0 ? 0 : Length(value[..index]) + 1;
    }

    /// <summary>Every occurrence; an empty <paramref name="from"/> changes nothing.</summary>
    public static string Replace(string value, string from, string to)
    {
        if (from.Length == 0)
        {
            return value;
        }

        if (to.Length > from.Length && (long)value.Length / from.Length * to.Length > MaxLength)
        {
            throw TooLong("REPLACE");
        }

        return value.Replace(from, to, StringComparison.Ordinal);
    }

    public static string LPad(string value, int length) => LPad(value, length, " ");

    public static string RPad(string value, int length) => RPad(value, length, " ");

    /// <summary>Filled on the left to a length; a longer text is cut on the right.</summary>
    public static string LPad(string value, int length, string fill) => Padding(value, length, fill, "LPAD") is { } padding ? padding + value : Left(value, Math.Max(0, length));

    /// <summary>Filled on the right to a length; a longer text is cut.</summary>
    public static string RPad(string value, int length, string fill) => Padding(value, length, fill, "RPAD") is { } padding ? value + padding : Left(value, Math.Max(0, length));

    public static string Reverse(string value)
    {
        char[] reversed = new char[value.Length];
        int at = value.Length;
        for (int i = 0; i < value.Length; i++)
        {
            if (char.IsHighSurrogate(value[i]) && i + 1 < value.Length && char.IsLowSurrogate(value[i + 1]))
            {
                reversed[--at] = value[i + 1];
                reversed[--at] = value[i++];
            }
            else
            {
                reversed[--at] = value[i];
            }
        }

        return new string(reversed);
    }

    /// <summary>A count of zero or less gives the empty text.</summary>
    public static string Repeat(string value, int count)
    {
        if (count <= 0 || value.Length == 0)
        {
            return string.Empty;
        }

        return (long)value.Length * count <= MaxLength ? new StringBuilder(value.Length * count).Insert(0, value, count).ToString() : throw TooLong("REPEAT");
    }

    /// <summary>The field of a number, counted from 1, or from the end with -1; empty when there is none.</summary>
    /// <exception cref="LaminarException">The number is 0.</exception>
    public static string SplitPart(string value, string delimiter, int field)
    {
        if (field == 0)
        {
            throw new LaminarException("SPLIT_PART counts fields from 1 (or from the end with -1), not 0.");
        }

        string[] parts = delimiter.Length == 0 ? [value] : value.Split(delimiter, StringSplitOptions.None);
        long index = field > 0 ? field - 1L : (long)parts.Length + field;
        return index >= 0 && index < parts.Length ? parts[index] : string.Empty;
    }

    public static bool StartsWith(string value, string part) => value.StartsWith(part, StringComparison.Ordinal);

    public static bool EndsWith(string value, string part) => value.EndsWith(part, StringComparison.Ordinal);

    public static bool Contains(string value, string part) => value.Contains(part, StringComparison.Ordinal);

    /// <summary>The code point of the first character; 0 for the empty text.</summary>
    public static int Ascii(string value) => Rune.DecodeFromUtf16(value, out Rune rune, out _) == System.Buffers.OperationStatus.Done ? rune.Value : 0;

    /// <exception cref="LaminarException">Not a code point, or 0.</exception>
    public static string Chr(int codePoint) => codePoint > 0 && Rune.IsValid(codePoint)
        ? char.ConvertFromUtf32(codePoint)
        : throw new LaminarException($"CHR: {codePoint.ToString(CultureInfo.InvariantCulture)} is not a character.");

    /// <summary>Joins what isn't NULL with a separator; NULL when the separator or both texts are.</summary>
    public static string? ConcatWs(string? separator, string? left, string? right) =>
        separator is null ? null : left is null ? right : right is null ? left : left + separator + right;

    /// <summary>The UTF-16 index of a position that counts from 1; beyond the text, one more than its length.</summary>
    internal static int IndexOf(string value, int position)
    {
        int at = Index(value, position - 1L);
        return at < value.Length || Length(value) >= position - 1L ? at : value.Length + 1;
    }

    // The UTF-16 index of a code point, cut to the text.
    private static int Index(string value, long codePoint)
    {
        if (codePoint <= 0)
        {
            return 0;
        }

        int at = 0;
        for (; codePoint > 0 && at < value.Length; codePoint--)
        {
            at += char.IsHighSurrogate(value[at]) && at + 1 < value.Length && char.IsLowSurrogate(value[at + 1]) ? 2 : 1;
        }

        return at;
    }

    private static string? Padding(string value, int length, string fill, string function)
    {
        int missing = length - Length(value);
        if (missing <= 0)
        {
            return null;
        }

        if (missing > MaxLength)
        {
            throw TooLong(function);
        }

        int unit = Length(fill);
        if (unit == 0)
        {
            return string.Empty;
        }

        return Repeat(fill, missing / unit) + Left(fill, missing % unit);
    }

    private static bool Has(string characters, Rune rune)
    {
        foreach (Rune one in characters.EnumerateRunes())
        {
            if (one == rune)
            {
                return true;
            }
        }

        return false;
    }

    private static LaminarException TooLong(string function) => new($"{function} would make a text of more than {MaxLength.ToString("N0", CultureInfo.InvariantCulture)} characters.");
}
