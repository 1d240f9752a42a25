using System.Text.RegularExpressions;

namespace Laminar.Sql.Tests.Formatting;

/// <summary>Cuts SQL into tokens with one regular expression: a second opinion beside the lexer.</summary>
public static partial class TestTokens
{
    /// <summary>Words in upper case, everything else as written.</summary>
    public static IEnumerable<(string Text, string Key)> Of(string sql) =>
        Token().Matches(sql).Where(m => m.Groups["token"].Success).Select(m => (m.Value, char.IsLetter(m.Value[0]) && !m.Value.Contains('\'') ? m.Value.ToUpperInvariant() : m.Value));

    public static IEnumerable<string> Comments(string sql) =>
        Token().Matches(sql).Where(m => m.Groups["comment"].Success).Select(m => m.Value.ReplaceLineEndings("\n").TrimEnd());

    // Strings first, so that what looks like a comment inside one isn't; block comments nest.
    [GeneratedRegex(
        """
        (?<token>[eE]'(?:\\.|''|[^'\\])*'|[xX]?'(?:''|[^'])*'|(?<tag>\$(?:[a-zA-Z_]\w*)?\$).*?\k<tag>|"(?:""|[^"])*"|`(?:``|[^`])*`)
        |(?<comment>--[^\r\n]*|/\*(?>/\*(?<open>)|\*/(?<-open>)|(?!/\*|\*/).)*(?(open)(?!))\*/)
        |(?<token>\$\d+|[:@]?[\p{L}_][\w\p{Mn}]*|(?:\d+\.?\d*|\.\d+)(?:[eE][+-]?\d+)?|->>|!~\*|!~|~\*|::|->|=>|<=|>=|<>|!=|\|\||<<|>>|[^\s\uFEFF])
        """,
        RegexOptions.Singleline | RegexOptions.IgnorePatternWhitespace | RegexOptions.ExplicitCapture)]
    private static partial Regex Token();
}
