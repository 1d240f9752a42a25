using Laminar.Sql.Text;

namespace Laminar.Sql.Diagnostics;

/// <summary>Characters of a SQL text and what to write in their place; an empty span inserts.</summary>
public readonly record struct SqlEdit(TextSpan Span, string Text);
