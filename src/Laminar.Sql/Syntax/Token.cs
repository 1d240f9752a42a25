using Laminar.Sql.Text;

namespace Laminar.Sql.Syntax;

/// <summary>One token. <paramref name="Text"/> is the value: the name without quotes, string content with escapes resolved, otherwise as written.</summary>
/// <param name="Keyword">The word in upper case; for a symbol the symbol; otherwise empty.</param>
internal readonly record struct Token(TokenKind Kind, string Text, string Keyword, TextSpan Span)
{
    /// <summary>True for this keyword (upper case) without quotes, or this symbol.</summary>
    public bool Is(string keyword) => ReferenceEquals(Keyword, keyword) || Keyword == keyword;

    public bool IsWord => Kind == TokenKind.Word;

    /// <summary>How a message names this token.</summary>
    public string Describe() => Kind switch
    {
        TokenKind.End => "end of the text",
        TokenKind.String => "string '" + Short(Text) + "'",
        TokenKind.Bytes => "bytes X'" + Short(Text) + "'",
        TokenKind.QuotedName => "\"" + Short(Text) + "\"",
        _ => "'" + Short(Text) + "'",
    };

    private static string Short(string text) => text.Length <= 30 ? text : text.Substring(0, char.IsHighSurrogate(text[29]) ? 29 : 30) + "...";
}
