namespace Laminar.Sql.Completion;

/// <summary>Something that can be written at a place.</summary>
/// <param name="Text">As it is written; quoted where it must be.</param>
/// <param name="Kind">What it is.</param>
/// <param name="Detail">A column's type and table, a relation's columns; empty for keywords.</param>
public sealed record SqlCompletionItem(string Text, SqlCompletionKind Kind, string Detail = "");
