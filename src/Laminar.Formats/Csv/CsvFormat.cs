using System.Text;

namespace Laminar.Formats;

/// <summary>How a CSV file is written. Quotes are <c>"</c>, doubled inside (RFC 4180); records end in LF or CRLF.</summary>
/// <param name="Delimiter">Between fields: one ASCII character, neither a quote nor a line end.</param>
/// <param name="Header">Whether the first record names the columns; without it they come in the schema's order.</param>
/// <param name="NullText">What an unquoted field must be to mean NULL. A quoted field never is.</param>
public sealed record CsvFormat(char Delimiter = ',', bool Header = true, string NullText = "")
{
    /// <summary>The null text's bytes.</summary>
    /// <exception cref="LaminarException">It couldn't be told from other text.</exception>
    internal byte[] NullBytes { get; } = NullText.AsSpan().ContainsAny('"', '\n', '\r') || NullText.Contains(Delimiter)
        ? throw new LaminarException($"The CSV null text '{NullText}' must not have quotes, delimiters or line ends.")
        : Encoding.UTF8.GetBytes(NullText);

    /// <summary>The delimiter's byte.</summary>
    /// <exception cref="LaminarException">It can't be a delimiter.</exception>
    internal byte DelimiterByte { get; } = Delimiter is < (char)128 and not ('"' or '\n' or '\r' or '\0')
        ? (byte)Delimiter
        : throw new LaminarException($"The CSV delimiter must be one ASCII character that is neither a quote nor a line end, not '{Delimiter}'.");
}
