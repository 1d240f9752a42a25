namespace Laminar.Sql.Functions.Aggregates;

/// <summary>What ORDER BY in a call of an aggregate means.</summary>
internal enum AggregateOrder
{
    /// <summary>Nothing: the result is the same in any order.</summary>
    None,

    /// <summary>The order of the rows that the result is made of.</summary>
    Rows,

    /// <summary>It stands in WITHIN GROUP, and its one key is the argument.</summary>
    Group,
}
