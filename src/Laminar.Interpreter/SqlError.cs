using System.Text;
using Laminar.Sql.Diagnostics;
using Laminar.Sql.Text;

namespace Laminar;

/// <summary>One finding in a SQL text that was given at run time.</summary>
/// <param name="Id">The rule: <c>LAM2003</c>; <see cref="Page"/> explains it.</param>
/// <param name="Message">What is wrong and what to do.</param>
/// <param name="IsError">False for a warning or a note: it runs all the same.</param>
/// <param name="Line">The line, from 1.</param>
/// <param name="Column">The character in the line, from 1 (UTF-16).</param>
/// <param name="Offset">The character in the text, from 0.</param>
/// <param name="Length">How many characters it is about.</param>
/// <param name="LineText">The line as written.</param>
public sealed record SqlError(string Id, string Message, bool IsError, int Line, int Column, int Offset, int Length, string LineText)
{
    private const int LongestLine = 200;

    /// <summary>Where the rule is explained, with an example of it and one without: in the repository; <c>laminar rule LAM2003</c> prints it.</summary>
    public string Page => $"analyzers/rules/{Id}.md";

    /// <summary>What could stand there instead; null when there is nothing to offer.</summary>
    public string? Suggestion { get; init; }

    /// <summary>The message with its place, the line and carets below the characters.</summary>
    public override string ToString()
    {
        var text = new StringBuilder($"{Id} at {Line}:{Column}: {Message}");
        if (LineText.Length is > 0 and <= LongestLine)
        {
            int carets = Math.Max(1, Math.Min(Length, LineText.Length - Column + 1));
            text.Append('\n').Append("  ").Append(LineText).Append('\n').Append("  ");
            text.Append([.. LineText.Take(Column - 1).Select(c => c == '\t' ? '\t' : ' ')]).Append('^', carets);
        }

        return text.ToString();
    }

    internal static IReadOnlyList<SqlError> Of(IEnumerable<SqlDiagnostic> diagnostics, string sql)
    {
        var map = new LineMap(sql);
        return [.. diagnostics.Select(d => One(d, sql, map))];
    }

    private static SqlError One(SqlDiagnostic found, string sql, LineMap map)
    {
        (int line, int column) = map.Locate(found.Span.Start);
        int start = map.StartOf(line);
        int end = line + 1 < map.LineCount ? map.StartOf(line + 1) : sql.Length;
        return new SqlError(found.Rule.Id, found.Message, found.IsError, line + 1, column + 1, found.Span.Start, found.Span.Length, sql[start..end].TrimEnd('\r', '\n')) { Suggestion = found.Suggestion };
    }
}
