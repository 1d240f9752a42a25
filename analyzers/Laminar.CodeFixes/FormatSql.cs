using System;
using System.Composition;
using System.Linq;
using System.Threading;
using System.Threading.Tasks;
using Laminar.Sql.Formatting;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CodeActions;
using Microsoft.CodeAnalysis.CodeRefactorings;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Text;

namespace Laminar.CodeFixes;

/// <summary>Formats the SQL in a literal, which becomes a raw one on many lines (a verbatim one before C# 11), or in a <c>.sql</c> file.</summary>
[ExportCodeRefactoringProvider(LanguageNames.CSharp, Name = nameof(FormatSql), DocumentKinds = new[] { nameof(TextDocumentKind.Document), nameof(TextDocumentKind.AdditionalDocument) }, DocumentExtensions = new[] { ".cs", ".sql" })]
[Shared]
public sealed class FormatSql : CodeRefactoringProvider
{
    private const string Title = "Format SQL";

    public override async Task ComputeRefactoringsAsync(CodeRefactoringContext context)
    {
        if (context.TextDocument is not Document document)
        {
            await File(context).ConfigureAwait(false);
            return;
        }

        SyntaxNode? root = await document.GetSyntaxRootAsync(context.CancellationToken).ConfigureAwait(false);
        if (root is null || SqlLiterals.At(root, context.Span.Start) is not { } literal || await SqlLiterals.AttributeOf(document, literal, context.CancellationToken).ConfigureAwait(false) is null)
        {
            return;
        }

        // One of several parts of a text is no text.
        bool whole = literal.Parent is AttributeArgumentSyntax or EqualsValueClauseSyntax;
        SourceText text = await document.GetTextAsync(context.CancellationToken).ConfigureAwait(false);
        bool raw = ((CSharpParseOptions)literal.SyntaxTree.Options).LanguageVersion >= LanguageVersion.CSharp11;
        if (whole && SqlFormatter.Format(literal.Token.ValueText) is { } sql && Literal(sql, text, literal, raw) is { } written && written != literal.ToString())
        {
            context.RegisterRefactoring(CodeAction.Create(Title, _ => Task.FromResult(document.WithText(text.Replace(literal.Span, written))), nameof(FormatSql)));
        }
    }

    private static async Task File(CodeRefactoringContext context)
    {
        TextDocument document = context.TextDocument;
        SourceText text = await document.GetTextAsync(context.CancellationToken).ConfigureAwait(false);
        string before = text.ToString();
        if (SqlFormatter.Format(before) is not { } sql)
        {
            return;
        }

        string newLine = NewLine(text);
        string after = sql.Replace("\n", newLine) + newLine;
        if (after != before)
        {
            Solution changed = document.Project.Solution.WithAdditionalDocumentText(document.Id, text.Replace(new TextSpan(0, text.Length), after));
            context.RegisterRefactoring(CodeAction.Create(Title, _ => Task.FromResult(changed), nameof(FormatSql)));
        }
    }

    private static string Literal(string sql, SourceText text, LiteralExpressionSyntax literal, bool raw)
    {
        if (!sql.Contains("\n") && literal.Token.IsKind(SyntaxKind.StringLiteralToken))
        {
            return literal.Token.Text[0] == '@' ? "@\"" + sql.Replace("\"", "\"\"") + "\"" : SymbolDisplay.FormatLiteral(sql, quote: true);
        }

        if (!sql.Contains("\n") && literal.Token.IsKind(SyntaxKind.SingleLineRawStringLiteralToken) && !sql.StartsWith("\"", StringComparison.Ordinal) && !sql.EndsWith("\"", StringComparison.Ordinal))
        {
            string fence = Quotes(sql);
            return fence + sql + fence;
        }

        string newLine = NewLine(text);
        if (!raw)
        {
            return "@\"" + sql.Replace("\"", "\"\"").Replace("\n", newLine) + "\"";
        }

        string line = text.Lines.GetLineFromPosition(literal.SpanStart).ToString();
        string indent = line.Substring(0, line.Length - line.TrimStart().Length);
        string quotes = Quotes(sql);

        // Where the literal starts its line, its lines stand under it; elsewhere one step further in.
        indent += line.TrimStart().StartsWith("\"", StringComparison.Ordinal) ? string.Empty : "    ";
        string body = string.Join(newLine, sql.Split('\n').Select(l => l.Length == 0 ? l : indent + l));
        return quotes + newLine + body + newLine + indent + quotes;
    }

    /// <summary>Three quotes, or more when the text has as many in a row.</summary>
    private static string Quotes(string sql)
    {
        string quotes = "\"\"\"";
        while (sql.Contains(quotes))
        {
            quotes += "\"";
        }

        return quotes;
    }

    private static string NewLine(SourceText text) => text.Lines.Count > 1 && text.ToString(TextSpan.FromBounds(text.Lines[0].End, text.Lines[0].EndIncludingLineBreak)) == "\r\n" ? "\r\n" : "\n";
}
