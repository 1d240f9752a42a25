using System.Text;
using System.Text.RegularExpressions;

namespace Laminar.Functions;

/// <summary>REGEXP_LIKE and its kind. A text on which a pattern takes too long raises <see cref="LaminarException"/>.</summary>
public static class SqlRegex
{
    /// <summary>Whether the pattern matches somewhere in the text.</summary>
    public static bool IsMatch(string value, SqlPattern pattern)
    {
        try
        {
            return pattern.For(value).IsMatch(value);
        }
        catch (RegexMatchTimeoutException)
        {
            throw TooSlow();
        }
    }

    /// <summary>The first match, or NULL when there is none.</summary>
    public static string? Extract(string value, SqlPattern pattern) => Extract(value, pattern, 0);

    /// <summary>A group of the first match; NULL when there is no match, or the group has no part in it.</summary>
    /// <exception cref="LaminarException">The pattern has no such group.</exception>
    public static string? Extract(string value, SqlPattern pattern, int group)
    {
        try
        {
            Match match = pattern.For(value).Match(value);
            if (group < 0 || pattern.For(value).GroupNameFromNumber(group).Length == 0)
            {
                throw new LaminarException($"REGEXP_EXTRACT: the pattern has no group {group.ToString(System.Globalization.CultureInfo.InvariantCulture)}.");
            }

            return match.Success && match.Groups[group] is { Success: true } found ? found.Value : null;
        }
        catch (RegexMatchTimeoutException)
        {
            throw TooSlow();
        }
    }

    /// <summary>How many matches there are, one behind the other.</summary>
    public static int Count(string value, SqlPattern pattern) => Count(value, pattern, 1);

    /// <summary>How many matches there are from a position (1 is the first) on.</summary>
    /// <exception cref="LaminarException">The position is 0 or less.</exception>
    public static int Count(string value, SqlPattern pattern, int start)
    {
        if (start <= 0)
        {
            throw new LaminarException("REGEXP_COUNT counts positions from 1.");
        }

        int at = SqlText.IndexOf(value, start);
        try
        {
            return at > value.Length ? 0 : pattern.For(value).Count(value, at);
        }
        catch (RegexMatchTimeoutException)
        {
            throw TooSlow();
        }
    }

    /// <summary>The text with the first match replaced, or all with flag g.</summary>
    /// <param name="value">The text.</param>
    /// <param name="pattern">The pattern.</param>
    /// <param name="replacement">In .NET's form: see <see cref="Replacement"/>.</param>
    /// <exception cref="LaminarException">The result is longer than <see cref="SqlText.MaxLength"/>.</exception>
    public static string Replace(string value, SqlPattern pattern, string replacement)
    {
        try
        {
            // One match for each character at most; a group is at most the text.
            bool fits = (value.Length + 1L) * (replacement.Length + 1L) <= SqlText.MaxLength && replacement.IndexOf('$') < 0;
            return fits ? pattern.For(value).Replace(value, replacement, pattern.All ? -1 : 1) : ReplaceCounted(value, pattern, replacement);
        }
        catch (RegexMatchTimeoutException)
        {
            throw TooSlow();
        }
    }

    /// <summary>A replacement as SQL writes it (<c>\1</c>) in .NET's form.</summary>
    public static string Replacement(string replacement) => RegexText.Replacement(replacement);

    private static string ReplaceCounted(string value, SqlPattern pattern, string replacement)
    {
        var result = new StringBuilder(value.Length);
        int from = 0;
        for (Match match = pattern.For(value).Match(value); match.Success; match = match.NextMatch())
        {
            result.Append(value, from, match.Index - from).Append(match.Result(replacement));
            from = match.Index + match.Length;
            if (result.Length > SqlText.MaxLength)
            {
                throw new LaminarException("REGEXP_REPLACE would make a text of more than 16,777,216 characters.");
            }

            if (!pattern.All)
            {
                break;
            }
        }

        return result.Append(value, from, value.Length - from).ToString();
    }

    private static LaminarException TooSlow() => new($"The regular expression takes more than {SqlPattern.Timeout.TotalSeconds:0} s on this text.");
}
