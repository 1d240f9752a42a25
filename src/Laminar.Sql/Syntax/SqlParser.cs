using System;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using Laminar.Sql.Diagnostics;
using Laminar.Sql.Text;

namespace Laminar.Sql.Syntax;

/// <summary>
/// Text to tree. Never throws, whatever the text: mistakes are diagnostics, and what could not be read is a Missing node. Depth and length are limited
/// (<see cref="MaxNesting"/>, <see cref="MaxTreeDepth"/>, <see cref="MaxTextLength"/>), so walking a tree recursively is safe.
/// </summary>
public static class SqlParser
{
    /// <summary>Levels of parentheses, subqueries, calls and CASE inside each other.</summary>
    public const int MaxNesting = 200;

    /// <summary>Nodes from the root of a tree to a leaf. A chain such as <c>a OR b OR c ...</c> nests to the left, one level for each operator.</summary>
    public const int MaxTreeDepth = 500;

    /// <summary>Characters (UTF-16) of one text: 1 MiB of ASCII.</summary>
    public const int MaxTextLength = 1 << 20;

    /// <summary>One query, as in <c>[StreamQuery]</c>; a semicolon may follow.</summary>
    public static ParseResult<QuerySyntax> ParseQuery(string text) =>
        Parse(text, parser => parser.WholeQuery(), () => new QuerySyntax(new SelectBody(SyntaxList<SelectItem>.Empty, default), default));

    /// <summary>Statements with semicolons between them, as in <c>[StreamPipeline]</c> and <c>.sql</c> files.</summary>
    public static ParseResult<ScriptSyntax> ParseScript(string text) => ParseScript(text, null);

    /// <summary>As <see cref="ParseScript(string)"/>, with values for parameters.</summary>
    /// <param name="text">Statements.</param>
    /// <param name="parameters">The expression that stands for a parameter, by how that is written (<c>@name</c>), or null: it stays a <see cref="ParameterExpression"/>.</param>
    public static ParseResult<ScriptSyntax> ParseScript(string text, Func<string, ExpressionSyntax?>? parameters) =>
        Parse(text, parser => parser.WholeScript(), () => new ScriptSyntax(SyntaxList<StatementSyntax>.Empty, default), parameters);

    /// <summary>One expression, as in the watermark of <c>[StreamSource]</c>.</summary>
    public static ParseResult<ExpressionSyntax> ParseExpression(string text) =>
        Parse(text, parser => parser.WholeExpression(), () => new MissingExpression(default));

    private static ParseResult<T> Parse<T>(string text, Func<Parser, T> parse, Func<T> nothing, Func<string, ExpressionSyntax?>? parameters = null)
        where T : SyntaxNode
    {
        DiagnosticBag diagnostics = new();
        T root = parse(new Parser(text, diagnostics, parameters));
        if (TooDeep(root) is { } deep)
        {
            // A tree that no recursive walk could survive isn't handed out.
            diagnostics.Report(SqlRules.NestedTooDeep, deep.Span, MaxTreeDepth.ToString(CultureInfo.InvariantCulture));
            root = nothing();
        }

        return new ParseResult<T>(root, diagnostics.OrderBy(d => d.Span.Start).ToArray());
    }

    /// <summary>A node below the limit, or null. Walks with a stack of its own.</summary>
    private static SyntaxNode? TooDeep(SyntaxNode root)
    {
        Stack<(SyntaxNode Node, int Depth)> open = new();
        open.Push((root, 1));
        while (open.Count > 0)
        {
            (SyntaxNode node, int depth) = open.Pop();
            if (depth > MaxTreeDepth)
            {
                return node;
            }

            foreach (SyntaxNode child in SyntaxChildren.Of(node))
            {
                open.Push((child, depth + 1));
            }
        }

        return null;
    }
}
