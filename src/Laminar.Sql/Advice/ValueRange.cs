using System.Collections.Generic;
using System.Linq;
using Laminar.Sql.Binding;
using Laminar.Sql.Plan;
using Laminar.Sql.Types;

namespace Laminar.Sql.Advice;

/// <summary>What lies below and above all values of something computed, where its name says so: counts, lengths, fields of times.</summary>
/// <param name="Least">The least value there can be.</param>
/// <param name="Most">The greatest.</param>
internal sealed record ValueRange(decimal Least, decimal Most)
{
    private static readonly HashSet<string> NeverNegative = new(System.StringComparer.OrdinalIgnoreCase)
    {
        "COUNT", "COUNT_IF", "APPROX_COUNT_DISTINCT", "REGR_COUNT", "LENGTH", "CHAR_LENGTH", "CHARACTER_LENGTH", "OCTET_LENGTH", "CARDINALITY", "ABS", "STRPOS", "POSITION", "REGEXP_COUNT",
        "LEVENSHTEIN", "JSON_ARRAY_LENGTH", "VAR_POP", "VAR_SAMP", "STDDEV_POP", "STDDEV_SAMP", "VARIANCE", "STDDEV",
    };

    private static readonly Dictionary<string, ValueRange> Fields = new(System.StringComparer.Ordinal)
    {
        ["EXTRACT QUARTER"] = new(1, 4), ["EXTRACT MONTH"] = new(1, 12), ["EXTRACT WEEK"] = new(1, 53), ["EXTRACT DAY"] = new(1, 31), ["EXTRACT DOW"] = new(0, 6), ["EXTRACT DAYOFWEEK"] = new(0, 6),
        ["EXTRACT ISODOW"] = new(1, 7), ["EXTRACT DOY"] = new(1, 366), ["EXTRACT DAYOFYEAR"] = new(1, 366), ["EXTRACT HOUR"] = new(0, 23), ["EXTRACT MINUTE"] = new(0, 59), ["EXTRACT SECOND"] = new(0, 60),
    };

    /// <summary>Null where nothing is known.</summary>
    /// <param name="value">Without the widening that a comparison put around it.</param>
    /// <param name="groups">The groups whose results <paramref name="value"/> may be of; null over anything else.</param>
    public static ValueRange? Of(BoundExpression value, WindowAggregateNode? groups)
    {
        string? name = value switch
        {
            BoundCall call when call.Arguments.All(a => !a.Type.IsInterval) => call.Function.Name,
            BoundColumn column when groups is not null && column.Ordinal >= groups.FirstAggregateOrdinal && column.Ordinal - groups.FirstAggregateOrdinal < groups.Aggregates.Count =>
                groups.Aggregates[column.Ordinal - groups.FirstAggregateOrdinal].Function.Name,
            _ => null,
        };
        return name is null || !value.Type.IsNumeric ? null : Fields.TryGetValue(name, out ValueRange? range) ? range : NeverNegative.Contains(name) ? new ValueRange(0, decimal.MaxValue) : null;
    }
}
