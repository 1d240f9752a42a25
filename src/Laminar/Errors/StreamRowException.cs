namespace Laminar;

/// <summary>
/// A row that a query can't compute with (overflow, division by zero, NULL event time, a failed CAST). Thrown out of <c>Push</c> under the
/// default policy; the query is faulted afterwards and refuses further rows.
/// </summary>
public sealed class StreamRowException : LaminarException
{
    /// <summary>Characters of a row's text that are kept: a value may be megabytes long.</summary>
    private const int MaxRowLength = 2000;

    /// <param name="query">The query's name.</param>
    /// <param name="row">The row as text; what is beyond 2,000 characters is left out.</param>
    /// <param name="reason">What went wrong.</param>
    public StreamRowException(string query, string row, string reason, Exception? inner = null)
        : base($"Query {query} failed on the row {Cut(row)}: {reason}", inner)
    {
        Query = query;
        Row = Cut(row);
    }

    /// <summary>The query's name.</summary>
    public string Query { get; }

    /// <summary>The row as text, at most 2,000 characters of it and "...".</summary>
    public string Row { get; }

    private static string Cut(string row) =>
        row.Length <= MaxRowLength ? row : string.Concat(row.AsSpan(0, MaxRowLength - (char.IsHighSurrogate(row[MaxRowLength - 1]) ? 1 : 0)), "...");
}
