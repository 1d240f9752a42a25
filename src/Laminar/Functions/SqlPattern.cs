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

    private readonly Regex _plain;
    private readonly Lazy<Regex> _wide;

    private SqlPattern(Regex plain, Func<Regex> wide, bool all)
    {
        _plain = plain;
        _wide = new Lazy<Regex>(wide);
        All = all;
    }

    /// <summary>Whether flag g was given.</summary>
    internal bool All { get; }

    /// <summary>The expression for a text: one that takes two halves of UTF-16 for one character, where the text has such.</summary>
    internal Regex For(string text) => text.AsSpan().ContainsAnyInRange('\uD800', '\uDFFF') ? _wide.Value : _plain;

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
                Regex similar = Compile(RegexText.Similar(key.Pattern, key.Flags), RegexOptions.CultureInvariant);
                return new SqlPattern(similar, () => similar, all: false);
            }

            return RegexText.TryOptions(key.Flags, out RegexOptions options, out bool all)
                ? new SqlPattern(Compile(RegexText.Pattern(key.Pattern, options, wide: false), options), () => Compile(RegexText.Pattern(key.Pattern, options, wide: true), options), all)
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
