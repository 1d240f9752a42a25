// Compiled into Laminar (run time) and Laminar.Sql (constant patterns at build time), so that both read a pattern the same way. C# for netstandard2.0.
using System;
using System.Text;
using System.Text.RegularExpressions;

namespace Laminar.Functions;

/// <summary>
/// SQL's patterns as .NET's. Regular expressions are those of .NET with PostgreSQL's defaults: a point matches line ends too, and <c>$</c> only the very
/// end. Flags: i (letter case is ignored), c (it isn't), n or m (points don't match line ends; ^ and $ match at each line), s (the default), x (white
/// space in the pattern means nothing), g (all matches).
/// </summary>
internal static class RegexText
{
    public const string Flags = "c, g, i, m, n, s and x";

    private const string Pair = "[\\uD800-\\uDBFF][\\uDC00-\\uDFFF]";
    private const string Halves = "\\uD800-\\uDFFF";

    /// <summary>False at a letter that is no flag.</summary>
    public static bool TryOptions(string flags, out RegexOptions options, out bool all)
    {
        options = RegexOptions.CultureInvariant | RegexOptions.Singleline;
        all = false;
        foreach (char flag in flags)
        {
            switch (flag)
            {
                case 'i':
                    options |= RegexOptions.IgnoreCase;
                    break;
                case 'c':
                    options &= ~RegexOptions.IgnoreCase;
                    break;
                case 'n' or 'm':
                    options = (options | RegexOptions.Multiline) & ~RegexOptions.Singleline;
                    break;
                case 's':
                    options = (options | RegexOptions.Singleline) & ~RegexOptions.Multiline;
                    break;
                case 'x':
                    options |= RegexOptions.IgnorePatternWhitespace;
                    break;
                case 'g':
                    all = true;
                    break;
                default:
                    return false;
            }
        }

        return true;
    }

    /// <summary>
    /// The pattern for .NET, where <c>$</c> would match before a last line end too, which has no classes such as <c>[:alpha:]</c>, and to which a character
    /// beyond U+FFFF is two.
    /// </summary>
    /// <param name="pattern">The pattern.</param>
    /// <param name="options">Its options.</param>
    /// <param name="wide">For texts with characters beyond U+FFFF; other texts are matched faster without.</param>
    public static string Pattern(string pattern, RegexOptions options, bool wide)
    {
        bool isMultiline = (options & RegexOptions.Multiline) != 0;
        var result = new StringBuilder(pattern.Length + 1);
        for (int i = 0; i < pattern.Length; i++)
        {
            char c = pattern[i];
            if (c == '\\' && i + 1 < pattern.Length)
            {
                char next = pattern[++i];
                result.Append(wide && (next is 'S' or 'W' or 'D') ? Wide("[^\\" + char.ToLowerInvariant(next) + Halves + "]") : "\\" + next);
            }
            else if (c == '[')
            {
                Set(pattern, ref i, result, escape: null, wide);
            }
            else if (c == '.' && wide)
            {
                result.Append(Wide(isMultiline ? "[^\\n" + Halves + "]" : "[^" + Halves + "]"));
            }
            else if (char.IsHighSurrogate(c) && i + 1 < pattern.Length)
            {
                result.Append("(?:").Append(c).Append(pattern[++i]).Append(')');
            }
            else
            {
                result.Append(c == '$' && !isMultiline ? "\\z" : c.ToString());
            }
        }

        return result.ToString();
    }

    /// <summary>
    /// A SIMILAR TO pattern: <c>%</c> any characters, <c>_</c> one, <c>| * + ? { } ( ) [ ]</c> as in regular expressions, all else plain; it has to match the
    /// whole text. As for LIKE there is no escape character unless one is given.
    /// </summary>
    public static string Similar(string pattern, string escape)
    {
        var result = new StringBuilder("\\A(?:");
        for (int i = 0; i < pattern.Length; i++)
        {
            char c = pattern[i];
            if (TryEscape(pattern, ref i, escape))
            {
                result.Append(Plain(pattern[i]));
            }
            else if (c == '[')
            {
                Set(pattern, ref i, result, escape, wide: true);
            }
            else if (char.IsHighSurrogate(c) && i + 1 < pattern.Length)
            {
                result.Append("(?:").Append(c).Append(pattern[++i]).Append(')');
            }
            else
            {
                result.Append(c switch
                {
                    '%' => "[\\s\\S]*",
                    '_' => Wide("[^" + Halves + "]"),
                    '|' or '*' or '+' or '?' or '{' or '}' or ')' => c.ToString(),
                    '(' => "(?:",
                    _ => Plain(c),
                });
            }
        }

        return result.Append(")\\z").ToString();
    }

    /// <summary>A replacement for .NET: <c>\1</c> to <c>\9</c> are groups, <c>\&amp;</c> and <c>\0</c> the whole match, as in PostgreSQL and DuckDB.</summary>
    public static string Replacement(string replacement)
    {
        if (replacement.IndexOf('\\') < 0 && replacement.IndexOf('$') < 0)
        {
            return replacement;
        }

        var result = new StringBuilder(replacement.Length + 4);
        for (int i = 0; i < replacement.Length; i++)
        {
            char c = replacement[i];
            char next = c == '\\' && i + 1 < replacement.Length ? replacement[++i] : '\0';
            result.Append(c == '$' ? "$$"
                : c != '\\' ? c.ToString()
                : next is >= '0' and <= '9' ? "${" + next + "}"
                : next == '&' ? "${0}"
                : next is '\\' or '\0' ? "\\"
                : "\\" + (next == '$' ? "$$" : next.ToString()));
        }

        return result.ToString();
    }

    /// <summary>Copies a set from its bracket on; <paramref name="i"/> comes to stand on the closing one.</summary>
    /// <param name="pattern">The pattern.</param>
    /// <param name="i">Where the set opens.</param>
    /// <param name="result">Takes the set.</param>
    /// <param name="escape">The escape of SIMILAR TO; null for regular expressions, where it is the backslash.</param>
    /// <param name="wide">Whether all but some characters are to be whole ones, not halves of pairs.</param>
    private static void Set(string pattern, ref int i, StringBuilder result, string? escape, bool wide)
    {
        int first = i + 1;
        bool isAllBut = first < pattern.Length && pattern[first] == '^';
        first += isAllBut ? 1 : 0;
        result.Append(!isAllBut ? "[" : wide ? "(?:" + Pair + "|[^" + Halves : "[^");
        string end = isAllBut && wide ? "])" : "]";

        for (i = first; i < pattern.Length; i++)
        {
            char c = pattern[i];
            int named = c == '[' && i + 1 < pattern.Length && pattern[i + 1] == ':' ? pattern.IndexOf(":]", i + 2, StringComparison.Ordinal) : -1;
            if (named > 0 && Class(pattern.Substring(i + 2, named - i - 2)) is { } members)
            {
                result.Append(members);
                i = named + 1;
            }
            else if (c == ']' && i > first)
            {
                result.Append(end);
                return;
            }
            else if (escape is not null)
            {
                bool isEscaped = TryEscape(pattern, ref i, escape);
                result.Append(isEscaped ? Plain(pattern[i]) : c is '\\' or '[' or ']' ? "\\" + c : c.ToString());
            }
            else if (c == '\\' && i + 1 < pattern.Length)
            {
                result.Append(c).Append(pattern[++i]);
            }
            else if (c == '[' && pattern[i - 1] == '-')
            {
                // [a-z-[aeiou]]: a set taken away from a set.
                Set(pattern, ref i, result, escape, wide: false);
            }
            else
            {
                // A bracket that closes first is a plain one: []a].
                result.Append(c == ']' ? "\\]" : c.ToString());
            }
        }
    }

    private static string Wide(string single) => "(?:" + Pair + "|" + single + ")";

    private static bool TryEscape(string pattern, ref int i, string escape)
    {
        if (escape.Length == 0 || string.CompareOrdinal(pattern, i, escape, 0, escape.Length) != 0)
        {
            return false;
        }

        i += escape.Length;
        return i < pattern.Length ? true : throw new ArgumentException("A SIMILAR TO pattern can't end with its escape character.");
    }

    private static string? Class(string name) => name switch
    {
        "alpha" => "\\p{L}",
        "digit" => "0-9",
        "alnum" => "\\p{L}0-9",
        "upper" => "\\p{Lu}",
        "lower" => "\\p{Ll}",
        "space" => "\\s",
        "blank" => " \\t",
        "punct" => "!-/:-@\\[-`{-~",
        "xdigit" => "0-9A-Fa-f",
        "word" => "\\w",
        "cntrl" => "\\x00-\\x1F\\x7F",
        "graph" => "!-~",
        "print" => " -~",
        _ => null,
    };

    private static string Plain(char c) => char.IsLetterOrDigit(c) || char.IsSurrogate(c) || c == '_' ? c.ToString() : "\\u" + ((int)c).ToString("X4", System.Globalization.CultureInfo.InvariantCulture);
}
