using System.Collections.Generic;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.Text;

namespace Laminar.Analyzers.Literals;

/// <summary>A stretch of the SQL text and the source that it stands in.</summary>
/// <param name="Start">Where the stretch starts in the SQL text.</param>
/// <param name="Text">The stretch.</param>
/// <param name="Tree">The C# file.</param>
/// <param name="Whole">The expression that it is the value of.</param>
/// <param name="Characters">The source of each character; null when only the whole is known (a constant of another assembly, nameof).</param>
/// <param name="Kind">The kind of the literal's token, for writing a replacement into it.</param>
internal sealed record LiteralPart(int Start, string Text, SyntaxTree Tree, TextSpan Whole, IReadOnlyList<TextSpan>? Characters, SyntaxKind Kind)
{
    public int End => Start + Text.Length;

    /// <summary>Where <paramref name="offset"/> of the SQL text starts in the source.</summary>
    public int SourceStart(int offset)
    {
        if (Characters is null)
        {
            return Whole.Start;
        }

        int index = offset - Start;
        return index < Characters.Count ? Characters[index].Start : Characters.Count == 0 ? Inside : Characters[Characters.Count - 1].End;
    }

    /// <summary>Where the character before <paramref name="offset"/> ends in the source.</summary>
    public int SourceEnd(int offset)
    {
        if (Characters is null)
        {
            return Whole.End;
        }

        int index = offset - Start - 1;
        return index >= 0 && index < Characters.Count ? Characters[index].End : SourceStart(offset);
    }

    /// <summary>An empty literal has one place: behind its opening quote.</summary>
    private int Inside => Kind == SyntaxKind.StringLiteralToken ? Whole.End - 1 : Whole.Start;
}
