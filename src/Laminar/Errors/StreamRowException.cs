namespace Laminar;

/// <summary>
/// A row that a query can't compute with (overflow, division by zero, NULL event time, a failed CAST). Thrown out of <c>Push</c> under the
/// default policy; the query is faulted afterwards and refuses further rows.
/// </summary>
public sealed class StreamRowException : LaminarException
{
    /// <param name="query">The query's name.</param>
    /// <param name="row">The row as text.</param>
    /// <param name="reason">What went wrong.</param>
    public StreamRowException(string query, string row, string reason, Exception? inner = null)
        : base($"Query {query} failed on the row {row}: {reason}", inner)
    {
        Query = query;
        Row = row;
    }

    /// <summary>The query's name.</summary>
    public string Query { get; }

    /// <summary>The row as text.</summary>
    public string Row { get; }
}
