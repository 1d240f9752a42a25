using System.Collections.Generic;

namespace Laminar.Sql.Formatting;

/// <summary>A token as it is written, with its comments.</summary>
/// <param name="Text">As written; keywords in upper case.</param>
/// <param name="Key">The keyword or symbol; empty for names, numbers and strings.</param>
/// <param name="SpaceBefore">Whether a space parts it from the token before it on one line.</param>
internal sealed record Piece(string Text, string Key, bool SpaceBefore)
{
    /// <summary>Comments on lines of their own in front of it.</summary>
    public List<string> Leading { get; } = new();

    /// <summary>Comments behind it on its line.</summary>
    public List<string> Trailing { get; } = new();
}

/// <summary>A token, or all between two that belong together: parentheses, brackets, CASE and END.</summary>
/// <param name="Piece">The token, or the opening one.</param>
/// <param name="Items">What is inside; null for a token.</param>
/// <param name="Close">The closing token.</param>
internal sealed record Node(Piece Piece, IReadOnlyList<Node>? Items = null, Piece? Close = null)
{
    /// <summary>The keyword or symbol of a single token; <c>(</c>, <c>[</c> or <c>CASE</c> of a group.</summary>
    public string Key => Piece.Key;

    public bool IsGroup => Items is not null;
}
