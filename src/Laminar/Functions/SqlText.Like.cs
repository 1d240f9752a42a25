using System.Text;

namespace Laminar.Functions;

/// <content>LIKE: <c>%</c> any characters, <c>_</c> one code point. No escape character unless one is given.</content>
public static partial class SqlText
{
    public static bool Like(string value, string pattern) => Matches(value, pattern, default, false);

    public static bool ILike(string value, string pattern) => Matches(Upper(value), Upper(pattern), default, false);

    /// <param name="value">The text.</param>
    /// <param name="pattern">The pattern.</param>
    /// <param name="escape">One character that makes the next one plain, or empty for none.</param>
    /// <exception cref="LaminarException">The escape has several characters, or stands at the pattern's end.</exception>
    public static bool Like(string value, string pattern, string escape) => Matches(value, pattern, EscapeOf(escape), escape.Length > 0);

    /// <inheritdoc cref="Like(string, string, string)"/>
    public static bool ILike(string value, string pattern, string escape) =>
        Matches(Upper(value), Upper(pattern), EscapeOf(Upper(escape)), escape.Length > 0);

    private static Rune EscapeOf(string escape)
    {
        if (escape.Length == 0)
        {
            return default;
        }

        return Rune.DecodeFromUtf16(escape, out Rune rune, out int length) == System.Buffers.OperationStatus.Done && length == escape.Length
            ? rune
            : throw new LaminarException("ESCAPE takes one character.");
    }

    // Greedy with one point of return, the last %: O(value * pattern) at worst, no recursion, no allocation.
    private static bool Matches(string value, string pattern, Rune escape, bool escaped)
    {
        int at = 0, in_ = 0, afterStar = -1, starAt = 0;
        while (true)
        {
            if (in_ < pattern.Length)
            {
                Rune.DecodeFromUtf16(pattern.AsSpan(in_), out Rune p, out int width);
                bool plain = escaped && p == escape;
                if (plain)
                {
                    in_ += width;
                    if (in_ >= pattern.Length)
                    {
                        throw new LaminarException("A LIKE pattern can't end with its escape character.");
                    }

                    Rune.DecodeFromUtf16(pattern.AsSpan(in_), out p, out width);
                }
                else if (p.Value == '%')
                {
                    in_ += width;
                    afterStar = in_;
                    starAt = at;
                    continue;
                }

                if (at < value.Length)
                {
                    Rune.DecodeFromUtf16(value.AsSpan(at), out Rune v, out int taken);
                    if ((!plain && p.Value == '_') || v == p)
                    {
                        at += taken;
                        in_ += width;
                        continue;
                    }
                }
            }
            else if (at == value.Length)
            {
                return true;
            }

            if (afterStar < 0 || starAt >= value.Length)
            {
                return false;
            }

            Rune.DecodeFromUtf16(value.AsSpan(starAt), out _, out int skipped);
            starAt += skipped;
            at = starAt;
            in_ = afterStar;
        }
    }
}
