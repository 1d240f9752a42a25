using System.Globalization;
using System.Text;
using Microsoft.CodeAnalysis.CSharp;

namespace Laminar.Generators.Emit;

/// <summary>C# names and literals as source text.</summary>
public static class Identifiers
{
    /// <summary><c>class</c> becomes <c>@class</c>.</summary>
    public static string Escape(string name) =>
        SyntaxFacts.GetKeywordKind(name) != SyntaxKind.None || SyntaxFacts.GetContextualKeywordKind(name) != SyntaxKind.None ? "@" + name : name;

    /// <summary>A regular string literal with everything but printable ASCII escaped, on one line.</summary>
    public static string Literal(string text)
    {
        var result = new StringBuilder(text.Length + 2).Append('"');
        foreach (char c in text)
        {
            switch (c)
            {
                case '"': result.Append("\\\""); break;
                case '\\': result.Append("\\\\"); break;
                case '\n': result.Append("\\n"); break;
                case '\r': result.Append("\\r"); break;
                case '\t': result.Append("\\t"); break;
                default:
                    if (c is >= ' ' and < (char)127)
                    {
                        result.Append(c);
                    }
                    else
                    {
                        result.Append("\\u").Append(((int)c).ToString("x4", CultureInfo.InvariantCulture));
                    }

                    break;
            }
        }

        return result.Append('"').ToString();
    }

    public static string Literal(bool value) => value ? "true" : "false";

    /// <summary>A long literal; the smallest one has no literal of its own.</summary>
    public static string Literal(long value) =>
        value == long.MinValue ? "long.MinValue" : value.ToString(CultureInfo.InvariantCulture) + "L";
}
