namespace Laminar.Sql.Syntax;

internal enum TokenKind
{
    /// <summary>A name or keyword without quotes.</summary>
    Word,

    /// <summary><c>"x"</c> or <c>`x`</c>; the text has the quotes removed.</summary>
    QuotedName,
    Integer,
    Decimal,
    Double,
    String,
    Bytes,

    /// <summary><c>?</c>, <c>$1</c>, <c>:name</c>, <c>@name</c>.</summary>
    Parameter,

    /// <summary>An operator or punctuation; the text is what was written.</summary>
    Symbol,
    End,
}
