using Laminar.Sql.Syntax;
using NUnit.Framework;

namespace Laminar.Sql.Tests.Syntax;

/// <summary>What every tree owes: spans inside the text, children inside their parents.</summary>
internal static class SpanCheck
{
    public static void Inside(SyntaxNode node, int length)
    {
        if (node.Span.Start < 0 || node.Span.Length < 0 || node.Span.End > length)
        {
            Assert.Fail($"{node.GetType().Name} {node.Span} lies outside a text of {length}");
        }

        foreach (SyntaxNode child in SyntaxChildren.Of(node))
        {
            Inside(child, length);
        }
    }

    public static void ChildrenInsideParents(SyntaxNode node)
    {
        foreach (SyntaxNode child in SyntaxChildren.Of(node))
        {
            if (child.Span.Start < node.Span.Start || child.Span.End > node.Span.End)
            {
                Assert.Fail($"{child.GetType().Name} {child.Span} lies outside its {node.GetType().Name} {node.Span}");
            }

            ChildrenInsideParents(child);
        }
    }
}
