using Laminar.Sql.Types;

namespace Laminar.Corpus.Tests.Data;

/// <summary>Compares results: values exactly, floats to 1e-9 relative, and below 1 absolute: a covariance of 0 is 0 but for rounding (NaN is NaN, -0.0 is 0.0).</summary>
internal sealed class RowComparer(IReadOnlyList<SqlType> types)
{
    /// <summary>How far a DECIMAL may be off: 0 but for quotients, which DuckDB computes as DOUBLE.</summary>
    public decimal DecimalTolerance { get; init; }

    /// <summary>
    /// True where the order of groups within a window is unspecified (hopping windows over shared panes): then only the multiset counts, and the
    /// order of the columns named by <see cref="OrderedColumns"/>.
    /// </summary>
    public bool GroupsInAnyOrder { get; init; }

    /// <summary>Ordinals of output columns that grow with the windows.</summary>
    public IReadOnlyList<int> OrderedColumns { get; init; } = [];

    /// <summary>DOUBLE is compared to the last digit: groups that are told by one may be as near as that.</summary>
    public bool IsExact { get; init; }

    /// <summary>Null when both are the same output; otherwise what differs first.</summary>
    public string? Difference(IReadOnlyList<object?[]> expected, IReadOnlyList<object?[]> actual)
    {
        string? inOrder = DifferenceInOrder(expected, actual);
        if (inOrder is null || !GroupsInAnyOrder)
        {
            return inOrder;
        }

        IReadOnlyList<object?[]> Windows(IReadOnlyList<object?[]> rows) => [.. rows.Select(r => OrderedColumns.Select(i => r[i]).ToArray())];
        return DifferenceAsMultiset(expected, actual)
            ?? new RowComparer([.. OrderedColumns.Select(i => types[i])]).DifferenceInOrder(Windows(expected), Windows(actual));
    }

    /// <summary>Null when both hold the same rows in the same order; otherwise what differs first.</summary>
    public string? DifferenceInOrder(IReadOnlyList<object?[]> expected, IReadOnlyList<object?[]> actual)
    {
        int shared = Math.Min(expected.Count, actual.Count);
        for (int i = 0; i < shared; i++)
        {
            if (!Same(expected[i], actual[i]))
            {
                return $"row {i}: expected {Cells.FormatRow(expected[i], types)}, was {Cells.FormatRow(actual[i], types)}";
            }
        }

        return expected.Count == actual.Count
            ? null
            : $"expected {expected.Count} rows, were {actual.Count}; the first without partner: "
                + Cells.FormatRow(expected.Count > actual.Count ? expected[shared] : actual[shared], types);
    }

    /// <summary>Null when both hold the same rows in any order.</summary>
    public string? DifferenceAsMultiset(IReadOnlyList<object?[]> expected, IReadOnlyList<object?[]> actual) =>
        DifferenceInOrder(Sorted(expected), Sorted(actual));

    /// <summary>What a changelog (rows with their kind in front) leaves behind.</summary>
    /// <param name="changes">The changelog.</param>
    /// <param name="comparer">Of its rows.</param>
    /// <param name="keys">Where an update comes without what was before it: the columns by which it is found.</param>
    /// <param name="forgets">A key may begin anew, and leaves what it had come to.</param>
    public static List<object?[]> Final(IReadOnlyList<object?[]> changes, RowComparer comparer, IReadOnlyList<int>? keys = null, bool forgets = false)
    {
        var rows = new List<object?[]>();
        foreach (object?[] change in changes)
        {
            object?[] row = change[1..];
            if (keys is not null)
            {
                RowComparer ofKeys = new([.. keys.Select(k => comparer.Types[k])]) { IsExact = true };
                object?[] Key(object?[] r) => [.. keys.Select(k => r[k])];
                int known = rows.FindIndex(r => ofKeys.Same(Key(r), Key(row)));
                if (known >= 0 && forgets && change[0] is "insert")
                {
                    rows.RemoveAt(known);
                    known = -1;
                }

                if (known >= 0 == (change[0] is "insert"))
                {
                    throw new InvalidOperationException($"{change[0]}, and the row is {(known < 0 ? "not " : string.Empty)}there: {Cells.FormatRow(row, comparer.Types)}");
                }

                if (change[0] is "insert")
                {
                    rows.Add(row);
                }
                else if (change[0] is "update_after")
                {
                    rows[known] = row;
                }
                else
                {
                    rows.RemoveAt(known);
                }

                continue;
            }

            if (change[0] is "insert" or "update_after")
            {
                rows.Add(row);
                continue;
            }

            int index = rows.FindLastIndex(r => comparer.Same(r, row));
            if (index < 0)
            {
                throw new InvalidOperationException($"The changelog takes back a row that isn't there: {Cells.FormatRow(row, comparer.Types)}");
            }

            rows.RemoveAt(index);
        }

        return rows;
    }

    public IReadOnlyList<SqlType> Types => types;

    private bool Same(object?[] a, object?[] b)
    {
        if (a.Length != b.Length)
        {
            return false;
        }

        for (int i = 0; i < a.Length; i++)
        {
            if (!Same(a[i], b[i]))
            {
                return false;
            }
        }

        return true;
    }

    private bool Same(object? a, object? b) => (a, b) switch
    {
        (null, null) => true,
        (null, _) or (_, null) => false,
        (double x, double y) when IsExact => x.Equals(y) || x == y,
        (double x, double y) => Near(x, y, 1e-9),
        (float x, float y) => Near(x, y, 1e-6),
        (byte[] x, byte[] y) => x.AsSpan().SequenceEqual(y),
        (object?[] or Laminar.Functions.SqlMap, _) => Laminar.Functions.NestedValues.AreEqual(a, b),
        (decimal x, decimal y) => Math.Abs(x - y) <= DecimalTolerance,
        _ => a.Equals(b),
    };

    private static bool Near(double x, double y, double tolerance) =>
        x.Equals(y) || x == y || Math.Abs(x - y) <= tolerance * Math.Max(1, Math.Max(Math.Abs(x), Math.Abs(y)));

    private List<object?[]> Sorted(IReadOnlyList<object?[]> rows) => [.. rows.OrderBy(r => r, Comparer<object?[]>.Create(Compare))];

    private int Compare(object?[]? a, object?[]? b)
    {
        // Floats and quotients last: they may differ in their final digits and mustn't decide where a row stands unless all else is equal. At
        // first they are taken roughly, and then as finely as such digits allow: of equal rows but for -1 and -0.99999997 both lists have the same first.
        for (int pass = 0; pass < 3; pass++)
        {
            for (int i = 0; i < Math.Min(a!.Length, b!.Length); i++)
            {
                if (a[i] is double or float or decimal || b[i] is double or float or decimal ? pass == 0 : pass > 0)
                {
                    continue;
                }

                int order = CompareValue(a[i], b[i], pass == 1 ? 6 : 12);
                if (order != 0)
                {
                    return order;
                }
            }
        }

        return 0;
    }

    private static int CompareValue(object? a, object? b, int digits) => (a, b) switch
    {
        (null, null) => 0,
        (null, _) => -1,
        (_, null) => 1,
        (byte[] x, byte[] y) => x.AsSpan().SequenceCompareTo(y),
        (string x, string y) => string.CompareOrdinal(x, y),
        (double x, double y) => Math.Round(x, digits).CompareTo(Math.Round(y, digits)),
        (float x, float y) => Math.Round(x, digits / 2).CompareTo(Math.Round(y, digits / 2)),
        (object?[] x, object?[] y) => Laminar.Functions.NestedValues.Compare(x, y),
        (Laminar.Functions.SqlMap x, Laminar.Functions.SqlMap y) => Laminar.Functions.NestedValues.Hash(x).CompareTo(Laminar.Functions.NestedValues.Hash(y)),
        _ => Comparer<object>.Default.Compare(a, b),
    };
}
