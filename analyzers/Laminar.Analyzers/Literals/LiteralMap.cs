using System;
using System.Collections.Generic;
using System.Linq;
using System.Text;
using System.Threading;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Text;

namespace Laminar.Analyzers.Literals;

/// <summary>
/// Takes places in a SQL text to places in the C# that it is the value of: literals of every kind, concatenations, and constants (then the place is in
/// the constant's own declaration, in whatever file).
/// </summary>
internal sealed class LiteralMap
{
    private readonly List<LiteralPart> _parts = new();
    private readonly StringBuilder _text = new();

    private LiteralMap()
    {
    }

    /// <summary>The map of an attribute's argument.</summary>
    /// <param name="expression">The argument's value.</param>
    /// <param name="sql">The constant that the compiler made of it.</param>
    /// <param name="modelOf">Semantic models, for constants.</param>
    /// <param name="cancellation">Stops the search for declarations.</param>
    public static LiteralMap Of(ExpressionSyntax expression, string sql, Func<SyntaxTree, SemanticModel> modelOf, CancellationToken cancellation)
    {
        LiteralMap map = new();
        map.Add(expression, modelOf, 0, cancellation);
        if (map._text.ToString() != sql)
        {
            map._parts.Clear();
            map._parts.Add(new LiteralPart(0, sql, expression.SyntaxTree, expression.Span, null, SyntaxKind.None));
        }

        return map;
    }

    /// <summary>The place of a span of the SQL text.</summary>
    public Location Locate(Sql.Text.TextSpan span)
    {
        LiteralPart first = PartOf(span.Start);
        LiteralPart last = span.Length == 0 ? first : PartOf(span.End - 1);
        int start = first.SourceStart(span.Start);

        // A span across parts covers them where they stand in order in one file, and else what it has of the first.
        int end = last.Tree == first.Tree && last.Whole.Start >= first.Whole.Start
            ? last.SourceEnd(span.End)
            : first.SourceEnd(first.End);
        if (span.Length == 0 && first.Characters is not null)
        {
            end = start;
        }

        return Location.Create(first.Tree, TextSpan.FromBounds(start, Math.Max(start, end)));
    }

    /// <summary>The place of the SQL text that stands at a place of a C# file; null when none does.</summary>
    public int? OffsetOf(SyntaxTree tree, int position)
    {
        foreach (LiteralPart part in _parts.Where(p => p.Tree == tree && p.Characters is not null))
        {
            int index = part.Characters!.TakeWhile(c => c.End <= position).Count();
            bool inside = part.Characters!.Count == 0
                ? position > part.Whole.Start && position < part.Whole.End
                : position >= part.Characters[0].Start && position <= part.Characters[part.Characters.Count - 1].End;
            if (inside)
            {
                return part.Start + index;
            }
        }

        return null;
    }

    /// <summary>How <paramref name="replacement"/> is written in the literal at that span, or null when it can't be put there.</summary>
    public string? Escape(Sql.Text.TextSpan span, string replacement)
    {
        LiteralPart part = PartOf(span.Start);
        if (part.Characters is null || span.End > part.End)
        {
            return null;
        }

        if (part.Kind != SyntaxKind.StringLiteralToken)
        {
            // A quote beside the quotes of a raw literal on one line would count as one of them.
            bool beside = part.Kind == SyntaxKind.SingleLineRawStringLiteralToken
                && ((span.Start == part.Start && replacement.StartsWith("\"", StringComparison.Ordinal)) || (span.End == part.End && replacement.EndsWith("\"", StringComparison.Ordinal)));
            return beside || replacement.Contains("\"\"\"") ? null : replacement;
        }

        bool verbatim = part.Tree.GetText().ToString(new TextSpan(part.Whole.Start, 1)) == "@";
        return verbatim ? replacement.Replace("\"", "\"\"") : SymbolDisplay.FormatLiteral(replacement, quote: true) is var quoted ? quoted.Substring(1, quoted.Length - 2) : null;
    }

    private LiteralPart PartOf(int offset) =>
        _parts.FirstOrDefault(part => offset >= part.Start && offset < part.End) ?? _parts.LastOrDefault(part => part.Text.Length > 0) ?? _parts[_parts.Count - 1];

    private void Add(ExpressionSyntax expression, Func<SyntaxTree, SemanticModel> modelOf, int depth, CancellationToken cancellation)
    {
        switch (expression)
        {
            case ParenthesizedExpressionSyntax parentheses:
                Add(parentheses.Expression, modelOf, depth, cancellation);
                return;
            case BinaryExpressionSyntax { RawKind: (int)SyntaxKind.AddExpression } sum:
                Concatenation(sum, modelOf, depth, cancellation);
                return;
            case LiteralExpressionSyntax literal when literal.Token.Value is string:
                Append(literal.Token.ValueText, literal, StringLiteralDecoder.Decode(literal.Token), literal.Token.Kind());
                return;
        }

        SemanticModel model = modelOf(expression.SyntaxTree);
        if (depth < 20 && model.GetSymbolInfo(expression, cancellation).Symbol is IFieldSymbol { IsConst: true } field
            && field.DeclaringSyntaxReferences.Select(reference => reference.GetSyntax(cancellation)).OfType<VariableDeclaratorSyntax>().FirstOrDefault() is { Initializer.Value: { } value })
        {
            Add(value, modelOf, depth + 1, cancellation);
            return;
        }

        Append(model.GetConstantValue(expression, cancellation) is { HasValue: true, Value: string text } ? text : string.Empty, expression, null, SyntaxKind.None);
    }

    /// <summary>A long chain of <c>+</c> leans to the left; it is walked without recursion.</summary>
    private void Concatenation(BinaryExpressionSyntax sum, Func<SyntaxTree, SemanticModel> modelOf, int depth, CancellationToken cancellation)
    {
        Stack<ExpressionSyntax> operands = new();
        ExpressionSyntax left = sum;
        while (left is BinaryExpressionSyntax { RawKind: (int)SyntaxKind.AddExpression } inner)
        {
            operands.Push(inner.Right);
            left = inner.Left;
        }

        Add(left, modelOf, depth, cancellation);
        while (operands.Count > 0)
        {
            Add(operands.Pop(), modelOf, depth, cancellation);
        }
    }

    private void Append(string text, ExpressionSyntax whole, IReadOnlyList<TextSpan>? characters, SyntaxKind kind)
    {
        _parts.Add(new LiteralPart(_text.Length, text, whole.SyntaxTree, whole.Span, characters, kind));
        _text.Append(text);
    }
}
