using System.Collections.Generic;
using System.Linq;
using Laminar.Sql.Text;

namespace Laminar.Sql.Diagnostics;

/// <summary>One way to mend a finding by editing the SQL text.</summary>
public sealed class SqlFix
{
    /// <param name="kind">Fixes of one kind can be applied to many findings at once: <c>cast</c>, <c>group</c>, <c>name</c>.</param>
    /// <param name="title">What an editor's menu says.</param>
    /// <param name="edits">Spans of the text before any of them; they don't overlap.</param>
    public SqlFix(string kind, string title, params SqlEdit[] edits)
    {
        Kind = kind;
        Title = title;
        Edits = edits;
    }

    public string Kind { get; }

    public string Title { get; }

    public IReadOnlyList<SqlEdit> Edits { get; }

    /// <summary>The same fix of a text that starts <paramref name="by"/> characters further on.</summary>
    public SqlFix Moved(int by) => new(Kind, Title, Edits.Select(e => e with { Span = new TextSpan(e.Span.Start + by, e.Span.Length) }).ToArray());

    /// <summary>The text with the fix applied.</summary>
    public string Apply(string sql)
    {
        foreach (SqlEdit edit in Edits.OrderByDescending(e => e.Span.Start))
        {
            sql = sql.Remove(edit.Span.Start, edit.Span.Length).Insert(edit.Span.Start, edit.Text);
        }

        return sql;
    }
}
