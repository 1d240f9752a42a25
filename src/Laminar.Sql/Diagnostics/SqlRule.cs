namespace Laminar.Sql.Diagnostics;

/// <summary>One rule: one id, one message format, one page in <c>analyzers/rules/</c>, one test. Ids are never reused.</summary>
/// <param name="Id">LAM0xxx usage, 1xxx syntax, 2xxx names and types, 3xxx streaming, 4xxx performance, 5xxx connectors and state, 9xxx our bug.</param>
/// <param name="Title">A few words, without a full stop.</param>
/// <param name="MessageFormat">A <see cref="string.Format(string, object[])"/> pattern that says what is wrong and what to do.</param>
/// <param name="Severity">The default; a user can change it in .editorconfig.</param>
public sealed record SqlRule(string Id, string Title, string MessageFormat, SqlSeverity Severity);
