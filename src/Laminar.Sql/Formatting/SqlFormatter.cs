using System.Collections.Generic;
using System.Linq;
using Laminar.Sql.Syntax;

namespace Laminar.Sql.Formatting;

/// <summary>
/// Lays a SQL text out anew: keywords in upper case, one clause per line, lists and conditions broken where a line gets longer than
/// <see cref="Width"/>. Only white space and the case of keywords change; every comment stays beside the token that it stood at. Formatting twice is formatting once.
/// </summary>
public static class SqlFormatter
{
    /// <summary>Characters of a line, indentation included, that are not exceeded where a break is possible.</summary>
    public const int Width = 100;

    /// <summary>The text of a query or a script, lines separated by <c>\n</c> and none at the end; null when the text has syntax errors, which would move.</summary>
    public static string? Format(string sql)
    {
        ParseResult<ScriptSyntax> parsed = SqlParser.ParseScript(sql);
        if (parsed.Diagnostics.Any(d => d.IsError))
        {
            return null;
        }

        (IReadOnlyList<Piece> pieces, IReadOnlyList<string> last) = PieceReader.Read(sql, parsed.Root);
        Layout layout = new();
        layout.Write(Nesting.Of(pieces), last);
        return layout.ToString();
    }
}
