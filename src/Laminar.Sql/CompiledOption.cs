using Laminar.Sql.Text;

namespace Laminar.Sql;

/// <summary>One <c>key = 'value'</c> of a WITH or connector clause, with its places in the script. Whoever knows the connector checks it.</summary>
/// <param name="Key">As written, without quotes.</param>
/// <param name="KeySpan">Where the key stands.</param>
/// <param name="Value">The literal's content; <c>${NAME:-default}</c> isn't expanded.</param>
/// <param name="ValueSpan">Where the literal stands, quotes included.</param>
public sealed record CompiledOption(string Key, TextSpan KeySpan, string Value, TextSpan ValueSpan);
