namespace Laminar;

/// <summary>
/// Makes a struct an aggregate of SQL. One value of it is kept per group and pane, flat inside the group's own entry, and saved as its bytes; so its fields are
/// unmanaged (no references, no <c>DateTime</c>: keep ticks), and <c>default</c> is the aggregate of no rows. It has
/// <list type="bullet">
/// <item><c>void Add(...)</c>: one row's arguments, of types that columns have. Where its parameters aren't nullable, rows with NULL among them aren't added; either all of them are or none.</item>
/// <item><c>void Merge(in T other)</c>: the rows of another one, which come later in time or order. Never called with one that has no rows.</item>
/// <item><c>TResult Result()</c>: the result; nullable where it can be NULL. It alone decides what a group without rows gives (FILTER left all out, all were NULL), where SQL's own aggregates give NULL. May be called several times.</item>
/// <item><c>void Remove(...)</c>, if it can: takes back a row that was added, with the parameters of <c>Add</c>.</item>
/// </list>
/// </summary>
/// <remarks>DISTINCT and FILTER work as with any aggregate. What <c>Add</c> throws ends the query: half of it may have happened.</remarks>
/// <example><code>
/// [StreamAggregate]
/// public struct WeightedMean
/// {
///     private double _sum, _weights;
///
///     public void Add(double value, double weight) { _sum += value * weight; _weights += weight; }
///
///     public void Merge(in WeightedMean other) { _sum += other._sum; _weights += other._weights; }
///
///     public readonly double? Result() => _weights == 0 ? null : _sum / _weights;
/// }
///
/// [StreamQuery("SELECT symbol, weighted_mean(price, volume) AS vwap FROM trades GROUP BY symbol, TUMBLE(ts, INTERVAL '1' MINUTE)")]
/// public sealed partial class Vwap;
/// </code></example>
[AttributeUsage(AttributeTargets.Struct, Inherited = false)]
public sealed class StreamAggregateAttribute : Attribute
{
    /// <summary>An aggregate whose SQL name is the struct's name.</summary>
    public StreamAggregateAttribute()
    {
    }

    /// <param name="name">The SQL name.</param>
    public StreamAggregateAttribute(string name) => Name = name;

    /// <summary>The SQL name, or null for the struct's name.</summary>
    public string? Name { get; }
}
