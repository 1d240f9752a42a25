using System.Globalization;
using Laminar.Bench.OperatorGraph;

namespace Laminar.Bench.Engines;

/// <summary>What is left of a result when its changes are applied: rows as text, each so many times. Times in microseconds, as Arrow has them, DOUBLE to 12 digits.</summary>
/// <param name="columns">The result's columns.</param>
public sealed class RowContent(IReadOnlyList<RowColumn> columns)
{
    private readonly Dictionary<string, int> _left = new(StringComparer.Ordinal);

    public void Add(Datum[] row, RowKind kind)
    {
        string text = string.Join(" | ", columns.Select((c, i) => Of(c.Type, row[i])));
        int count = _left.GetValueOrDefault(text) + (kind is RowKind.Insert or RowKind.UpdateAfter ? 1 : -1);
        if (count == 0)
        {
            _left.Remove(text);
        }
        else
        {
            _left[text] = count;
        }
    }

    /// <summary>Rows that are left.</summary>
    public long Count => _left.Values.Sum(c => (long)c);

    /// <summary>A row that one content has and the other hasn't, or not as often; null: they are the same.</summary>
    public string? Difference(RowContent other) =>
        Missing(other) is { } here ? $"has no ({here})" : other.Missing(this) is { } there ? $"has ({there}), which isn't right" : null;

    // A row of this content that the other hasn't as often.
    private string? Missing(RowContent other) => _left.Where(row => other._left.GetValueOrDefault(row.Key) != row.Value && row.Value > other._left.GetValueOrDefault(row.Key)).Select(row => row.Key).FirstOrDefault();

    private static string Of(ColumnType type, Datum value) => value.IsNull ? "NULL" : type switch
    {
        ColumnType.Text => value.Text,
        ColumnType.Float32 or ColumnType.Float64 => value.Float.ToString("G12", CultureInfo.InvariantCulture),
        ColumnType.Decimal => value.Decimal.ToString("0.############################", CultureInfo.InvariantCulture),
        ColumnType.Timestamp or ColumnType.TimestampTz => (value.Number / 10).ToString(CultureInfo.InvariantCulture),
        _ => value.Number.ToString(CultureInfo.InvariantCulture),
    };
}
