using System.Buffers;
using System.Text;

namespace Laminar.Functions;

/// <content>Words, fields, replaced characters, distances.</content>
public static partial class SqlText
{
    /// <summary>The first letter of each word in upper case and the others in lower; words are runs of letters and digits, as in PostgreSQL.</summary>
    public static string InitCap(string value)
    {
        char[] result = new char[value.Length];
        bool inside = false;
        for (int i = 0; i < value.Length; i++)
        {
            char c = value[i];
            result[i] = inside ? char.ToLowerInvariant(c) : char.ToUpperInvariant(c);
            inside = char.IsLetterOrDigit(c);
        }

        return new string(result);
    }

    /// <summary>Each character that <paramref name="from"/> holds becomes the one at its place in <paramref name="to"/>, or goes where that is shorter.</summary>
    public static string Translate(string value, string from, string to)
    {
        var result = new StringBuilder(value.Length);
        foreach (Rune rune in value.EnumerateRunes())
        {
            int place = Place(from, rune);
            if (place < 0)
            {
                result.Append(rune);
            }
            else if (Index(to, place) is int at && at < to.Length)
            {
                result.Append(to, at, Index(to, place + 1L) - at);
            }
        }

        return result.Length <= MaxLength ? result.ToString() : throw TooLong("TRANSLATE");
    }

    /// <summary>OVERLAY(value PLACING part FROM start): as many characters as the part has are replaced.</summary>
    public static string Overlay(string value, string part, int start) => Overlay(value, part, start, Length(part));

    /// <summary>OVERLAY(value PLACING part FROM start FOR length).</summary>
    /// <exception cref="LaminarException">The start is 0 or less, or the length negative.</exception>
    public static string Overlay(string value, string part, int start, int length)
    {
        if (start <= 0 || length < 0)
        {
            throw new LaminarException("OVERLAY counts positions from 1, and replaces no fewer than 0 characters.");
        }

        return string.Concat(value.AsSpan(0, Index(value, start - 1L)), part, value.AsSpan(Index(value, start - 1L + length)));
    }

    /// <summary>The field of a number, counted from 0; NULL when there is none.</summary>
    public static string? SplitIndex(string value, string delimiter, int field)
    {
        if (field < 0 || delimiter.Length == 0)
        {
            return field == 0 ? value : null;
        }

        int start = 0;
        for (; field > 0; field--)
        {
            int next = value.IndexOf(delimiter, start, StringComparison.Ordinal);
            if (next < 0)
            {
                return null;
            }

            start = next + delimiter.Length;
        }

        int end = value.IndexOf(delimiter, start, StringComparison.Ordinal);
        return end < 0 ? value[start..] : value[start..end];
    }

    /// <summary>Characters to insert, delete or replace to make one text of the other (V. Levenshtein, 1966). Time O(n * m), space O(m).</summary>
    /// <exception cref="LaminarException">The product of the lengths is beyond <see cref="MaxLength"/>.</exception>
    public static int Levenshtein(string a, string b)
    {
        if (b.Length > a.Length)
        {
            (a, b) = (b, a);
        }

        if ((long)a.Length * b.Length > MaxLength)
        {
            throw new LaminarException("LEVENSHTEIN takes texts whose lengths, multiplied, are at most 16,777,216.");
        }

        int[] rented = ArrayPool<int>.Shared.Rent((2 * b.Length) + 1);
        Span<int> letters = rented.AsSpan(0, b.Length);
        int count = 0;
        foreach (Rune rune in b.EnumerateRunes())
        {
            letters[count++] = rune.Value;
        }

        Span<int> costs = rented.AsSpan(b.Length, count + 1);
        for (int j = 0; j <= count; j++)
        {
            costs[j] = j;
        }

        int row = 0;
        foreach (Rune rune in a.EnumerateRunes())
        {
            int diagonal = row;
            costs[0] = ++row;
            for (int j = 1; j <= count; j++)
            {
                int replaced = diagonal + (rune.Value == letters[j - 1] ? 0 : 1);
                diagonal = costs[j];
                costs[j] = Math.Min(replaced, Math.Min(diagonal, costs[j - 1]) + 1);
            }
        }

        int distance = costs[count];
        ArrayPool<int>.Shared.Return(rented);
        return distance;
    }

    /// <summary>Which code point of a text it is, from 0; -1 when it isn't there.</summary>
    private static int Place(string characters, Rune rune)
    {
        int place = 0;
        foreach (Rune one in characters.EnumerateRunes())
        {
            if (one == rune)
            {
                return place;
            }

            place++;
        }

        return -1;
    }
}
