using System.Text.RegularExpressions;

namespace Laminar.Functions;

/// <summary>
/// A regular expression, ready to be matched. A constant one is a static field of generated code; others come out of a cache. Matching takes time in
/// proportion to the text; a pattern that asks for more (it refers back, or looks around) is given <see cref="Timeout"/> per text.
/// </summary>
public sealed class SqlPattern
{
    /// <summary>How long a pattern that may go back and forth can take on one text, before that row is an error row.</summary>
    public static readonly TimeSpan Timeout = TimeSpan.FromSeconds(1);

    private static readonly PreparedCache<(string Pattern, string Flags, bool IsSimilar), SqlPattern> Cache = new(Make);

    private SqlPattern(string pattern, RegexOptions options, bool all)
    {
        Regex = Compile(pattern, options);
        All = all;
    }

    internal Regex Regex { get; }

    /// <summary>Whether flag g was given.</summary>
    internal bool All { get; }

    /// <summary>A regular expression with flags (see <c>REGEXP_LIKE</c>).</summary>
    /// <exception cref="LaminarException">The pattern isn't one, or a flag isn't known.</exception>
    public static SqlPattern Of(string pattern, string flags) => Cache.Get((pattern, flags, false));

    /// <summary>A SIMILAR TO pattern.</summary>
    /// <param name="pattern">The pattern.</param>
    /// <param name="escape">One character that makes the next one plain, or empty for none.</param>
    /// <exception cref="LaminarException">The pattern isn't one.</exception>
    public static SqlPattern Similar(string pattern, string escape) => Cache.Get((pattern, escape, true));

    private static SqlPattern Make((string Pattern, string Flags, bool IsSimilar) key)
    {
        try
        {
            if (key.IsSimilar)
            {
                return new SqlPattern(RegexText.Similar(key.Pattern, key.Flags), RegexOptions.CultureInvariant, all: false);
            }

            return RegexText.TryOptions(key.Flags, out RegexOptions options, out bool all)
                ? new SqlPattern(RegexText.Pattern(key.Pattern, options), options, all)
                : throw new LaminarException($"'{key.Flags}' are not flags of a regular expression; {RegexText.Flags} are.");
        }
        catch (ArgumentException error)
        {
            throw new LaminarException($"'{key.Pattern}' is not a {(key.IsSimilar ? "pattern of SIMILAR TO" : "regular expression")}: {error.Message}");
        }
    }

    private static Regex Compile(string pattern, RegexOptions options)
    {
        try
        {
            return new Regex(pattern, options | RegexOptions.NonBacktracking);
        }
        catch (NotSupportedException)
        {
            return new Regex(pattern, options, Timeout);
        }
    }
}
